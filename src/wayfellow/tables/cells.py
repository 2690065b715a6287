"""One cell of text: what is cleaned silently, what refuses its row, and how formulas are made harmless."""

import re
import unicodedata

from wayfellow.tables.errors import Reason, reason
from wayfellow.tables.limits import MAX_CELL_CHARACTERS

# Marks nobody sees: byte order marks, bidi controls, zero-width space, word joiner, soft hyphen. The zero-width
# joiner and non-joiner stay, because Persian and Indic names are spelt with them.
_INVISIBLE = "\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\u00ad"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_CLEANED = str.maketrans(
    dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(_SPACES, " ") | dict.fromkeys("\u2028\u2029\u0085\v\f", "\n")
)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def clean_cell(text: str) -> str:
    """Return the text without what nobody means: marks that cannot be seen, odd spaces, space around it.

    Line breaks become line feeds; accented letters take their composed form.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.translate(_CLEANED)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def why_not_cell(text: str) -> Reason | None:
    """Why a cell cannot be used whatever column it stands in, or None."""
    if "\0" in text:
        return reason("nul")
    found = _CONTROL.search(text)
    if found:
        return reason("control_character", character=f"U+{ord(found.group()):04X}")
    if "\ufffd" in text:
        return reason("damaged_character")
    if len(text) > MAX_CELL_CHARACTERS:
        return reason("cell_too_long", length=f"{len(text):,}", limit=f"{MAX_CELL_CHARACTERS:,}")
    return None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might compute this text instead of showing it. Plain numbers are not formulas."""
    text = clean_cell(text)
    return text.startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text)


def neutralise(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet might compute; `restore` takes exactly that one away."""
    return "'" + text if _is_guarded(text) else text


def restore(text: str) -> str:
    """Undo `neutralise`: take away the apostrophe that stands before a formula."""
    text = clean_cell(text)
    if text.startswith("'") and _is_guarded(text[1:]):
        return clean_cell(text[1:])
    return text


def _is_guarded(text: str) -> bool:
    """A formula, or one behind apostrophes, which must gain another for the round trip to be exact."""
    text = clean_cell(text)
    while text.startswith("'"):
        text = clean_cell(text[1:])
    return is_formula(text)
