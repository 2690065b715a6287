"""Import that changes 20,000 people, 2,000 of them mentors in the search index, against the same change in bare bulk.

Everybody gets another job title and department, so every mentor's rows of the index are written anew. The bare side
reads the file with `csv`, writes the same rows of the import, changes the members by `bulk_update`, and has the index
written for all mentors at once by the application's own function: what the index holds is what we say it is. It checks
nothing and cannot stop. Beside it, the same import where hardly anybody is a mentor: what the index costs.

Each side runs in a process and on a database of its own. With `BENCH_DATABASE_URL`, which `./dev bench` sets where
PostgreSQL is installed, both databases are measured; processor time is then that of the client alone.
"""

import csv
import io
import os
import sys
import tempfile
import time
from typing import Any

from benchmarks.measure import measure_alone, show
from benchmarks.scratch import databases, new_database

ROWS = 20_000
MENTOR_EVERY = 10
HEADERS = ("Employee number", "Name", "E-mail", "Job title", "Department", "Office")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    table = []
    for name, at in databases().items():
        bare = measure_alone("benchmarks.member_change", "change", at, rows, MENTOR_EVERY, False)
        ours = measure_alone("benchmarks.member_change", "change", at, rows, MENTOR_EVERY, True)
        without = measure_alone("benchmarks.member_change", "change", at, rows, rows, True)
        assert bare.value["changed"] == ours.value["changed"] == without.value["changed"]
        assert bare.value["found"] == ours.value["found"] > 0
        for words, took, over in (
            ("csv, bulk_update, index at once", bare, None),
            ("check and apply", ours, bare),
            ("check and apply, hardly a mentor", without, None),
        ):
            ratios = [took.cpu / over.cpu, took.wall / over.wall] if over else ["", ""]
            table.append([name, words, took.value["found"], took.cpu, took.wall, *ratios, f"{took.peak:.0f}"])
    headings = ["database", "", "mentors indexed anew", "CPU s", "wall s", "CPU ratio", "wall ratio", "peak MB"]
    show(f"Import that changes {rows:,} people", headings, table)


def change(url: str, rows: int, mentor_every: int, whole: bool) -> tuple[dict[str, Any], float, float]:
    """One side, on a new database that is filled before the clock runs."""
    with tempfile.TemporaryDirectory(prefix="wayfellow-change-") as home:
        os.environ |= {"WAYFELLOW_HOME": home, "WAYFELLOW_LOG_LEVEL": "ERROR", "DATABASE_URL": new_database(url)}
        from wayfellow.cli.site import migrate_database, set_up

        set_up()
        migrate_database(verbosity=0)
        from benchmarks.members import fill
        from wayfellow.people.models import Member
        from wayfellow.search.models import Document

        organisation = fill(rows, mentor_every=mentor_every).organisation
        file = _file(organisation)
        cpu, wall = time.process_time(), time.perf_counter()
        (_ours if whole else _bare)(organisation, file)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        changed = Member.objects.filter(organisation=organisation, job_title__startswith="Changed ").count()
        facets = Document.objects.filter(organisation=organisation).values_list("facets", flat=True)
        found = sum("Moved " in str(each) for each in facets)
        return {"changed": changed, "found": found}, cpu, wall


def _file(organisation: Any) -> bytes:
    """All who have not left, with another title and department."""
    from wayfellow.people.models import Member

    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    people = Member.objects.filter(organisation=organisation).exclude(state=Member.State.LEFT)
    for member in people.exclude(employee_number="").order_by("pk").iterator():
        writer.writerow(
            [
                *(member.employee_number, member.full_name, member.email),
                *(f"Changed {member.job_title}", f"Moved {member.department}", member.location),
            ]
        )
    return text.getvalue().encode()


def _ours(organisation: Any, file: bytes) -> None:
    from wayfellow.people.actions import imports as actions

    found = actions.check_import(None, organisation, file=file, file_name="people.csv", at_once=True)
    assert not found.to_refuse and not found.fault, (found.to_refuse, found.fault)
    applying = actions.apply_import(None, found, here=True)
    actions.apply_here(applying.pk, applying.turn)


def _bare(organisation: Any, file: bytes) -> None:
    from django.db import transaction

    from wayfellow.audit.actions import record
    from wayfellow.discovery.actions.index import reindex_members
    from wayfellow.people.models import ImportRow, Member, MemberImport
    from wayfellow.programmes.models import Enrolment

    with transaction.atomic():
        found = MemberImport.objects.create(organisation=organisation, file_name="people.csv", file=file)
        known = {member.employee_number: member for member in Member.objects.filter(organisation=organisation)}
        members, drafts = [], []
        reader = csv.reader(io.StringIO(file.decode(), newline=""))
        next(reader)
        for line, (number, name, email, title, department, office) in enumerate(reader, start=2):
            member = known[number]
            values = {"job_title": title, "department": department, "location": office}
            member.job_title, member.department = title, department
            members.append(member)
            drafts.append(
                ImportRow(
                    organisation=organisation,
                    member_import=found,
                    line=line,
                    result="change",
                    name=name,
                    email=email,
                    employee_number=number,
                    values=values,
                    applied=True,
                    linked=True,
                )
            )
        ImportRow.objects.bulk_create(drafts, batch_size=2000)
        Member.objects.bulk_update(members, ["job_title", "department"], batch_size=500)
        mentors = Enrolment.objects.filter(organisation=organisation, is_mentor=True).values_list("member", flat=True)
        reindex_members(list(mentors))
        details = {"changed": len(members)}
        record("members_imported", actor=None, organisation=organisation, about=found, details=details)


if __name__ == "__main__":
    main()
