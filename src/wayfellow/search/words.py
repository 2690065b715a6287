"""Words as the index sees them: folded alike when they are written and when they are looked for."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_WORD = 40
LONGEST_QUERY = 200
MOST_WORDS = 8

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"})


def fold(text: str) -> str:
    """The text without case and accents: `Inês` and `INES` become `ines`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.category(letter).startswith("M"))
    return plain.casefold().translate(_LETTERS)


def words(text: str) -> list[str]:
    """The words of a text, folded, in order. Nothing but letters and digits is left in them."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def query_words(text: str) -> list[str]:
    """The words somebody looks for: what is too long is cut, what repeats is kept once."""
    return list(dict.fromkeys(words(text[:LONGEST_QUERY])))[:MOST_WORDS]


def typos_allowed(word: str) -> int:
    """How many slips of the finger a word of this length forgives."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 6 else 2


def distance(one: str, other: str, *, at_most: int) -> int:
    """Letters to insert, drop, change or swap to get from one word to the other; `at_most + 1` when more."""
    if abs(len(one) - len(other)) > at_most:
        return at_most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, rival in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != rival))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == rival:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > at_most:
            return at_most + 1
    return row[-1]


def pairs(word: str) -> set[str]:
    """Neighbouring letters, its ends included: words that are alike share many of them."""
    padded = f" {word} "
    return {padded[i : i + 2] for i in range(len(padded) - 1)}


def pairs_shared(word: str) -> int:
    """How many pairs a word that was meant shares at least: a slip of the finger changes three at most."""
    return max(1, len(pairs(word)) - 3 * typos_allowed(word))


def spell(word: str, vocabulary: Iterable[str]) -> str:
    """The word of a small vocabulary that was probably meant, or the word itself.

    A word that begins a known word is right as it is.
    """
    known = list(vocabulary)
    if not typos_allowed(word) or any(term.startswith(word) for term in known):
        return word
    letters, least = pairs(word), pairs_shared(word)
    return nearest(word, (term for term in known if len(letters & pairs(term)) >= least))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or the word itself.

    Ties go to the nearer length, then the alphabet.
    """
    allowed = typos_allowed(word)
    near = [
        (found, abs(len(term) - len(word)), term)
        for term in known
        if (found := distance(word, term, at_most=allowed)) <= allowed
    ]
    return min(near)[2] if near else word
