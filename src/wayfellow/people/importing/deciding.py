"""What one row of a file means for who is here: create, change, leave alone or refuse. Reads, and changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Lower

from wayfellow.people.models import ImportRow, Member
from wayfellow.tables.errors import shown

Problem = dict[str, Any]
Result = ImportRow.Result
_LENGTHS: dict[str, int] = {
    name: Member._meta.get_field(name).max_length or 0
    for name in (
        *("full_name", "first_name", "last_name", "email", "employee_number", "job_title", "department", "location"),
        *("time_zone", "grade", "phone"),
    )
}


@dataclass(slots=True)
class Directory:
    """The members that some rows are about, by both keys."""

    by_email: dict[str, Member] = field(default_factory=dict)
    by_number: dict[str, Member] = field(default_factory=dict)

    def manager(self, key: str) -> Member | None:
        """Whom a manager cell names: an address, or an employee number."""
        return self.by_email.get(key.lower()) if "@" in key else self.by_number.get(key)

    def add(self, member: Member) -> None:
        """Take a member in."""
        self.by_email[member.email.lower()] = member
        if member.employee_number:
            self.by_number[member.employee_number] = member


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to a row. `changes` are `{field, old, new}`; a manager is named by key."""

    result: str
    member: Member | None = None
    changes: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


# What is asked of a manager, or of a member who is only given one.
_KEYS = ("email", "employee_number", "full_name", "manager_id", "state")


def find_members(
    organisation_id: int, keys: Iterable[str], *, managers: Iterable[str] = (), lock: bool = False
) -> Directory:
    """The members with these addresses or employee numbers, in five queries; whoever was forgotten is nobody.

    Args:
        managers: addresses or numbers of members of whom no more is read than name, keys, state and manager.
        lock: lock them until the transaction ends, in the order of their ids.
    """
    here = Member.objects.filter(organisation=organisation_id, forgotten_at=None)
    whole = _find(here, keys)
    light = _find(here, managers) - whole
    if lock and connection.features.has_select_for_update:
        locked = Member.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=whole | light)
        list(locked.order_by("pk").values_list("pk"))
    directory = Directory()
    for member in Member.objects.filter(pk__in=light).only(*_KEYS):
        directory.add(member)
    rows = Member.objects.filter(pk__in=whole)
    for member in rows if lock else rows.select_related("manager"):
        directory.add(member)
    return directory


def _find(here: QuerySet[Member], keys: Iterable[str]) -> set[int]:
    wanted = set(keys) - {""}
    if not wanted:
        return set()
    emails = [key.lower() for key in wanted if "@" in key]
    by_number = here.exclude(employee_number="").filter(employee_number__in=wanted)
    found = set(by_number.values_list("pk", flat=True))
    if emails:
        by_email = here.alias(email_key=Lower("email")).filter(email_key__in=emails)
        found.update(by_email.values_list("pk", flat=True))
    return found


def problem(code: str, *, column: str | None = None, **facts: Any) -> Problem:
    """One reason as it is stored."""
    return {"column": column, "code": code, "facts": facts}


def showable(value: Any) -> Any:
    """JSON in which NUL characters, which PostgreSQL cannot keep, are shown as the sign for them."""
    if isinstance(value, str):
        return value.replace("\0", "␀")
    if isinstance(value, dict):
        return {name: showable(entry) for name, entry in value.items()}
    return [showable(entry) for entry in value] if isinstance(value, list | tuple) else value


def stored(value: Any) -> Any:
    """A member's value as rows keep it: plain JSON."""
    return value.isoformat() if isinstance(value, date) else value


def restored(name: str, value: Any) -> Any:
    """The value of a field from what a row keeps."""
    return date.fromisoformat(value) if name == "hire_date" and value else value


def values_of(parsed: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """A parsed row of `wayfellow.tables.people` as fields of `Member` in plain JSON, and the key of the manager."""
    values = dict(parsed)
    values.pop("manager_email", None)
    values.pop("manager_number", None)
    if "name" in values:
        values["full_name"] = values.pop("name")
    if "languages" in values:
        values["languages"] = list(values["languages"])
    if "hire_date" in values:
        values["hire_date"] = stored(values["hire_date"])
    return values, parsed.get("manager_email") or parsed.get("manager_number") or ""


def identify(values: dict[str, Any], directory: Directory) -> tuple[Member | None, Problem | None]:
    """Who a row is about: by number first, then by e-mail; nobody, or a problem when the two disagree."""
    by_number = directory.by_number.get(values.get("employee_number", ""))
    by_email = directory.by_email.get(values.get("email", ""))
    if by_number and by_email and by_number.pk != by_email.pk:
        return None, problem("two_members", first=_named(by_number), second=_named(by_email))
    return by_number or by_email, None


def decide(
    values: dict[str, Any],
    directory: Directory,
    *,
    headers: dict[str, str],
    manager_key: str = "",
    whole_name: str | None = None,
    in_file: bool = True,
) -> Decision:
    """Hold a row against who is here.

    Args:
        values: fields of `Member`, plain JSON, without what the row leaves empty.
        directory: whoever the row may be about, and its manager.
        headers: the heading of each field, for problems.
        manager_key: address or employee number of the manager.
        whole_name: the name as the cell writes it; None when the file has no column for the whole name.
        in_file: whether the manager, when not here yet, is somebody whom the file brings.
    """
    too_long = [
        problem("text_too_long", column=headers.get(name), length=f"{len(values[name]):,}", limit=limit)
        for name, limit in _LENGTHS.items()
        if name in values and len(values[name]) > limit
    ]
    member, disagreement = identify(values, directory)
    problems = [*too_long, *([disagreement] if disagreement else [])]
    if member is None and not problems:
        if not values.get("email"):
            problems.append(problem("new_needs_email", column=headers.get("email")))
        if not values.get("full_name"):
            problems.append(problem("new_needs_name", column=headers.get("full_name")))
    if problems:
        return Decision(str(Result.REFUSE), problems=problems)
    if member is None:
        return Decision(str(Result.CREATE))
    changes = _differences(member, values, whole_name=whole_name)
    if manager_key:
        manager = directory.manager(manager_key)
        if manager.pk != member.manager_id if manager else in_file:
            changes.append({"field": "manager", "old": _manager_email(member), "new": manager_key})
    warnings = [problem("has_left")] if member.state == Member.State.LEFT else []
    result = str(Result.CHANGE) if changes else str(Result.LEAVE)
    return Decision(result, member=member, changes=changes, warnings=warnings)


def _differences(member: Member, values: dict[str, Any], *, whole_name: str | None) -> list[dict[str, Any]]:
    wanted = dict(values)
    if whole_name is None:
        _complete_name(member, wanted)
    elif whole_name == member.full_name:
        for name in ("full_name", "first_name", "last_name"):
            wanted.pop(name, None)
    elif wanted.get("full_name") not in {None, member.full_name}:
        # The parts we know belong to the old name.
        for name in ("first_name", "last_name"):
            if getattr(member, name):
                wanted.setdefault(name, "")
    changes = []
    for name, new in wanted.items():
        old = stored(getattr(member, name))
        if (old.lower() if name == "email" else old) != new:
            changes.append({"field": name, "old": old, "new": new})
    return changes


def _complete_name(member: Member, wanted: dict[str, Any]) -> None:
    """A file with only one part of the name changes that part; the whole name follows."""
    if ("first_name" in wanted and "last_name" in wanted) or "full_name" not in wanted:
        return
    first = wanted.get("first_name", member.first_name)
    last = wanted.get("last_name", member.last_name)
    if first and last:
        wanted["full_name"] = f"{first} {last}"
    else:
        del wanted["full_name"]


def _manager_email(member: Member) -> str:
    return member.manager.email if member.manager else ""


def _named(member: Member) -> str:
    return f"{shown(member.full_name, length=40)} ({member.email})"
