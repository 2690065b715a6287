"""Pins and forbids of the rules: who is meant by an ID, an e-mail or a name."""

from collections.abc import Mapping, Sequence

from wayfellow.matching.criteria.person import Person
from wayfellow.matching.people_files.cohort import Cohort
from wayfellow.matching.people_files.rules import MatchRules, RulesError
from wayfellow.tables.errors import shown
from wayfellow.tables.words import fold

IdPair = tuple[str, str]


def named_pairs(cohort: Cohort, rules: MatchRules, rules_name: str) -> tuple[tuple[IdPair, ...], tuple[IdPair, ...]]:
    """The pins and the forbids by id.

    Raises:
        RulesError: a name is nobody's, several people's, or that of somebody on the other side.
    """
    people = {
        side: _Directory([person for person in cohort.people if getattr(person, f"is_{side}")], cohort.emails, side)
        for side in ("mentee", "mentor")
    }
    faults: list[str] = []
    found: dict[str, list[IdPair]] = {}
    for kind, pairs in (("pin", rules.pins), ("forbid", rules.forbids)):
        found[kind] = []
        for at, (mentee, mentor) in enumerate(pairs, start=1):
            ids = []
            for side, named in (("mentee", mentee), ("mentor", mentor)):
                person_id, fault = people[side].find(named)
                if person_id is None:
                    faults.append(f"{rules_name}: [[{kind}]] number {at}, {side}: {fault}")
                else:
                    ids.append(person_id)
            if len(ids) == 2:
                found[kind].append((ids[0], ids[1]))
    if faults:
        raise RulesError(faults)
    return tuple(dict.fromkeys(found["pin"])), tuple(dict.fromkeys(found["forbid"]))


class _Directory:
    """The people of one side, by all that they may be called."""

    def __init__(self, people: Sequence[Person], emails: Mapping[str, str], side: str) -> None:
        self.side = side
        self.ids = {person.id for person in people}
        self.by_email = {emails[person.id]: person.id for person in people if person.id in emails}
        self.by_name: dict[str, list[str]] = {}
        for person in people:
            if person.name:
                self.by_name.setdefault(fold(person.name), []).append(person.id)

    def find(self, named: str) -> tuple[str | None, str]:
        """The id of whoever is meant, or why nobody is."""
        if named in self.ids:
            return named, ""
        by_email = self.by_email.get(named.lower())
        if by_email:
            return by_email, ""
        same = self.by_name.get(fold(named), [])
        if len(same) == 1:
            return same[0], ""
        if same:
            return None, f"{len(same)} {self.side}s are called “{shown(named)}”; give the ID or e-mail."
        return None, f"“{shown(named)}” is not among the {self.side}s."
