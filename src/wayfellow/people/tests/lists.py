"""Files of people for tests."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wayfellow.people.actions import imports as actions
from wayfellow.people.models import MemberImport, Organisation

SAMPLE = Path(__file__).parents[4] / "docs" / "samples" / "people.csv"
HEADERS = ("Employee number", "Name", "E-mail", "Job title", "Department", "Manager", "Start date", "Languages")


def csv_of(*rows: Sequence[str], headers: Sequence[str] = HEADERS, encoding: str = "utf-8") -> bytes:
    """A CSV file; short rows are filled up."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([*row, *[""] * (len(headers) - len(row))] for row in rows)
    return text.getvalue().encode(encoding)


KOFI = ("004182", "Kofi Asantewe", "k.asantewe@larkmoor.example", "Field crew", "Networks", "003907")
HANNE = ("003907", "Hanne Brugmandt", "h.brugmandt@larkmoor.example", "Head of networks", "Networks")
PETRA = ("003908", "Petra Vandelroux", "p.vandelroux@larkmoor.example", "Analyst", "Billing")


def check(organisation: Organisation, *rows: Sequence[str], actor: Any = None, **options: Any) -> MemberImport:
    """Check a file of these rows."""
    file = csv_of(*rows, headers=options.pop("headers", HEADERS))
    return actions.check_import(actor, organisation, file=file, file_name="people.csv", **options)


def apply(member_import: MemberImport, actor: Any = None) -> MemberImport:
    """Apply it, in this process."""
    started = actions.apply_import(actor, member_import, here=True)
    actions.apply_here(started.pk, started.turn)
    return MemberImport.objects.get(pk=started.pk)


def import_rows(organisation: Organisation, *rows: Sequence[str], **options: Any) -> MemberImport:
    """Check and apply."""
    return apply(check(organisation, *rows, **options), options.get("actor"))


def reasons(member_import: MemberImport) -> dict[int, list[str]]:
    """Codes of the refused rows, by line."""
    rows = member_import.rows.filter(result="refuse").order_by("line")
    return {row.line: [problem["code"] for problem in row.problems] for row in rows}
