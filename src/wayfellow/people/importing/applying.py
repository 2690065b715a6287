"""Putting checked rows into effect, some at a time, each bit in a transaction of its own.

Killed at any point, it goes on where it was: `applied_line` and `linked_line` move in the transaction they tell of.
What a person saw in the check is what happens: a row that meets something else by now is refused with the reason.
"""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from wayfellow.core.bulk import insert_many, set_many
from wayfellow.people.actions.invitations import withdraw_for_new_address
from wayfellow.people.importing.deciding import Directory, decide, find_members, identify, problem, restored, stored
from wayfellow.people.models import ImportRow, Member, MemberImport, Organisation
from wayfellow.search.actions import touch_all

AT_ONCE = 1000
LINK_AT_ONCE = 1000
TRIES = 3
# What the two passes read of a row.
_APPLIED = ("organisation_id", "line", "result", "values", "changes", "manager_key", "linked")
Result = ImportRow.Result
State = MemberImport.State


def lock_import(pk: int) -> MemberImport:
    """The import, locked, without its file; before it the organisation, in which addresses and numbers are unique."""
    organisation = MemberImport.objects.values_list("organisation", flat=True).get(pk=pk)
    Organisation.objects.lock(organisation)
    return MemberImport.objects.defer("file").lock(pk)


def apply_some(pk: int, turn: int) -> bool:
    """Create and change the next people. False when there is nothing more to do in this turn."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _apply_some(pk, turn)
        except IntegrityError:
            # Somebody joined with one of these addresses since we looked; now we see them.
            if attempt == TRIES - 1:
                raise
    return False


def _apply_some(pk: int, turn: int) -> bool:
    member_import = lock_import(pk)
    if not _goes_on(member_import, turn):
        return False
    rows = list(_to_apply(member_import).order_by("line").only(*_APPLIED)[:AT_ONCE])
    if not rows:
        return False
    directory = find_members(
        member_import.organisation_id, _own_keys(rows), managers=[row.manager_key for row in rows], lock=True
    )
    new: list[Member] = []
    changed: dict[int, Member] = {}
    moved: set[int] = set()
    refused: list[ImportRow] = []
    for row in rows:
        member, faults = _hold_against_now(row, directory)
        if faults:
            row.result, row.problems = Result.REFUSE, faults
            refused.append(row)
        elif member is None:
            new.append(_new_member(row, directory))
        elif row.result == Result.CHANGE:
            _change(member, row)
            changed[member.pk] = member
            if any(change["field"] == "email" for change in row.changes):
                moved.add(member.pk)
    insert_many(new)
    _save_all(list(changed.values()))
    withdraw_for_new_address(member for member in changed.values() if member.pk in moved)
    touch_all(member.pk for member in changed.values() if member.is_active)
    _mark_applied(member_import, rows, refused)
    member_import.created += len(new)
    member_import.changed += len(changed)
    member_import.refused_on_the_way += len(refused)
    member_import.rows_done += len(rows)
    member_import.applied_line = rows[-1].line
    member_import.save(
        update_fields=["created", "changed", "refused_on_the_way", "rows_done", "applied_line"],
    )
    return True


def next_line(member_import: MemberImport) -> int | None:
    """The row at which it goes on, None when every row is applied and linked."""
    waiting = _to_apply(member_import).order_by("line").first() or _to_link(member_import).order_by("line").first()
    return waiting.line if waiting else None


def _to_apply(member_import: MemberImport) -> QuerySet[ImportRow]:
    rows = ImportRow.objects.filter(member_import=member_import, applied=False, line__gt=member_import.applied_line)
    return rows.filter(result__in=[Result.CREATE, Result.CHANGE])


def _to_link(member_import: MemberImport) -> QuerySet[ImportRow]:
    rows = ImportRow.objects.filter(member_import=member_import, applied=True, line__gt=member_import.linked_line)
    return rows.exclude(manager_key="").exclude(result=Result.REFUSE).exclude(linked=True)


def _goes_on(member_import: MemberImport, turn: int) -> bool:
    current = member_import.state == State.APPLYING and member_import.turn == turn
    return current and not member_import.stop_asked


def _hold_against_now(row: ImportRow, directory: Directory) -> tuple[Member | None, list[dict[str, Any]]]:
    """Who a row is about by now, and why what was shown cannot be done any more.

    Somebody to be created who is here by now exactly as the row says is no fault: then there is nothing to do.
    """
    member, disagreement = identify(row.values, directory)
    if disagreement:
        return None, [disagreement]
    if row.result == Result.CREATE:
        if member is None:
            return None, []
        decision = decide(row.values, directory, headers={}, whole_name=row.values.get("full_name"))
        return member, [] if decision.result == Result.LEAVE else [problem("appeared_since")]
    if member is None:
        return None, [problem("gone_since")]
    faults = []
    for change in row.changes:
        if change["field"] == "manager":
            continue
        present = stored(getattr(member, change["field"]))
        if present not in (change["old"], change["new"]):
            value = ", ".join(present) if isinstance(present, list) else str(present or "")
            faults.append(problem("changed_since", field=change["field"], value=value))
    return member, faults


def _new_member(row: ImportRow, directory: Directory) -> Member:
    values = {name: restored(name, value) for name, value in row.values.items()}
    manager = directory.manager(row.manager_key) if row.manager_key else None
    row.linked = manager is not None
    return Member(organisation_id=row.organisation_id, state=Member.State.LISTED, manager=manager, **values)


def _change(member: Member, row: ImportRow) -> None:
    for change in row.changes:
        if change["field"] != "manager":
            setattr(member, change["field"], restored(change["field"], change["new"]))


def _save_all(members: list[Member]) -> None:
    """Write what lists can change of these members, in one statement: `bulk_update` would write a branch a value."""
    Member.objects.bulk_create(
        members,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=[
            *("full_name", "first_name", "last_name", "email", "employee_number", "job_title", "department"),
            *("location", "time_zone", "languages", "hire_date", "grade", "phone"),
        ],
    )


def _mark_applied(member_import: MemberImport, rows: list[ImportRow], refused: list[ImportRow]) -> None:
    done = ImportRow.objects.filter(
        member_import=member_import, line__gt=member_import.applied_line, line__lte=rows[-1].line
    )
    done.filter(result__in=[Result.CREATE, Result.CHANGE]).update(applied=True)
    done.filter(line__in=[row.line for row in rows if row.linked]).update(linked=True)
    if refused:
        ImportRow.objects.bulk_update(refused, ["result", "problems"])


def link_some(pk: int, turn: int) -> bool:
    """Give the next people their managers, who are all here by now. False when there is nothing more to do."""
    with transaction.atomic():
        member_import = lock_import(pk)
        if not _goes_on(member_import, turn):
            return False
        rows = list(_to_link(member_import).order_by("line").only(*_APPLIED)[:LINK_AT_ONCE])
        if not rows:
            return False
        _link(member_import, rows)
        member_import.linked_line = rows[-1].line
        member_import.save(update_fields=["linked_line"])
        return True


def _link(member_import: MemberImport, rows: list[ImportRow]) -> None:
    directory = find_members(
        member_import.organisation_id, (), managers=[*_own_keys(rows), *(row.manager_key for row in rows)], lock=True
    )
    managers: dict[int, int] = {}
    active: list[int] = []
    missing: dict[int, str] = {}
    for row in rows:
        shown = row.result == Result.CREATE or any(change["field"] == "manager" for change in row.changes)
        member, _ = identify(row.values, directory)
        if member is None or not shown:
            continue
        manager = directory.manager(row.manager_key)
        if manager is None or manager.pk == member.pk:
            missing[row.pk] = row.manager_key
        elif member.manager_id != manager.pk:
            managers[member.pk] = manager.pk
            if member.is_active:
                active.append(member.pk)
    set_many(Member, "manager", managers)
    touch_all(active)
    warned = list(ImportRow.objects.filter(pk__in=missing))
    for row in warned:
        row.warnings = [*row.warnings, problem("manager_missing", value=missing[row.pk])]
    ImportRow.objects.bulk_update(warned, ["warnings"], batch_size=200)


def _own_keys(rows: Iterable[ImportRow]) -> Iterable[str]:
    for row in rows:
        yield row.values.get("email", "")
        yield row.values.get("employee_number", "")


def mend_circles(member_import: MemberImport) -> None:
    """Take back a manager set by this import who, because of a change meanwhile, reports to the person in the end."""
    organisation = member_import.organisation_id
    above = dict(Member.objects.filter(organisation=organisation, manager__isnull=False).values_list("pk", "manager"))
    for circle in _circles(above):
        people = {member.email.lower(): member for member in Member.objects.lock_all(circle)}
        rows = ImportRow.objects.filter(member_import=member_import, applied=True, email__in=people)
        for row in rows.exclude(manager_key="").order_by("-line")[:1]:
            member = people[row.email.lower()]
            member.manager = None
            member.save(update_fields=["manager"])
            row.warnings = [*row.warnings, problem("manager_circle_since", value=row.manager_key)]
            row.save(update_fields=["warnings"])
            member_import.warnings = [*member_import.warnings, row.warnings[-1]]


def _circles(above: dict[int, int]) -> list[list[int]]:
    seen: dict[int, int] = {}
    found = []
    for start in above:
        at: int | None = start
        while at is not None and at not in seen:
            seen[at] = start
            at = above.get(at)
        if at is not None and seen[at] == start:
            circle, following = [at], above[at]
            while following != at:
                circle.append(following)
                following = above[following]
            found.append(circle)
    return found
