"""Finding a person by name in what is stored, without taking other words for the name."""

import json
import re
import unicodedata
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

FEWEST_LETTERS = 2


def pattern_of(*names: str) -> re.Pattern[str] | None:
    """What finds these names and addresses as whole words; None when none of them singles anybody out.

    One word of small letters could be any word ("a", "en", "administrator"), so it counts as nobody's name, and one
    word with a capital is looked for as it is written. Scripts that leave no spaces are searched inside longer words.
    """
    found = [part for part in map(_part, names) if part]
    return re.compile("|".join(found)) if found else None


def naming(rows: QuerySet, field: str, *names: str) -> QuerySet:
    """The rows whose JSON field names one of these, in a value anywhere in it. What fields are called is no value."""
    pattern = pattern_of(*names)
    if pattern is None:
        return rows.none()
    perhaps = Q()
    for name in filter(None, names):
        perhaps |= Q(_as_text__icontains=json.dumps(name, ensure_ascii=False)[1:-1])
    marked = rows.annotate(_as_text=Cast(field, TextField())).filter(perhaps)
    return rows.filter(pk__in=[pk for pk, value in marked.values_list("pk", field) if _says(value, pattern)])


def _part(name: str) -> str:
    plain = re.escape(name)
    if any(unicodedata.east_asian_width(letter) in "WF" for letter in name):
        return plain if len(name) >= FEWEST_LETTERS else ""
    if re.search(r"[\s@]", name.strip()):
        return rf"(?i:(?<!\w){plain}(?!\w))"
    if len(name) < FEWEST_LETTERS or (name.isascii() and name == name.lower()):
        return ""
    return rf"(?<!\w){plain}(?!\w)"


def _says(value: Any, pattern: re.Pattern[str]) -> bool:
    if isinstance(value, str):
        return pattern.search(value) is not None
    if isinstance(value, dict):
        return any(_says(entry, pattern) for entry in value.values())
    return isinstance(value, list) and any(_says(entry, pattern) for entry in value)
