"""Import of 100,000 people, checked and applied, against parsing the file with `csv` and a bare `bulk_create`.

The bare side writes the same rows into the same tables: the row of the file, the member with their manager, one event.
It checks nothing, cannot stop, and shows nobody what it is about to do. Nobody here takes part in a programme yet, so
neither side has rows of the search index to write: an imported person is not found until they join.

Each side runs in a process and on a database of its own. With `BENCH_DATABASE_URL`, which `./dev bench` sets where
PostgreSQL is installed, both databases are measured; processor time is then that of the client alone.
"""

import csv
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from benchmarks.measure import measure_alone, show
from benchmarks.scratch import databases, new_database

ROWS = 100_000
MOST_TIMES = 3.0
MOST_MEGABYTES = 400
HEADERS = (
    *("Employee number", "Name", "E-mail", "Job title", "Department", "Office", "Manager", "Start date", "Languages"),
    *("Grade", "Phone"),
)
_FIRST = (
    *("Amara", "Kofi", "Hanne", "Petra", "Yusuf", "Ingrid", "Mateo", "Salome", "Tomasz", "Noor", "Zoë", "José"),
    *("Mirjam", "Anneke", "Oyelaran", "Søren"),
)
_LAST = ("Oyelunde", "Asantewe", "Brugmandt", "Vandelroux", "Nyström", "Castellanos", "Haddad", "Müller", "Okafor")
_JOBS = ("Clerk", "Analyst", "Engineer", "Planner", "Buyer", "Nurse", "Fitter", "Designer", "Driver", "Auditor")
_DEPARTMENTS = ("Billing", "Networks", "People", "Customer tools", "Water quality", "Procurement", "Legal")
_OFFICES = ("Lisbon", "Rotterdam", "Hamburg", "Accra", "Kraków", "Ghent")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    table = []
    for name, at in databases().items():
        bare = measure_alone("benchmarks.member_import", "import_bare", at, rows)
        ours = measure_alone("benchmarks.member_import", "import_ours", at, rows)
        assert bare.value["people"] == ours.value["people"] == rows
        assert bare.value["managed"] == ours.value["managed"]
        parts = f"{ours.value['check']:.1f} + {ours.value['apply']:.1f}"
        table.append([name, "csv and bulk_create", bare.cpu, bare.wall, "", "", "", f"{bare.peak:.0f}"])
        cpu, wall = ours.cpu / bare.cpu, ours.wall / bare.wall
        table.append([name, "check and apply", ours.cpu, ours.wall, parts, cpu, wall, f"{ours.peak:.0f}"])
    headings = ["database", "", "CPU s", "wall s", "check + apply, wall s", "CPU ratio", "wall ratio", "peak MB"]
    show(f"Import of {rows:,} people; wanted: ratio at most {MOST_TIMES:g}, {MOST_MEGABYTES} MB", headings, table)


def people_file(rows: int) -> bytes:
    """A file as an HR system exports it: one in ten leads others, who may stand before or after them."""
    draw = random.Random(5)
    order = list(range(1, rows + 1))
    draw.shuffle(order)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for n in order:
        first, last = draw.choice(_FIRST), draw.choice(_LAST)
        start = f"{draw.randint(1990, 2026)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        writer.writerow(
            [
                *(f"{n:07}", f"{first} {last}", f"p{n}@larkmoor.example", draw.choice(_JOBS)),
                *(draw.choice(_DEPARTMENTS), draw.choice(_OFFICES), f"{n // 10:07}" if n >= 10 else "", start),
                *(draw.choice(("English", "German; English", "nl, en", "")), f"G{draw.randint(1, 9)}"),
                f"+49 40 {draw.randint(100000, 999999)}",
            ]
        )
    return text.getvalue().encode()


def import_ours(url: str, rows: int) -> tuple[dict[str, Any], float, float]:
    """Check and apply as the command does."""

    def work(organisation: Any, file: bytes) -> dict[str, Any]:
        from wayfellow.people.actions import imports as actions

        started = time.perf_counter()
        found = actions.check_import(None, organisation, file=file, file_name="people.csv", at_once=True)
        checked = time.perf_counter()
        assert found.to_create == rows, (found.to_create, found.to_refuse, found.fault)
        applying = actions.apply_import(None, found, here=True)
        actions.apply_here(applying.pk, applying.turn)
        return {"check": checked - started, "apply": time.perf_counter() - checked}

    return _measured(url, rows, work)


def import_bare(url: str, rows: int) -> tuple[dict[str, Any], float, float]:
    """The same rows by `csv` and `bulk_create`, in one transaction."""

    def work(organisation: Any, file: bytes) -> dict[str, Any]:
        from datetime import date

        from django.db import transaction

        from wayfellow.audit.actions import record
        from wayfellow.people.models import ImportRow, Member, MemberImport

        names = ("employee_number", "full_name", "email", "job_title", "department", "location")
        with transaction.atomic():
            found = MemberImport.objects.create(organisation=organisation, file_name="people.csv", file=file)
            members, drafts, pks = [], [], {}
            reader = csv.reader(io.StringIO(file.decode(), newline=""))
            next(reader)
            for line, cells in enumerate(reader, start=2):
                values: dict[str, Any] = dict(zip(names, cells, strict=False))
                values |= {"languages": cells[8].split("; "), "hire_date": cells[7], "grade": cells[9]}
                values["phone"] = cells[10]
                drafts.append(
                    ImportRow(
                        organisation=organisation,
                        member_import=found,
                        line=line,
                        result="create",
                        name=cells[1],
                        email=cells[2],
                        employee_number=cells[0],
                        manager_key=cells[6],
                        values=values,
                        applied=True,
                        linked=True,
                    )
                )
                values = {**values, "hire_date": date.fromisoformat(cells[7])}
                # Primary keys given beforehand, so that managers need no second statement.
                members.append(Member(pk=line, organisation=organisation, **values))
                pks[cells[0]] = line
            for member, draft in zip(members, drafts, strict=True):
                member.manager_id = pks.get(draft.manager_key)
            ImportRow.objects.bulk_create(drafts, batch_size=2000)
            Member.objects.bulk_create(members, batch_size=2000)
            record("members_imported", actor=None, organisation=organisation, about=found, details={"created": rows})
        return {}

    return _measured(url, rows, work)


def _measured(url: str, rows: int, work: Callable[[Any, bytes], dict[str, Any]]) -> tuple[dict[str, Any], float, float]:
    """Run one side on a new database."""
    with tempfile.TemporaryDirectory(prefix="wayfellow-import-") as home:
        os.environ |= {"WAYFELLOW_HOME": home, "WAYFELLOW_LOG_LEVEL": "ERROR", "DATABASE_URL": new_database(url)}
        from wayfellow.cli.site import migrate_database, set_up

        set_up()
        migrate_database(verbosity=0)
        from wayfellow.people.models import Member, Organisation

        organisation = Organisation.objects.create(name="Larkmoor", slug="larkmoor")
        file = people_file(rows)
        cpu, wall = time.process_time(), time.perf_counter()
        told = work(organisation, file)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        told |= {"people": Member.objects.count(), "managed": Member.objects.exclude(manager=None).count()}
        return told, cpu, wall


if __name__ == "__main__":
    main()
