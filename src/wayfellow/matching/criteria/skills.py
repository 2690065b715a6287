"""Skills: the level offered against the level wanted."""

from collections.abc import Sequence

import numpy as np

from wayfellow.matching.criteria.linear import Linear, with_mean
from wayfellow.matching.criteria.person import LEVELS, Person

# 60 divides by each level, so that min(offered, wanted) / wanted is a whole number of sixtieths.
SIXTIETHS = 60
FIT = np.array(
    [[0, *(SIXTIETHS * min(offered, wanted) // wanted for offered in LEVELS)] for wanted in LEVELS], dtype=np.float32
)


def has_data(mentees: Sequence[Person], mentors: Sequence[Person]) -> bool:
    """Whether anybody wants a skill and anybody offers one."""
    return any(person.skills_wanted for person in mentees) and any(person.skills_offered for person in mentors)


def encode(mentees: Sequence[Person], mentors: Sequence[Person], units: int) -> list[Linear]:
    """Mean over the skills that a mentee wants of min(level offered, level wanted) / level wanted.

    A level that was not stated counts as the mean of those stated; when nobody states a level wanted, any level will
    do, and when nobody states a level offered, it is enough to offer the skill.
    """
    any_wanted = _mean_level([level for person in mentees for level in person.skills_wanted.values()], when_none=1)
    any_offered = _mean_level(
        [level for person in mentors for level in person.skills_offered.values()], when_none=LEVELS[-1]
    )
    skills: dict[str, int] = {}
    at, levels, holder = [], [], []
    for j, person in enumerate(mentors):
        for skill, level in person.skills_offered.items():
            at.append(skills.setdefault(skill, len(skills)))
            levels.append(level or any_offered)
            holder.append(j)
    offered = np.zeros((len(skills), len(mentors)), np.int8)
    offered[at, holder] = levels

    columns: dict[tuple[int, int], int] = {}
    row, column, value = [], [], []
    for i, person in enumerate(mentees):
        share = units // (SIXTIETHS * max(len(person.skills_wanted), 1))
        for skill, level in person.skills_wanted.items():
            if (known := skills.get(skill)) is not None:
                row.append(i)
                column.append(columns.setdefault((known, level or any_wanted), len(columns)))
                value.append(share)
    keys = np.array(list(columns), dtype=np.int64).reshape(-1, 2)
    linear = Linear(
        np.array(row, np.int64),
        np.array(column, np.int64),
        np.array(value, np.float32),
        FIT[keys[:, 1, None] - 1, offered[keys[:, 0]]],
    )
    wanting = np.array([bool(person.skills_wanted) for person in mentees], np.bool_)
    offering = np.array([bool(person.skills_offered) for person in mentors], np.bool_)
    return with_mean(linear, mentees=wanting, mentors=offering)


def sentence(mentee: Person, mentor: Person) -> str | None:
    """The wanted skills that the mentor offers, best covered first, at most three."""
    shared = [
        (skill, wanted, mentor.skills_offered[skill])
        for skill, wanted in mentee.skills_wanted.items()
        if skill in mentor.skills_offered
    ]
    if not shared:
        return None
    shared.sort(key=lambda entry: (_shortfall(entry[1], entry[2]), -(entry[2] or 0), entry[0]))
    return "Offers " + "; ".join(_phrase(*entry) for entry in shared[:3])


def _shortfall(wanted: int | None, offered: int | None) -> int:
    return 0 if wanted is None or offered is None else max(wanted - offered, 0)


def _phrase(skill: str, wanted: int | None, offered: int | None) -> str:
    if offered is None:
        return skill
    return f"{skill} at level {offered}" + (f", wanted {wanted}" if wanted is not None else "")


def _mean_level(levels: Sequence[int | None], *, when_none: int) -> int:
    stated = [level for level in levels if level is not None]
    return round(sum(stated) / len(stated)) if stated else when_none
