"""What the pages of imports show."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wayfellow.people.importing.deciding import find_members
from wayfellow.people.importing.words import COLUMN_LABELS, COLUMN_NOTES, FIELD_LABELS, in_words, problem_in_words
from wayfellow.people.models import ImportRow, Member, MemberImport
from wayfellow.tables.reading import read_table

State = MemberImport.State
Result = ImportRow.Result
_MANAGER_UNKNOWN = {"manager_not_in_file", "manager_refused", "manager_missing"}
RESULTS_DONE = {
    Result.CREATE: gettext_lazy("Created"),
    Result.CHANGE: gettext_lazy("Changed"),
    Result.LEAVE: gettext_lazy("Left alone"),
    Result.REFUSE: gettext_lazy("Refused"),
}
RESULT_KINDS = {Result.CREATE: "good", Result.CHANGE: "info", Result.LEAVE: "none", Result.REFUSE: "stop"}


def imports(actor: Member, *, search: str = "") -> QuerySet[MemberImport]:
    """The organisation's imports, newest first, without their files."""
    rows = MemberImport.objects.visible_to(actor).defer("file", "columns").select_related("started_by")
    if search:
        rows = rows.filter(file_name__icontains=search.replace("\0", ""))
    return rows.order_by("-pk")


def import_rows(member_import: MemberImport, *, result: str = "", search: str = "") -> QuerySet[ImportRow]:
    """The rows of an import, by line, narrowed."""
    rows = ImportRow.objects.filter(member_import=member_import)
    if result in Result.values:
        rows = rows.filter(result=result)
    for word in search.replace("\0", "").split()[:8]:
        found = Q(name__icontains=word) | Q(email__icontains=word) | Q(employee_number=word)
        rows = rows.filter(found | Q(line=int(word)) if word.isdecimal() and len(word) < 8 else found)
    return rows.order_by("line")


def tab_counts(member_import: MemberImport) -> dict[str, int]:
    """How many rows each tab has."""
    rows = ImportRow.objects.filter(member_import=member_import)
    return dict(rows.values_list("result").annotate(n=Count("pk")))


def rows_in_words(member_import: MemberImport, rows: Iterable[ImportRow], *, today: date) -> list[dict[str, Any]]:
    """Each row with what happens to it, in the reader's language; two or three queries for all of them."""
    rows = list(rows)
    names = _names_of_managers(member_import, rows)
    done = member_import.state == State.DONE
    return [
        {
            "row": row,
            "kind": RESULT_KINDS[Result(row.result)],
            "result": RESULTS_DONE[Result(row.result)] if done else row.get_result_display(),
            "facts": _facts_of_new(row, names, today) if row.result == Result.CREATE else [],
            "changes": [_change_in_words(change, names) for change in row.changes if row.result == Result.CHANGE],
            "problems": [problem_in_words(problem) for problem in row.problems],
            "warnings": [problem_in_words(warning) for warning in row.warnings],
        }
        for row in rows
    ]


def _names_of_managers(member_import: MemberImport, rows: list[ImportRow]) -> dict[str, str]:
    keys = {row.manager_key for row in rows}
    keys |= {change["old"] for row in rows for change in row.changes if change["field"] == "manager"}
    keys.discard("")
    if not keys:
        return {}
    in_file = ImportRow.objects.filter(member_import=member_import).exclude(result=Result.REFUSE)
    names: dict[str, str] = {}
    named = Q(email__in=keys) | Q(employee_number__in=keys)
    for email, number, name in in_file.filter(named).values_list("email", "employee_number", "name"):
        names |= {email: name} | ({number: name} if number else {})
    here = find_members(member_import.organisation_id, keys)
    for key in keys:
        member = here.manager(key)
        if member is not None:
            names.setdefault(key, member.full_name)
    return names


def _facts_of_new(row: ImportRow, names: dict[str, str], today: date) -> list[str]:
    place = ", ".join(filter(None, (row.values.get("job_title"), row.values.get("department"))))
    facts = [place] if place else []
    if row.manager_key and not any(warning["code"] in _MANAGER_UNKNOWN for warning in row.warnings):
        facts.append(_("Reports to %(name)s") % {"name": names.get(row.manager_key, row.manager_key)})
    starts = row.values.get("hire_date")
    if starts and date.fromisoformat(starts) > today:
        facts.append(_("Starts on %(day)s") % {"day": _day(starts)})
    return facts


def _change_in_words(change: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    name, old, new = change["field"], change["old"], change["new"]
    if name == "manager":
        old, new = names.get(old, old) or _("nobody"), names.get(new, new)
    return {"label": str(FIELD_LABELS[name]), "old": _value(name, old), "new": _value(name, new) or _("nothing")}


def _value(name: str, value: Any) -> str:
    if not value:
        return ""
    if name == "hire_date":
        return _day(value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _day(value: str) -> str:
    return date_format(date.fromisoformat(value), "DATE_FORMAT")


def columns_in_words(member_import: MemberImport) -> dict[str, list[dict[str, Any]]]:
    """The columns of the file: those to look at, those recognised, those left out."""
    found: dict[str, list[dict[str, Any]]] = {"unsure": [], "sure": [], "left_out": []}
    for at, column in enumerate(member_import.columns):
        why = column["why"]
        told = {
            **column,
            "at": at,
            "label": str(COLUMN_LABELS.get(column["field"], "")),
            "read_as": str(COLUMN_NOTES.get(column["field"], COLUMN_LABELS.get(column["field"], ""))),
            "reason": in_words(why["code"], why["facts"]) if why else "",
        }
        found["left_out" if column["confidence"] != "unsure" and not column["field"] else column["confidence"]].append(
            told
        )
    return found


def seconds_left(member_import: MemberImport, now: datetime) -> int | None:
    """About how long it still takes, from how fast it was since it last began; None when that is not known yet."""
    done = member_import.rows_done - member_import.done_before
    if not done or member_import.applied_at is None:
        return None
    spent = (now - member_import.applied_at).total_seconds()
    return max(int(spent / done * (member_import.to_apply - member_import.rows_done)), 1)


def refused_table(member_import: MemberImport) -> tuple[list[str], Iterator[list[str]]]:
    """The refused rows as they stood in the file, with a last column that says why.

    Raises:
        TableError: the file is not kept any more.
    """
    reason = _("Why refused")
    table = read_table(bytes(member_import.file), member_import.file_name, neutralised=True)
    kept = [at for at, header in enumerate(table.headers) if header != reason]
    rows = ImportRow.objects.filter(member_import=member_import, result=Result.REFUSE)
    problems = dict(rows.values_list("line", "problems"))

    def cells() -> Iterator[list[str]]:
        for row in table:
            if row.line in problems:
                why = " ".join(problem_in_words(problem) for problem in problems[row.line])
                yield [*(row.cells[at] for at in kept), why]

    return [*(table.headers[at] for at in kept), reason], cells()


def refused_rows(member_import: MemberImport) -> Iterator[dict[str, Any]]:
    """The refused rows for programs: line, column, reason; a row with several faults comes several times."""
    rows = ImportRow.objects.filter(member_import=member_import, result=Result.REFUSE).order_by("line")
    for line, problems in rows.values_list("line", "problems").iterator():
        for problem in problems:
            reason = in_words(problem["code"], problem["facts"])
            yield {"line": line, "column": problem["column"], "reason": reason}
