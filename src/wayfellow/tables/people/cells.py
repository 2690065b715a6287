"""Cells of a people file: each parser returns the value, or the reason why the cell cannot be used."""

import re
from dataclasses import dataclass

from wayfellow.tables.errors import Reason, reason, shown
from wayfellow.tables.values.remembered import remembered

MAX_NAME, MAX_TEXT, MAX_GRADE, MAX_NUMBER, MAX_PHONE, MAX_EMAIL = 200, 200, 60, 64, 40, 254
# What systems write where they have nothing to say.
_EMPTY = "- -- – — n/a #n/a #nv null (null) nan #ref! #value! no_manager k.a. n.a."
EMPTY_WORDS = frozenset(_EMPTY.split())
_EMAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
_WRAPPED_EMAIL = re.compile(r"(?:[^<>@]*<\s*|mailto:\s*)([^<>\s]+?)\s*>?", re.IGNORECASE)
_NUMBER = re.compile(r"(?=.*\d)[\w.\-/]+")
_ROUNDED = re.compile(r"\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r".*\(\s*([^()]+?)\s*\)")
_PHONE = re.compile(r"[+\d(][\d\s()+\-–./]*(?:\s*(?:x|ext\.?|dw|int\.?)\s*\d{1,6})?", re.IGNORECASE)
_TITLES = """
jr jr. sr sr. ii iii iv md m.d. phd ph.d. mba msc m.sc. bsc b.sc. ma m.a. ba b.a. llm ll.m. dr dr. prof prof. cpa pmp
cfa esq esq. dipl.-ing. mag. mag
"""
_AFTER_A_NAME = frozenset(_TITLES.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A whole name and, when the cell tells, its parts."""

    whole: str
    first: str | None = None
    last: str | None = None


def parse_email(text: str) -> str | Reason:
    """An e-mail address in lower case, as it is compared; `mailto:` and `Name <address>` are understood."""
    wrapped = _WRAPPED_EMAIL.fullmatch(text)
    address = wrapped.group(1) if wrapped else text
    if len(address) <= MAX_EMAIL and _EMAIL.fullmatch(address) and ".." not in address and address[0] != ".":
        return address.lower()
    if address.count("@") > 1 and re.search(r"[;,\s]", address):
        return reason("email_several", value=shown(text))
    return reason("email_wrong", value=shown(text))


def looks_like_email(text: str) -> bool:
    """Whether a cell is an e-mail address."""
    return isinstance(parse_email(text), str)


def parse_name(text: str) -> Name | Reason:
    """A person's name, `Surname, First name` turned round."""
    whole = " ".join(text.split())
    if len(whole) > MAX_NAME:
        return _too_long(whole, MAX_NAME)
    if looks_like_email(whole):
        return reason("name_is_email", value=shown(whole))
    last, comma, first = whole.partition(",")
    last, first = last.strip(), first.strip()
    if not comma or not last or not first or "," in first or first.casefold() in _AFTER_A_NAME:
        return Name(whole)
    return Name(f"{first} {last}", first=first, last=last)


def parse_number(text: str) -> str | Reason:
    """An employee number, kept as it is written."""
    if _ROUNDED.fullmatch(text):
        return reason("number_wrong", value=shown(text))
    return parse_text(text, limit=MAX_NUMBER)


def looks_like_number(text: str) -> bool:
    """Whether a cell may be an employee number: it holds a digit and no space."""
    return len(text) <= MAX_NUMBER and bool(_NUMBER.fullmatch(text))


def manager_key(text: str) -> str | None:
    """The e-mail address (with its @) or employee number by which a cell names a manager, None if by neither.

    `Name (number)`, as some systems write it, is understood.
    """
    key = _manager_key(text)
    return key if isinstance(key, str) else None


@remembered
def _manager_key(text: str) -> str | None:
    in_brackets = _IN_BRACKETS.fullmatch(text)
    for attempt in (text, in_brackets.group(1) if in_brackets else ""):
        if "@" in attempt:
            address = parse_email(attempt)
            if isinstance(address, str):
                return address
        elif looks_like_number(attempt) and not _ROUNDED.fullmatch(attempt):
            return attempt
    return None


def parse_phone(text: str) -> str | Reason:
    """A telephone number, kept as it is written."""
    number = " ".join(text.split())
    digits = sum(letter.isdigit() for letter in number)
    if len(number) <= MAX_PHONE and 3 <= digits <= 20 and _PHONE.fullmatch(number):
        return number
    return reason("phone_wrong", value=shown(text))


def parse_text(text: str, *, limit: int = MAX_TEXT) -> str | Reason:
    """A short text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else _too_long(line, limit)


def _too_long(text: str, limit: int) -> Reason:
    return reason("text_too_long", length=f"{len(text):,}", limit=limit)
