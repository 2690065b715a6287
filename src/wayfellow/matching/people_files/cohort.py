"""A cohort from one or two files: each person once, identities checked, reporting lines resolved, one spelling."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wayfellow.matching.criteria.person import Person
from wayfellow.matching.people_files.availability import in_utc, utc_offset
from wayfellow.matching.people_files.fields import GROUPINGS
from wayfellow.matching.people_files.identity import Entry, identify
from wayfellow.matching.people_files.notes import Note, Notes
from wayfellow.matching.people_files.rows import Sheet
from wayfellow.matching.people_files.sides import sides_of
from wayfellow.matching.people_files.spelling import Spellings
from wayfellow.tables.errors import Problem, Reason, located, shown
from wayfellow.tables.people.cells import EMPTY_WORDS, manager_key, parse_name
from wayfellow.tables.values.language_names import name_of_language
from wayfellow.tables.words import fold

# The day whose clock is used to compare hours across time zones: standard time in the north.
CLOCK_DAY = dt.date(2026, 1, 14)
_GOALS = ("goals", "interests", "ways_of_working")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file, or worth knowing, with its place."""

    file: str
    problem: Problem

    def __str__(self) -> str:
        place = located(self.problem.reason, line=self.problem.line, column=self.problem.column)
        return f"{self.file}, {place[0].lower()}{place[1:]}"


class BadCells(Exception):
    """Cells that cannot be used: all of them, in the order of files, lines and columns."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, faults)))


@dataclass(frozen=True)
class Cohort:
    """Everybody who was read.

    Args:
        people: everybody who takes part, once, sorted by id.
        sheets: the files.
        skipped: what is wrong with the rows that were left out.
        notes: what to know about the files.
        emails: id → e-mail, for those who have one.
    """

    people: tuple[Person, ...]
    sheets: tuple[Sheet, ...]
    skipped: tuple[Fault, ...]
    notes: tuple[Note, ...]
    emails: Mapping[str, str] = field(default_factory=dict)


def cohort_of(
    sheets: Sequence[Sheet],
    *,
    first: str | None = None,
    perspective: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    skip_bad_rows: bool = False,
    clock_day: dt.date = CLOCK_DAY,
) -> Cohort:
    """Make the people of one or two files.

    Args:
        sheets: the files as read.
        first: what the first file holds, "mentee" or "mentor", where no role column says it.
        perspective: dimension → field or heading, for what a manager compares people by.
        groups: dimension → field or heading, for what the fairness report counts people by.
        skip_bad_rows: go on without rows that cannot be used.
        clock_day: the day whose clock is used to compare hours across time zones.

    Raises:
        BadCells: some cells cannot be used, and `skip_bad_rows` is off.
        TableError: it cannot be told who is a mentee and who a mentor, or who is who.
    """
    sides = sides_of(sheets, first=first)
    entries = [
        Entry(at, row, _sides(row.values.get("role"), sides[at]))
        for at, sheet in enumerate(sheets)
        for row in sheet.rows
    ]
    notes = Notes()
    people = identify(sheets, entries, notes=notes)
    faults = [Fault(sheets[entry.file].name, fault) for entry in entries for fault in _in_order(sheets, entry)]
    if faults and not skip_bad_rows:
        raise BadCells(faults)
    read = [
        _merged([entry for entry in person if not entry.row.faults] or person[:1])
        for person in people
        if any(_usable(entry) for entry in person)
    ]
    _resolve_managers(read, notes, sheets)
    _pass_over_bystanders(read, notes, sheets)
    _say_who_takes_no_part(read, notes, sheets)
    made = _Maker(read, perspective or {}, groups or {}, clock_day, notes, sheets)
    members = tuple(sorted((made(person) for person in read if person.sides), key=lambda person: person.id))
    return Cohort(
        members,
        tuple(sheets),
        tuple(faults),
        notes.all(),
        {person.id: person.values["email"] for person in read if person.sides and "email" in person.values},
    )


@dataclass(slots=True)
class _Read:
    """One person: what all their rows say."""

    id: str
    file: int
    line: int
    sides: frozenset[str]
    values: dict[str, Any]
    texts: dict[str, str]
    left_out: bool
    manager: str | None = None
    above: str | None = None


def _sides(role: frozenset[str] | None, side: str | None) -> frozenset[str]:
    if side is not None:
        return frozenset((side,))
    return role or frozenset()


def _usable(entry: Entry) -> bool:
    """A row that is left out still says who reports to whom, if it says who it is."""
    return not entry.row.faults or (entry.key is not None and not entry.disputed)


def _in_order(sheets: Sequence[Sheet], entry: Entry) -> list[Problem]:
    order = {header: at for at, header in enumerate(sheets[entry.file].headers)}
    return sorted(entry.row.faults, key=lambda fault: order.get(fault.column or "", -1))


def _merged(entries: Sequence[Entry]) -> _Read:
    """What all rows of a person say; where two say different things, the first file counts and lists are joined."""
    first = entries[0]
    bad = bool(first.row.faults)
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for entry in entries:
        own = {**entry.row.values}
        if "skills" in own:
            skills = own.pop("skills")
            if "mentor" in entry.sides:
                own.setdefault("skills_offered", skills)
            if "mentee" in entry.sides:
                own.setdefault("skills_wanted", skills)
        for name, value in own.items():
            if name == "languages" or name in _GOALS:
                values[name] = tuple(dict.fromkeys((*values.get(name, ()), *value)))
            else:
                values.setdefault(name, value)
        for heading, text in entry.row.texts.items():
            texts[heading] = texts.get(heading) or text
    sides = frozenset().union(*(entry.sides for entry in entries)) if not bad else frozenset[str]()
    return _Read(first.key or "", first.file, first.row.line, sides, values, texts, left_out=bad)


def _resolve_managers(people: Sequence[_Read], notes: Notes, sheets: Sequence[Sheet]) -> None:
    by_id = {person.id: person.id for person in people}
    by_email = {person.values["email"]: person.id for person in people if "email" in person.values}
    by_name: dict[str, list[str]] = {}
    for person in people:
        if "name" in person.values:
            by_name.setdefault(fold(person.values["name"]), []).append(person.id)
    for person in people:
        text = person.values.get("manager")
        if text is None:
            continue
        key = manager_key(text)
        found = by_id.get(text) or by_email.get(text.lower()) or (key and (by_id.get(key) or by_email.get(key)))
        named: Any = parse_name(text) if not found else None
        same_name = by_name.get(fold(named.whole), []) if named and not isinstance(named, Reason) else []
        if not found and len(same_name) == 1:
            found = same_name[0]
        if not found:
            code = "manager_several" if same_name else "manager_not_in_file"
            _note(notes, person, sheets, "manager", code, value=shown(text))
        elif found == person.id:
            _note(notes, person, sheets, "manager", "manager_self")
        else:
            person.manager = found


def _pass_over_bystanders(people: Sequence[_Read], notes: Notes, sheets: Sequence[Sheet]) -> None:
    """Let a reporting line run through those who take no part: the manager is the next one up who does."""
    by_id = {person.id: person for person in people}
    for person in people:
        seen = {person.id}
        above = person.manager
        while above is not None and not by_id[above].sides:
            seen.add(above)
            above = by_id[above].manager
            if above in seen:
                above = None
                if person.sides:
                    _note(notes, person, sheets, "manager", "line_in_circle")
        person.above = above


def _say_who_takes_no_part(people: Sequence[_Read], notes: Notes, sheets: Sequence[Sheet]) -> None:
    for person in people:
        if not person.sides and not person.left_out:
            _note(notes, person, sheets, "role", "role_empty")


class _Maker:
    """Makes `Person`s, in words that everybody shares."""

    def __init__(
        self,
        people: Sequence[_Read],
        perspective: Mapping[str, str],
        groups: Mapping[str, str],
        clock_day: dt.date,
        notes: Notes,
        sheets: Sequence[Sheet],
    ) -> None:
        self.perspective, self.groups, self.clock_day = perspective, groups, clock_day
        self.notes, self.sheets = notes, sheets
        self.has_zones = any(sheet.has("time_zone") for sheet in sheets)
        self.skill = Spellings(
            skill
            for person in people
            for name in ("skills_offered", "skills_wanted")
            for skill in person.values.get(name, ())
        )
        self.goal = Spellings(goal for person in people for name in _GOALS for goal in person.values.get(name, ()))
        dimensions = {**groups, **perspective}
        self.group = {
            source: Spellings(filter(None, (_stated(person, source) for person in people)))
            for source in dict.fromkeys(dimensions.values())
        }

    def __call__(self, person: _Read) -> Person:
        values = person.values
        zone = values.get("time_zone")
        offset = utc_offset(zone, self.clock_day) if zone else None
        minimum = values.get("minimum", 0)
        return Person(
            id=person.id,
            name=values.get("name", ""),
            is_mentee="mentee" in person.sides,
            is_mentor="mentor" in person.sides,
            want=values.get("wants", 1),
            capacity=values.get("capacity", max(1, minimum)),
            minimum=minimum,
            skills_wanted=self._skills(values.get("skills_wanted", {})),
            skills_offered=self._skills(values.get("skills_offered", {})),
            goals=tuple(dict.fromkeys(self.goal(goal) for name in _GOALS for goal in values.get(name, ()))),
            languages=frozenset(map(name_of_language, values.get("languages", ()))),
            hours=self._hours(person, offset),
            utc_offset=offset,
            perspective=self._grouped(person, self.perspective),
            trained=values.get("trained"),
            manager_id=person.above,
            groups=self._grouped(person, self.groups),
        )

    def _skills(self, skills: Mapping[str, int | None]) -> dict[str, int | None]:
        spelled: dict[str, int | None] = {}
        for skill, level in skills.items():
            name = self.skill(skill)
            spelled[name] = max(filter(None, (spelled.get(name), level)), default=None)
        return spelled

    def _grouped(self, person: _Read, dimensions: Mapping[str, str]) -> dict[str, str]:
        stated = {dimension: _stated(person, source) for dimension, source in dimensions.items()}
        return {dimension: self.group[dimensions[dimension]](text) for dimension, text in stated.items() if text}

    def _hours(self, person: _Read, offset: float | None) -> int | None:
        hours: int | None = person.values.get("availability")
        if hours is None:
            return None
        if offset is None and self.has_zones:
            _note(self.notes, person, self.sheets, "time_zone", "zone_missing")
            return None
        return in_utc(hours, offset or 0.0)


def _stated(person: _Read, source: str) -> str:
    """What a person's row says by field or by heading."""
    text: str = person.values.get(source, "") if source in GROUPINGS else person.texts.get(source, "")
    return "" if text.casefold() in EMPTY_WORDS else text


def _note(notes: Notes, person: _Read, sheets: Sequence[Sheet], field_name: str, code: str, **facts: str) -> None:
    sheet = sheets[person.file]
    who = str(person.values.get("name") or person.id)
    notes.add(sheet.name, sheet.heading_of.get(field_name), code, line=person.line, who=who, **facts)
