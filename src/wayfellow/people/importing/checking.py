"""Reading a whole file against who is here, some rows at a time: the dry run."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from wayfellow.people.importing.columns import headings, remembered
from wayfellow.people.importing.deciding import (
    Decision,
    Directory,
    decide,
    find_members,
    identify,
    problem,
    showable,
    values_of,
)
from wayfellow.people.models import ImportRow, Member, MemberImport, Organisation
from wayfellow.tables.errors import Problem as TableProblem
from wayfellow.tables.people import KnownPerson, PeopleFile, PersonRow, read_people
from wayfellow.tables.reading import read_table

AT_ONCE = 1000
_ABOUT_MANAGERS = {"manager_self", "manager_circle"}
Result = ImportRow.Result


def open_people(organisation: Organisation, file: bytes, file_name: str, mapping: dict[str, str | None]) -> PeopleFile:
    """Open a file of people with what was chosen for its columns, now or for an earlier file.

    Raises:
        TableError: the file cannot be read, or the mapping does not fit it.
    """
    table = read_table(file, file_name, neutralised=True)
    known = remembered(organisation, table.headers)
    chosen = {field for field in mapping.values() if field}
    earlier = {header: field for header, field in known.items() if header not in mapping and field not in chosen}
    return read_people(table, {**earlier, **mapping}, known=_known_people(organisation))


def rows_of(member_import: MemberImport, people: PeopleFile) -> Iterator[list[ImportRow]]:
    """What would happen to each row, some rows at a time."""
    headers = headings(people)
    name_at = people.headers.index(headers["full_name"]) if "full_name" in headers else None
    rows = iter(people)
    while chunk := list(islice(rows, AT_ONCE)):
        read = [values_of(row.values) for row in chunk]
        managers = [manager_key for _, manager_key in read]
        directory = find_members(member_import.organisation_id, _keys(read), managers=managers)
        yield [
            _row(member_import, row, values, manager_key, directory, headers=headers, name_at=name_at)
            for row, (values, manager_key) in zip(chunk, read, strict=True)
        ]


def _keys(read: list[tuple[dict[str, Any], str]]) -> Iterator[str]:
    for values, _ in read:
        yield values.get("email", "")
        yield values.get("employee_number", "")


def _row(
    member_import: MemberImport,
    row: PersonRow,
    values: dict[str, Any],
    manager_key: str,
    directory: Directory,
    *,
    headers: dict[str, str],
    name_at: int | None,
) -> ImportRow:
    faults, warnings = _as_stored(row.problems), _as_stored(row.warnings)
    _, disagreement = identify(values, directory)
    if faults and disagreement:
        # Two people were taken for one, so what was found about managers is about neither.
        faults = [disagreement, *(fault for fault in faults if fault["code"] not in _ABOUT_MANAGERS)]
    if faults:
        decision = Decision(str(Result.REFUSE), problems=faults)
    else:
        decision = decide(
            values,
            directory,
            headers=headers,
            manager_key=manager_key,
            whole_name=" ".join(row.cells[name_at].split()) if name_at is not None else None,
            in_file=not any(warning["code"] == "manager_not_in_file" for warning in warnings),
        )
    refused = decision.result == Result.REFUSE
    return ImportRow(
        organisation_id=member_import.organisation_id,
        member_import=member_import,
        line=row.line,
        result=decision.result,
        name=_shown_name(values, decision.member),
        email=values.get("email", decision.member.email if decision.member else "")[:254],
        employee_number=values.get("employee_number", "")[:60],
        manager_key="" if refused else manager_key,
        values={} if refused else values,
        changes=decision.changes,
        problems=decision.problems,
        warnings=[*warnings, *decision.warnings],
    )


def _as_stored(problems: Iterable[TableProblem]) -> list[dict[str, Any]]:
    return [{"column": found.column, "code": found.code, "facts": showable(found.facts)} for found in problems]


def _shown_name(values: dict[str, Any], member: Member | None) -> str:
    return values.get("full_name", member.full_name if member else "")[:200]


class Lost:
    """Rows whose manager is a person that the file brings, but only in a row that is refused."""

    def __init__(self) -> None:
        self._refused: set[str] = set()
        self._managers: dict[int, str] = {}

    def look_at(self, rows: Iterable[ImportRow]) -> None:
        """Take rows into account."""
        for row in rows:
            if row.result == Result.REFUSE:
                self._refused.update(filter(None, (row.email, row.employee_number)))
            elif row.manager_key:
                self._managers[row.line] = row.manager_key

    def lines(self, organisation: Organisation) -> dict[int, str]:
        """The lines that lose their manager, and the manager's key."""
        candidates = {line: key for line, key in self._managers.items() if key in self._refused}
        directory = find_members(organisation.pk, candidates.values())
        return {line: key for line, key in candidates.items() if directory.manager(key) is None}


def without_managers(member_import: MemberImport, lost: dict[int, str], *, column: str | None) -> int:
    """Let rows go on without a manager whose own row is refused. Returns how many changes that takes away."""
    if not lost:
        return 0
    taken = 0
    lines = sorted(lost)
    for start in range(0, len(lines), AT_ONCE):
        rows = list(ImportRow.objects.filter(member_import=member_import, line__in=lines[start : start + AT_ONCE]))
        for row in rows:
            row.manager_key = ""
            row.warnings = [*row.warnings, problem("manager_refused", column=column, value=lost[row.line])]
            kept = [change for change in row.changes if change["field"] != "manager"]
            taken += len(row.changes) - len(kept)
            if row.result == Result.CHANGE and not kept:
                row.result = Result.LEAVE
            row.changes = kept
        ImportRow.objects.bulk_update(rows, ["manager_key", "warnings", "changes", "result"], batch_size=200)
    return taken


def _known_people(organisation: Organisation) -> Iterator[KnownPerson]:
    rows = Member.objects.filter(organisation=organisation, forgotten_at=None)
    for email, number, manager in rows.values_list("email", "employee_number", "manager__email").iterator():
        yield KnownPerson(email, number or None, manager)
