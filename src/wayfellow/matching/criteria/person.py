"""A person as the criteria know them: what is compared, and nothing that must not be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HOURS_OF_A_WEEK = 168
LEVELS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part, as mentee, mentor or both. Whatever was not stated stays empty.

    Words (skills, goals, languages, dimensions and their values) are compared exactly: whoever builds a person brings
    them into one spelling first. Age, gender, origin and the like have no place here, nor has personality: they are
    never scored. A group counts for fairness reports and strata only.

    Args:
        id: stable id; the same id on both sides is one person.
        name: what to call them in a sentence; empty: the id.
        is_mentee, is_mentor: the sides they are on.
        want: mentors wanted, when a mentee.
        capacity: mentees they can take, when a mentor.
        minimum: mentees they should have at least, when a mentor.
        skills_wanted: skill → level wanted, 1 to 5, or None when no level was stated.
        skills_offered: skill → level offered, 1 to 5, or None when no level was stated.
        goals: goals, topics, values and ways of working, as short phrases.
        languages: languages spoken.
        hours: free hours of the week in UTC, bit 0 is Monday 00:00 to 01:00, bit 167 Sunday 23:00; None: not stated.
        utc_offset: hours ahead of UTC; None: not stated.
        perspective: dimension → value, as {"function": "sales", "site": "Porto"}: compared where a manager says so.
        trained: whether a mentor has had the training; None: not stated.
        manager_id: id of the person they report to.
        groups: dimension → group, for fairness reports and strata. Never scored.
    """

    id: str
    name: str = ""
    is_mentee: bool = False
    is_mentor: bool = False
    want: int = 1
    capacity: int = 1
    minimum: int = 0
    skills_wanted: Mapping[str, int | None] = field(default_factory=dict)
    skills_offered: Mapping[str, int | None] = field(default_factory=dict)
    goals: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    hours: int | None = None
    utc_offset: float | None = None
    perspective: Mapping[str, str] = field(default_factory=dict)
    trained: bool | None = None
    manager_id: str | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
