"""Facts of a notice as JSON. Moments and days keep their type, so that a mail can say them in the reader's zone."""

import json
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from wayfellow.core.json import PlainEncoder


class FactsEncoder(PlainEncoder):
    def default(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return {"$at": value.isoformat()}
        if isinstance(value, date):
            return {"$on": value.isoformat()}
        if isinstance(value, Promise):
            return str(value)
        return super().default(value)


class FactsDecoder(json.JSONDecoder):
    def __init__(self, **options: Any) -> None:
        super().__init__(object_hook=_restore, **options)


def _restore(value: dict[str, Any]) -> Any:
    if "$at" in value:
        return datetime.fromisoformat(value["$at"])
    if "$on" in value:
        return date.fromisoformat(value["$on"])
    return value


def to_plain(facts: dict[str, Any] | None) -> dict[str, Any]:
    """Facts as plain JSON, for the arguments of a job.

    Raises:
        TypeError: a value is neither JSON nor a moment, a day or a translated word.
    """
    return json.loads(json.dumps(facts or {}, cls=FactsEncoder))


def from_plain(facts: dict[str, Any]) -> dict[str, Any]:
    """The way back."""
    return json.loads(json.dumps(facts), cls=FactsDecoder)
