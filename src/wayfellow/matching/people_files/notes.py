"""What is worth knowing about a sheet and refuses nobody, gathered so that a hundred rows of one kind are one line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wayfellow.tables.errors import shown

_NAMED = 5
NOTES = {
    "manager_not_in_file": "The manager “{value}” of {who} is not among the people read, so that reporting line is not "
    "known.",
    "manager_several": "“{value}”, the manager of {who}, is the name of several people, so that reporting line is not "
    "known. Write the manager's ID or e-mail.",
    "manager_self": "Named as their own manager: {who}.",
    "line_in_circle": "The reporting line runs in a circle through people who take no part: {who}.",
    "role_empty": "No role, so no part in the match, only in reporting lines: {who}.",
    "zone_missing": "Free hours are given but no time zone, so they are not compared: {who}.",
    "same_person": "Read as one person because both files have the name: {who}.",
    "fallback_id": "No ID, so the {key} stands for it: {who}.",
}


@dataclass(frozen=True)
class Note:
    """One thing worth knowing about a file.

    Args:
        file: the file's name.
        column: heading of the column it is about, if there is one.
        code: a key of `NOTES`.
        facts: what goes into its sentence.
        people: line and name of each person it is about.
    """

    file: str
    column: str | None
    code: str
    facts: dict[str, Any]
    people: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The sentence, the same in any order of rows."""
        names = sorted(shown(name, length=40) for _, name in self.people)
        return f"{self.file}: {NOTES[self.code].format(who=_some(names), **self.facts)}"

    def __str__(self) -> str:
        """The sentence with its place."""
        lines = [str(line) for line in sorted(line for line, _ in self.people)]
        places = [f"line{'s' if len(lines) > 1 else ''} {_some(lines)}"]
        if self.column is not None:
            places.append(f"column “{self.column}”")
        return f"{self.file}, {', '.join(places)}: {self.text.removeprefix(f'{self.file}: ')}"


@dataclass
class Notes:
    """Gathers notes while files are read."""

    _found: dict[tuple[Any, ...], list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, file: str, column: str | None, code: str, *, line: int, who: str, **facts: Any) -> None:
        """Take down something about one row."""
        self._found.setdefault((file, column, code, tuple(sorted(facts.items()))), []).append((line, who))

    def all(self) -> tuple[Note, ...]:
        """All notes, sorted by their sentence."""
        notes = [
            Note(file, column, code, dict(facts), tuple(people))
            for (file, column, code, facts), people in self._found.items()
        ]
        return tuple(sorted(notes, key=lambda note: note.text))


def _some(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
