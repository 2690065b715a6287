"""Build a `Problem` from people: what each pair is worth, and which pairs the rules forbid."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.criteria.scores import PeopleScores
from wayfellow.matching.problem import Positions, Problem

# Beyond so many allowed pairs a cohort is matched through candidates and prices (`match_people`), not pair by pair.
MOST_EXPLICIT = 2_000_000
# Up to so many pairs each carries its points in the problem; beyond, ask `PeopleScores.points` for the chosen ones.
MOST_WITH_POINTS = 300_000

IdPair = tuple[str, str]


class PeopleProblem(NamedTuple):
    """A cohort of people as a problem, and what its scores are made of (positions are the problem's)."""

    problem: Problem
    scores: PeopleScores


class TooManyPairs(ValueError):
    """The cohort has more allowed pairs than a problem should hold one by one: use `match_people`."""


@dataclass(frozen=True, eq=False)
class PeopleCohort:
    """People in canonical order, scored; pins as positions."""

    scores: PeopleScores
    pin_mentee: Positions
    pin_mentor: Positions

    def problem(self, mentee: Positions, mentor: Positions, score: NDArray[np.integer]) -> Problem:
        """The problem with these of its allowed pairs, sorted by (mentee, mentor)."""
        mentees, mentors = self.scores.mentees, self.scores.mentors
        pinned = np.isin(
            mentee.astype(np.int64) * len(mentors) + mentor,
            self.pin_mentee.astype(np.int64) * len(mentors) + self.pin_mentor,
        )
        groups = sorted({person.groups.get("stratum", "") for person in mentees})
        return Problem(
            mentee_ids=tuple(person.id for person in mentees),
            mentor_ids=tuple(person.id for person in mentors),
            want=np.array([person.want for person in mentees], np.int64),
            capacity=np.array([person.capacity for person in mentors], np.int64),
            minimum=np.array([person.minimum for person in mentors], np.int64),
            mentee=mentee,
            mentor=mentor,
            score=score.astype(np.int64),
            pinned=pinned,
            stratum=np.array([groups.index(person.groups.get("stratum", "")) for person in mentees], np.int32),
            strata=tuple(groups),
            removed=self.scores.removed(),
            names={person.id: person.name for person in (*mentees, *mentors) if person.name},
            criteria=self.scores.criteria,
            points=self.scores.points(mentee, mentor) if len(mentee) <= MOST_WITH_POINTS else None,
        )
