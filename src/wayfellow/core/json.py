"""JSON as it is stored."""

import json
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast


class PlainEncoder(json.JSONEncoder):
    """Writes letters as they are and not as `\\u…`, so that a name can be found in stored JSON when it must go."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


def naming(rows: QuerySet, field: str, *words: str) -> QuerySet:
    """The rows whose JSON field holds any of these words, anywhere in it. Empty words are passed over."""
    found = rows.none()
    marked = rows.annotate(_as_text=Cast(field, TextField()))
    for word in filter(None, words):
        found = found | marked.filter(_as_text__contains=json.dumps(word, ensure_ascii=False)[1:-1])
    return found
