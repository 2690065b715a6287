"""What only the whole file shows: people who are in it twice, and reporting lines that go round in a circle."""

from collections.abc import Iterable
from dataclasses import dataclass

from wayfellow.tables.errors import Reason, reason, shown

_CHAIN_SHOWN = 8


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Someone whom the caller knows already: e-mail in lower case, and the manager by e-mail or employee number."""

    email: str | None = None
    employee_number: str | None = None
    manager: str | None = None


@dataclass(slots=True)
class _Person:
    line: int | None
    email: str | None
    employee_number: str | None
    manager: str | None

    @property
    def shown(self) -> str:
        who = shown(self.email or self.employee_number or "?", length=40)
        return f"{who} (row {self.line})" if self.line else who


Found = list[tuple[str, Reason]]


class Keys:
    """Gathers the keys of all rows; after `close` it knows the faults of each line."""

    def __init__(self, known: Iterable[KnownPerson] = ()) -> None:
        self._known = known
        self._people: list[_Person] = []
        self._by_key: dict[str, int] = {}
        self._faults: dict[int, Found] = {}
        self._warnings: dict[int, Found] = {}

    def add(self, line: int, *, email: str | None, employee_number: str | None, manager: str | None) -> None:
        """Take one row into account."""
        at = len(self._people)
        self._people.append(_Person(line, email, employee_number, manager))
        if email:
            self._take(email, at, "email")
        if employee_number:
            self._take(_number_key(employee_number), at, "employee_number")

    def close(self) -> None:
        """Add the people known already and look for managers who are missing or go round in circles."""
        for known in self._known:
            self._add_known(known)
        parents = [self._manager_of(person) for person in self._people]
        for person, parent in zip(self._people, parents, strict=True):
            if person.line and person.manager and parent is None:
                why = reason("manager_not_in_file", value=shown(person.manager))
                self._warnings.setdefault(person.line, []).append(("manager", why))
        for circle in _circles(parents):
            self._refuse_circle([self._people[at] for at in circle])

    def about(self, line: int) -> tuple[Found, Found]:
        """Faults and warnings of a line, each with the field it is about."""
        return self._faults.get(line, []), self._warnings.get(line, [])

    def _take(self, key: str, at: int, name: str) -> None:
        first = self._by_key.setdefault(key, at)
        if first == at:
            return
        one, other = self._people[first].line, self._people[at].line
        if one is None or other is None:
            return
        faults = self._faults.setdefault(one, [])
        if not any(why.code == f"{name}_twice" for _, why in faults):
            faults.append((name, reason(f"{name}_twice", other=other)))
        self._faults.setdefault(other, []).append((name, reason(f"{name}_twice", other=one)))

    def _add_known(self, person: KnownPerson) -> None:
        email = person.email.lower() if person.email else None
        keys = [key for key in (email, _number_key(person.employee_number)) if key]
        at = next((self._by_key[key] for key in keys if key in self._by_key), None)
        if at is None:
            at = len(self._people)
            self._people.append(_Person(None, email, person.employee_number, person.manager))
        elif self._people[at].manager is None:
            # An empty cell leaves the manager as it is.
            self._people[at].manager = person.manager
        for key in keys:
            self._by_key.setdefault(key, at)

    def _manager_of(self, person: _Person) -> int | None:
        if not person.manager:
            return None
        key = person.manager.lower() if "@" in person.manager else _number_key(person.manager)
        return self._by_key.get(key)

    def _refuse_circle(self, people: list[_Person]) -> None:
        for at, person in enumerate(people):
            if person.line is None:
                continue
            chain = [*people[at:], *people[:at]]
            if len(chain) == 1:
                why = reason("manager_self")
            else:
                names = [link.shown for link in chain[:_CHAIN_SHOWN]]
                if len(chain) > _CHAIN_SHOWN:
                    names.append("…")
                why = reason("manager_circle", chain=" → ".join([*names, person.shown]))
            self._faults.setdefault(person.line, []).append(("manager", why))


def _number_key(number: str | None) -> str:
    return f"#{number}" if number else ""


def _circles(parents: list[int | None]) -> list[list[int]]:
    """The circles in a graph where each node has at most one parent."""
    seen = [0] * len(parents)
    circles = []
    for start in range(len(parents)):
        walk = start + 1
        at: int | None = start
        while at is not None and not seen[at]:
            seen[at] = walk
            at = parents[at]
        if at is not None and seen[at] == walk:
            circle = [at]
            following = parents[at]
            while following is not None and following != at:
                circle.append(following)
                following = parents[following]
            circles.append(circle)
    return circles
