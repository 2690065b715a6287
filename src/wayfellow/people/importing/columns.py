"""Columns of a file: how they are stored, what was chosen for them before, how a member's field finds its heading."""

from collections.abc import Mapping, Sequence
from typing import Any

from wayfellow.people.importing.deciding import showable
from wayfellow.people.models import ColumnMemory, Organisation
from wayfellow.tables.people import PeopleFile

LONGEST_HEADER = 200


def described(people: PeopleFile) -> list[dict[str, Any]]:
    """The columns of a file as an import keeps them."""
    columns = [
        {
            "header": column.header,
            "field": column.field,
            "confidence": column.confidence.value,
            "why": {"code": column.reason.code, "facts": column.reason.facts} if column.reason else None,
            "examples": list(column.examples),
            "candidate": column.candidate,
            "never": column.never,
        }
        for column in people.columns
    ]
    return showable(columns)


def headings(people: PeopleFile) -> dict[str, str]:
    """The heading of each field of `Member` that the file gives."""
    names = {"name": "full_name"}
    return {names.get(column.field, column.field): column.header for column in people.columns if column.field}


def remembered(organisation: Organisation, headers: Sequence[str]) -> dict[str, str | None]:
    """What was chosen for columns of these headings the last time; the latest choice wins a field."""
    rows = ColumnMemory.objects.filter(organisation=organisation, header__in=list(headers)).order_by("-updated_at")
    mapping: dict[str, str | None] = {}
    for row in rows:
        if not row.field or row.field not in mapping.values():
            mapping[row.header] = row.field or None
    return mapping


def remember(organisation: Organisation, mapping: Mapping[str, str | None]) -> None:
    """Keep what a person chose, for the next file."""
    rows = [
        ColumnMemory(organisation=organisation, header=header, field=field or "")
        for header, field in mapping.items()
        if len(header) <= LONGEST_HEADER
    ]
    ColumnMemory.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organisation", "header"], update_fields=["field", "updated_at"]
    )
