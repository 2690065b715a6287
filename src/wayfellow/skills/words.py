"""Finding a skill by what somebody types: prefixes, other names, and small slips of the hand."""

import re
import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """The text without accents and capitals, words separated by single spaces."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[\w+#]+", plain.casefold()))


def rank(typed: str, names: Iterable[str], *, description: str = "") -> int | None:
    """How well folded text fits a thing with these folded names, the first being its proper one.

    Returns:
        0 for the best fit, higher for worse, None for none: the proper name begins with it, another name does, words
        of a name begin with it, words of the description do, or words of a name nearly do.
    """
    tokens = typed.split()
    names = list(names)
    if not tokens:
        return None
    if names[0].startswith(typed):
        return 0
    if any(name.startswith(typed) for name in names):
        return 1
    if _all_begin(tokens, names[0].split()):
        return 2
    if any(_all_begin(tokens, name.split()) for name in names[1:]):
        return 3
    if _all_begin(tokens, description.split()):
        return 4
    slips = [slip for name in names if (slip := _all_nearly_begin(tokens, name.split())) is not None]
    return 4 + min(slips) if slips else None


def _all_begin(tokens: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(token) for word in words) for token in tokens)


def _all_nearly_begin(tokens: list[str], words: list[str]) -> int | None:
    """The slips in all, if every token is near the beginning of a word."""
    total = 0
    for token in tokens:
        allowed = 0 if len(token) < 4 else 1 if len(token) < 6 else 2
        slips = min((slips_to_beginning(token, word) for word in words), default=allowed + 1)
        if slips > allowed:
            return None
        total += slips
    return total


def slips_to_beginning(token: str, word: str) -> int:
    """The fewest letters to add, drop, change or swap so that `token` is the beginning of `word`."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(token, start=1):
        above, before, row = before, row, [i]
        for j, other in enumerate(word, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and token[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return min(row)
