"""Personal data in the index: a copy of what other subjects hold and export."""

from typing import Any

from wayfellow.search import engines
from wayfellow.search.actions import take_out
from wayfellow.search.models import Document


def export_nothing_new(member: Any) -> list[dict[str, Any]]:
    """The index repeats profile and skills, which their own subjects export."""
    return []


def erase(member: Any) -> None:
    """Take all documents about a member out of the index, with their text and words."""
    take_out(Document.objects.filter(member=member))
    engines.forget_deleted()
