"""The reporting line: who stands above or below whom, at any depth."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from wayfellow.matching.criteria.person import Person
from wayfellow.matching.result import Caution

_NAMED = 5


def reporting_pairs(
    mentees: Sequence[Person], mentors: Sequence[Person], everybody: Sequence[Person]
) -> tuple[list[tuple[int, int]], tuple[Caution, ...]]:
    """Pairs of which one stands above the other, sorted, and what to know about the lines.

    In a line that runs in a circle everybody stands above everybody else of it.

    Args:
        everybody: mentees, mentors and who else is known to stand between them.
    """
    people = {person.id: person for person in everybody}
    managers = {person.id: person.manager_id for person in people.values() if person.manager_id is not None}
    mentee_at = {person.id: i for i, person in enumerate(mentees)}
    mentor_at = {person.id: j for j, person in enumerate(mentors)}
    found: set[tuple[int, int]] = set()
    circles: set[frozenset[str]] = set()
    for identity in people:
        seen = {identity: 0}
        line = [identity]
        above = managers.get(identity)
        while above is not None and above not in seen:
            seen[above] = len(line)
            line.append(above)
            above = managers.get(above)
        if above is not None:
            circles.add(frozenset(line[seen[above] :]))
        for other in line[1:]:
            if identity in mentee_at and other in mentor_at:
                found.add((mentee_at[identity], mentor_at[other]))
            if other in mentee_at and identity in mentor_at:
                found.add((mentee_at[other], mentor_at[identity]))
    return sorted(found), (*_circles(circles, people), *_unknown(managers, people))


def _circles(circles: set[frozenset[str]], people: Mapping[str, Person]) -> list[Caution]:
    texts = []
    for circle in sorted(circles, key=sorted):
        names = [_name(people[identity]) for identity in sorted(circle)]
        if len(names) == 1:
            texts.append(f"{names[0]} is listed as their own manager.")
        else:
            texts.append(f"The reporting line of {_some(names)} runs in a circle; none of them is matched to another.")
    return [Caution("reporting_circle", text) for text in texts]


def _unknown(managers: Mapping[str, str], people: Mapping[str, Person]) -> list[Caution]:
    reports = defaultdict(list)
    for identity, manager in managers.items():
        if manager not in people:
            reports[manager].append(identity)
    return [
        Caution(
            "unknown_manager",
            f"{manager}, named as manager of {_some([_name(people[report]) for report in sorted(reports[manager])])}, "
            "is not in the data; whoever stands above them is not known.",
        )
        for manager in sorted(reports)
    ]


def _name(person: Person) -> str:
    return person.name or person.id


def _some(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        return ", ".join(names[:_NAMED]) + f" and {len(names) - _NAMED} others"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
