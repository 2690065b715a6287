"""Words as they are compared, however they are typed."""

import re
import unicodedata

_UNDIVIDED = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae", "œ": "oe"})
_PUNCTUATION = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Reduce a word to what stays the same however it is typed: no case, no accents, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize(
            "NFKD", text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l")
        )
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _PUNCTUATION.sub(" ", text.casefold()).strip()
