"""Reading the file of an import, at once or by a job."""

from typing import Any

from django.db import transaction
from django.db.models import Count

from wayfellow.core.bulk import insert_many
from wayfellow.core.errors import InvalidInput
from wayfellow.jobs.tasks import task
from wayfellow.people.importing.checking import Lost, open_people, rows_of, without_managers
from wayfellow.people.importing.columns import described, headings
from wayfellow.people.importing.words import fault_in_words, fault_of
from wayfellow.people.models import ImportRow, MemberImport, Organisation
from wayfellow.tables.errors import TableError
from wayfellow.tables.people import PeopleFile

LARGE_BYTES = 1024 * 1024
LARGE_ROWS = 2_000
# With these the columns can still be told by hand.
MENDABLE = {"no_key_column"}
State = MemberImport.State
Result = ImportRow.Result


class Overtaken(Exception):
    """Somebody had the file read anew meanwhile; that reading counts."""


def is_large(file: bytes) -> bool:
    """Whether a file is too large to be read while somebody waits."""
    return len(file) > LARGE_BYTES


def open_or_refuse(
    organisation: Organisation, file: bytes, file_name: str, mapping: dict[str, str | None], *, at_once: bool
) -> PeopleFile | None:
    """The opened file, or None when it has too many rows to be read while somebody waits.

    Raises:
        InvalidInput: it cannot be used.
    """
    try:
        people = open_people(organisation, file, file_name, mapping)
    except TableError as error:
        raise _invalid(error) from error
    if people.fault and people.fault.code not in MENDABLE:
        raise _invalid(people.fault)
    return people if at_once or people.row_count <= LARGE_ROWS else None


def _invalid(error: TableError) -> InvalidInput:
    return InvalidInput(error.code, fault_in_words(fault_of(error)), field=error.column or "file")


@task()
def check_import_job(*, import_id: int, turn: int) -> None:
    """Read a large file."""
    member_import = MemberImport.objects.select_related("organisation").filter(pk=import_id, turn=turn).first()
    if member_import is None or member_import.state != State.READING:
        return
    organisation, file = member_import.organisation, bytes(member_import.file)
    try:
        people = open_people(organisation, file, member_import.file_name, member_import.mapping)
        if people.fault and people.fault.code not in MENDABLE:
            raise people.fault
    except TableError as error:
        _fail(member_import, error)
        return
    read_import(member_import, people)


def read_import(member_import: MemberImport, people: PeopleFile) -> None:
    """Write down what would happen to each row, some rows in a transaction, and then that the check is done."""
    try:
        _read(member_import, people)
    except Overtaken:
        return
    except TableError as error:
        _fail(member_import, error)


def _read(member_import: MemberImport, people: PeopleFile) -> None:
    with transaction.atomic():
        _hold(member_import)
        ImportRow.objects.filter(member_import=member_import).delete()
        MemberImport.objects.filter(pk=member_import.pk).update(rows_total=people.row_count, rows_done=0)
    lost, changes, read = Lost(), 0, 0
    for rows in [] if people.fault else rows_of(member_import, people):
        changes += sum(len(row.changes) for row in rows)
        lost.look_at(rows)
        read += len(rows)
        with transaction.atomic():
            _hold(member_import)
            insert_many(rows)
            MemberImport.objects.filter(pk=member_import.pk).update(rows_done=read)
    with transaction.atomic():
        found = _hold(member_import)
        lost_lines = lost.lines(found.organisation)
        column = headings(people).get("manager")
        changes -= without_managers(member_import, lost_lines, column=column)
        counts = dict(
            ImportRow.objects.filter(member_import=member_import).values_list("result").annotate(n=Count("pk"))
        )
        found.to_create, found.to_change = counts.get(Result.CREATE, 0), counts.get(Result.CHANGE, 0)
        found.to_leave, found.to_refuse = counts.get(Result.LEAVE, 0), counts.get(Result.REFUSE, 0)
        found.fields_to_change = changes
        found.columns = described(people)
        found.fault = fault_of(people.fault) if people.fault else {}
        found.rows_done = 0
        found.state = State.CHECKED
        found.save()


def _hold(member_import: MemberImport) -> Any:
    found = MemberImport.objects.defer("file").filter(turn=member_import.turn, state=State.READING)
    locked = found.select_for_update(of=("self",), no_key=True).filter(pk=member_import.pk).first()
    if locked is None:
        raise Overtaken
    return locked


def _fail(member_import: MemberImport, error: TableError) -> None:
    rows = MemberImport.objects.filter(pk=member_import.pk, turn=member_import.turn, state=State.READING)
    rows.update(state=State.FAILED, fault=fault_of(error))
