"""Who is who: an id for each row, rows of one person brought together, and rows that claim the same identity."""

from collections.abc import Sequence
from dataclasses import dataclass

from wayfellow.matching.people_files.messages import reason, sheet_error
from wayfellow.matching.people_files.notes import Notes
from wayfellow.matching.people_files.rows import Sheet, SheetRow
from wayfellow.tables.errors import Reason, problem, shown
from wayfellow.tables.words import fold

_KEYS = ("id", "email", "name")
_LABELS = {"id": "ID", "email": "e-mail", "name": "name"}


@dataclass(slots=True)
class Entry:
    """One row of one file.

    Args:
        file: which file.
        row: the row.
        sides: the sides it puts its person on.
        key: the id its person goes by; None when the row says nobody.
        kind: what the id is: "id", "email" or "name".
        disputed: whether another row claims the same identity.
    """

    file: int
    row: SheetRow
    sides: frozenset[str]
    key: str | None = None
    kind: str = ""
    disputed: bool = False


def identify(sheets: Sequence[Sheet], entries: Sequence[Entry], *, notes: Notes) -> list[list[Entry]]:
    """Give each row its id and gather the rows of each person, at most one of each file.

    Rows that say nobody, or claim an identity that another row of their file has, get a fault.

    Args:
        sheets: the files.
        entries: their rows; `key`, `kind` and `disputed` are set here.
        notes: takes what is worth knowing about rows.

    Raises:
        TableError: a file has no column that tells who is who.
    """
    for sheet in sheets:
        if not _columns(sheet):
            headings = shown(", ".join(sheet.headers), length=300)
            raise sheet_error("nobody_named", file=sheet.name, headings=headings)
    for entry in entries:
        _name(sheets[entry.file], entry, notes)
    for at in range(len(sheets)):
        _find_doubles(sheets[at], [entry for entry in entries if entry.file == at])
    people = {id(entry): [entry] for entry in entries if entry.file == 0 and entry.key is not None}
    found = [entry for entry in entries if entry.file == 1 and entry.key is not None]
    if found:
        _join(sheets, people, found, notes)
    return list(people.values())


def _columns(sheet: Sheet) -> list[str]:
    """The identity columns of a file."""
    named = sheet.has("name") or sheet.has("first_name") or sheet.has("last_name")
    return [key for key in _KEYS if (named if key == "name" else sheet.has(key))]


def _heading(sheet: Sheet, kind: str) -> str | None:
    if kind == "name":
        return next((sheet.heading_of[name] for name in ("name", "last_name", "first_name") if sheet.has(name)), None)
    return sheet.heading_of.get(kind)


def _name(sheet: Sheet, entry: Entry, notes: Notes) -> None:
    values = entry.row.values
    entry.kind = next((kind for kind in _KEYS if kind in values), "")
    columns = _columns(sheet)
    if entry.kind:
        entry.key = values[entry.kind]
        if columns[0] == "id" != entry.kind and not entry.row.faults:
            who = values.get("name", entry.key)
            notes.add(
                sheet.name, _heading(sheet, "id"), "fallback_id", line=entry.row.line, who=who, key=_LABELS[entry.kind]
            )
        return
    # A cell that could not be read was reported already.
    unreadable = {_heading(sheet, kind) for kind in columns} & {fault.column for fault in entry.row.faults}
    if not unreadable:
        labels = [_LABELS[kind] for kind in columns]
        code = "identity_missing_one" if len(labels) == 1 else "identity_missing"
        why = reason(code, columns=" nor ".join(labels))
        entry.row.faults.append(problem(why, line=entry.row.line, column=_heading(sheet, columns[0])))


def _find_doubles(sheet: Sheet, entries: Sequence[Entry]) -> None:
    """Rows of one file that are the same person: all of them are at fault, because nobody knows which one counts."""
    for kind in _KEYS:
        rows: dict[str, list[Entry]] = {}
        for entry in entries:
            if kind in entry.row.values and (kind != "name" or entry.kind == "name"):
                value = entry.row.values[kind]
                rows.setdefault(fold(value) if kind == "name" else value, []).append(entry)
        for same in rows.values():
            for entry in same if len(same) > 1 else ():
                other = same[1] if entry is same[0] else same[0]
                value = shown(entry.row.values[kind], length=40)
                why = reason(f"{kind}_twice", value=value, other=other.row.line)
                _dispute(sheet, entry, kind, why)
    keys: dict[str, Entry] = {}
    for entry in entries:
        if entry.key is None or entry.disputed:
            continue
        other = keys.setdefault(entry.key, entry)
        if other is not entry:
            # One row's ID is what another row goes by for want of one.
            why = reason("id_is_key", value=shown(entry.key, length=40), other=other.row.line)
            _dispute(sheet, entry, entry.kind, why)


def _join(sheets: Sequence[Sheet], people: dict[int, list[Entry]], found: Sequence[Entry], notes: Notes) -> None:
    """Bring the rows of the second file to the people of the first: by ID, by e-mail, and by name for want of both."""
    first = [person[0] for person in people.values()]
    by_id = {entry.row.values["id"]: entry for entry in first if "id" in entry.row.values}
    by_email = {entry.row.values["email"]: entry for entry in first if "email" in entry.row.values}
    by_name: dict[str, list[Entry]] = {}
    for entry in first:
        if "name" in entry.row.values:
            by_name.setdefault(fold(entry.row.values["name"]), []).append(entry)
    for entry in found:
        values, sheet = entry.row.values, sheets[entry.file]
        same = by_id.get(values.get("id", "")) or by_email.get(values.get("email", ""))
        if same is None:
            named = by_name.get(fold(values.get("name", "")), []) if "name" in values else []
            # A name is enough only where one of the two rows has nothing better.
            if len(named) == 1 and "name" in (entry.kind, named[0].kind):
                same = named[0]
                notes.add(sheet.name, _heading(sheet, "name"), "same_person", line=entry.row.line, who=values["name"])
        if same is None:
            people[id(entry)] = [entry]
            continue
        why_not = _why_not_same(sheets, same, entry)
        if why_not:
            _dispute(sheet, entry, "id", why_not)
        people[id(same)].append(entry)
        # Of what the two rows know the person by, the better counts, whichever file comes first.
        same.key = entry.key = min((same, entry), key=lambda known: _KEYS.index(known.kind)).key


def _why_not_same(sheets: Sequence[Sheet], one: Entry, other: Entry) -> Reason | None:
    mine, theirs = other.row.values, one.row.values
    facts = {"file": sheets[one.file].name, "other": one.row.line}
    if "id" in mine and "id" in theirs:
        if mine["id"] != theirs["id"]:
            return reason("id_differs", value=shown(mine.get("email", mine["id"]), length=40), **facts)
        differs = [key in mine and key in theirs and fold(mine[key]) != fold(theirs[key]) for key in ("email", "name")]
        stated = [key in mine and key in theirs for key in ("email", "name")]
        if any(stated) and differs == stated:
            return reason("id_of_another", value=shown(mine["id"], length=40), **facts)
    return None


def _dispute(sheet: Sheet, entry: Entry, kind: str, why: Reason) -> None:
    entry.disputed = True
    entry.row.faults.append(problem(why, line=entry.row.line, column=_heading(sheet, kind)))
