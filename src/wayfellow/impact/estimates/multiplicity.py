"""Several outcomes: the more one looks, the more one finds. Benjamini and Hochberg 1995."""

from collections.abc import Sequence


def adjusted(p: Sequence[float | None]) -> list[float | None]:
    """Adjusted p of the outcomes that have one, in their order."""
    from scipy.stats import false_discovery_control

    known = [value for value in p if value is not None]
    if not known:
        return list(p)
    found = iter(false_discovery_control(known, method="bh").tolist())
    return [None if value is None else float(next(found)) for value in p]
