"""Members as a table that an import reads back."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from wayfellow.people.models import Member

MEMBER_COLUMNS = [
    *("name", "email", "employee_number", "job_title", "department", "location", "time_zone", "languages"),
    *("manager_email", "hire_date", "grade"),
]


def member_cells(member: Member) -> list[Any]:
    """One member's cells of these columns; telephone numbers stay here."""
    return [
        member.full_name,
        member.email,
        member.employee_number,
        member.job_title,
        member.department,
        member.location,
        member.time_zone,
        ", ".join(member.languages),
        member.manager.email if member.manager else "",
        member.hire_date,
        member.grade,
    ]


def exported_members(rows: QuerySet[Member]) -> Iterator[list[Any]]:
    """The cells of these members, some at a time."""
    for member in rows.select_related("manager").iterator(chunk_size=500):
        yield member_cells(member)
