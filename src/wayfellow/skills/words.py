"""How well what somebody types fits the names of a skill."""

from collections.abc import Sequence


def rank(typed: Sequence[str], names: Sequence[Sequence[str]], *, description: Sequence[str] = ()) -> int | None:
    """How well words fit a thing with these names, the first being its proper one; all of them folded.

    Returns:
        0 for the best fit, higher for worse: the proper name begins with them, another name does, they begin words of
        the proper name, of another name, of the description. None when they do not fit.
    """
    if not typed:
        return None
    if _begins(typed, names[0]):
        return 0
    if any(_begins(typed, name) for name in names[1:]):
        return 1
    if _all_begin(typed, names[0]):
        return 2
    if any(_all_begin(typed, name) for name in names[1:]):
        return 3
    return 4 if _all_begin(typed, description) else None


def _begins(typed: Sequence[str], name: Sequence[str]) -> bool:
    return " ".join(name).startswith(" ".join(typed))


def _all_begin(typed: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(token) for word in words) for token in typed)
