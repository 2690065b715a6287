"""The people of a made-up cohort as `Person`s, as a spreadsheet or the database would hand them over."""

import numpy as np

from benchmarks.cohorts import FUNCTIONS, GOALS, INDUSTRIES, LANGUAGES, SKILLS, SLOTS, Cohort, People
from wayfellow.matching.criteria.person import Person

_NAMED = 3
_TRAINED = 0.6


def people_of(cohort: Cohort, *, one_each: bool = False) -> list[Person]:
    """Mentees and mentors of a cohort: levels from 1 to 5, the strongest goals by name, free hours in UTC.

    Args:
        cohort: arrays of attributes.
        one_each: give every mentor one place, as the assignment problem has it.
    """
    draw = np.random.default_rng([cohort.seed, cohort.manager.size])
    trained = draw.random(cohort.capacity.size) < _TRAINED
    mentees = [
        Person(
            f"e{at:07}",
            is_mentee=True,
            skills_wanted=skills,
            manager_id=None if manager < 0 else f"o{manager:07}",
            **rest,
        )
        for at, (skills, rest, manager) in enumerate(
            zip(_skills(cohort.mentees), _rest(cohort.mentees), cohort.manager.tolist(), strict=True)
        )
    ]
    mentors = [
        Person(f"o{at:07}", is_mentor=True, skills_offered=skills, capacity=capacity, trained=ready, **rest)
        for at, (skills, rest, capacity, ready) in enumerate(
            zip(
                _skills(cohort.mentors),
                _rest(cohort.mentors),
                [1] * cohort.capacity.size if one_each else cohort.capacity.tolist(),
                trained.tolist(),
                strict=True,
            )
        )
    ]
    return mentees + mentors


def _skills(side: People) -> list[dict[str, int | None]]:
    # Needs come as shares of a whole: the largest is level 5.
    share = side.skills / side.skills.max(axis=1, keepdims=True, initial=1e-6)
    level = np.minimum(np.ceil(5 * share), 5).astype(int)
    names = [f"skill {number}" for number in range(SKILLS)]
    return [{names[at]: row[at] for at in np.flatnonzero(row).tolist()} for row in level]


def _rest(side: People) -> list[dict[str, object]]:
    themes = [f"goal {number}" for number in range(GOALS)]
    tongues = [f"language {number}" for number in range(LANGUAGES)]
    strongest = np.argsort(-side.goals, axis=1, kind="stable")[:, :_NAMED].tolist()
    # Slots are the hours of five days; the week has 168.
    hours = np.zeros((len(side.hours), 192), np.bool_)
    hours[:, :SLOTS] = side.hours > 0
    weeks = np.packbits(hours, axis=1, bitorder="little")
    functions = [f"function {number}" for number in range(FUNCTIONS)]
    industries = [f"industry {number}" for number in range(INDUSTRIES)]
    return [
        {
            "goals": tuple(themes[at] for at in goals),
            "languages": frozenset(tongues[at] for at in np.flatnonzero(spoken)),
            "hours": int.from_bytes(week.tobytes(), "little"),
            "utc_offset": float(2 * zone),
            "perspective": {"function": functions[function], "industry": industries[industry]},
        }
        for goals, spoken, week, zone, function, industry in zip(
            strongest, side.languages, weeks, side.zone, side.function, side.industry, strict=True
        )
    ]
