"""One spelling for words that different people write differently: "sql", "SQL" and " Sql" are one skill."""

from collections import Counter
from collections.abc import Iterable

from wayfellow.tables.words import fold


def spelling_key(text: str) -> str:
    """What stays the same however a word is typed. Signs that make another word of it stay: C, C++ and C# differ."""
    return fold(text) + "".join(letter for letter in text if letter in "+#")


class Spellings:
    """Gathers words, then gives for each the spelling used most; the first by code point among equals."""

    def __init__(self, words: Iterable[str]) -> None:
        counts: dict[str, Counter[str]] = {}
        for word in words:
            counts.setdefault(spelling_key(word), Counter())[word] += 1
        self._chosen = {key: min(found, key=lambda word: (-found[word], word)) for key, found in counts.items()}

    def __call__(self, word: str) -> str:
        return self._chosen[spelling_key(word)]
