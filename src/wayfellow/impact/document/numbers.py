"""Numbers as a reader meets them: rounded on paper only, with a real minus sign."""

import math
from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, Any]
NOTHING = "–"


def is_share(outcome: Facts) -> bool:
    """Whether an outcome is a share of people, whose differences are percentage points."""
    return outcome.get("kind") == "binary" or outcome.get("measure") == "cumulative-incidence"


def plain(value: float | None, digits: int = 4, *, signed: bool = False) -> str:
    """A number to some significant digits; a dash for none."""
    if value is None or not math.isfinite(value):
        return NOTHING
    if value == 0:
        return "0"
    decimals = min(8, max(0, digits - 1 - math.floor(math.log10(abs(value)))))
    return fixed(value, decimals, signed=signed)


def fixed(value: float | None, decimals: int, *, signed: bool = False) -> str:
    """A number to some decimals, with separators of thousands."""
    if value is None or not math.isfinite(value):
        return NOTHING
    text = f"{value:{'+' if signed else ''},.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("+-")
    return text.replace("-", "−")


def share(value: float | None) -> str:
    """A share as a percentage."""
    return NOTHING if value is None else f"{fixed(100 * value, 1)}%"


def chance(value: float | None) -> str:
    """A p-value."""
    if value is None:
        return NOTHING
    return "below 0.001" if value < 0.001 else fixed(value, 3)


def decimals_for(outcome: Facts) -> int:
    """Decimals that suit an outcome in its own unit: three digits of the interval's width."""
    ci = outcome.get("ci")
    width = abs(ci[1] - ci[0]) if ci else abs(outcome.get("estimate") or 0)
    if not width or not math.isfinite(width):
        return 2
    return min(6, max(0, 2 - math.floor(math.log10(width))))


def level_of(outcome: Facts, value: float | None) -> str:
    """A mean of an outcome in words."""
    if value is None:
        return NOTHING
    return share(value) if is_share(outcome) else fixed(value, decimals_for(outcome))


def difference_of(outcome: Facts, value: float | None, *, unit: bool = False) -> str:
    """A difference in an outcome, with its sign; in percentage points for a share."""
    if value is None:
        return NOTHING
    if is_share(outcome):
        return fixed(100 * value, 1, signed=True) + (" percentage points" if unit else "")
    return fixed(value, decimals_for(outcome), signed=True)


def between(outcome: Facts, ci: Any) -> str:
    """An interval in words."""
    if not ci or ci[0] is None or ci[1] is None:
        return NOTHING
    return f"{difference_of(outcome, ci[0])} to {difference_of(outcome, ci[1])}"


def people(count: int | None) -> str:
    """A count of people."""
    if count is None:
        return NOTHING
    return "1 person" if count == 1 else f"{count:,} people"
