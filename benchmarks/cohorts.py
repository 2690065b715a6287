"""Made-up cohorts of any size, alike in shape to real programmes: what benchmarks of the matching engine run on.

40 skills in 8 clusters with correlated needs and levels, goals in 16 dimensions, 7 time zones with a weekly
availability of 120 slots, 8 languages, 10 industries, reporting lines. Capacity is 1 (40 %) to 5. A pair is allowed
that has a common language, enough common hours and no reporting line, which leaves about a third of all pairs. Scores
are integers from 0 to 10,000.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.build import problem_from_arrays
from wayfellow.matching.problem import Problem

WEIGHTS = {"skills": 0.35, "goals": 0.30, "hours": 0.15, "industry": 0.05, "function": 0.10, "language": 0.05}
SKILLS, CLUSTERS, GOALS, ZONES, SLOTS, LANGUAGES, INDUSTRIES, FUNCTIONS = 40, 8, 16, 7, 120, 8, 10, 6
ENOUGH_SLOTS = 4
CHUNK = 2_000


@dataclass(frozen=True, eq=False)
class People:
    """One side of a cohort, an array row per person."""

    skills: NDArray[np.float32]
    goals: NDArray[np.float32]
    hours: NDArray[np.float32]
    languages: NDArray[np.float32]
    zone: NDArray[np.int8]
    industry: NDArray[np.int8]
    function: NDArray[np.int8]

    def part(self, at: NDArray[np.integer] | slice) -> "People":
        """Some of the people."""
        return People(*(getattr(self, name)[at] for name in People.__dataclass_fields__))


@dataclass(frozen=True, eq=False)
class Cohort:
    """A cohort: both sides, each mentee's manager among the mentors (or -1), and the mentors' capacities."""

    mentees: People
    mentors: People
    manager: NDArray[np.int32]
    capacity: NDArray[np.int64]
    seed: int


def make_cohort(mentees: int, mentors: int, *, seed: int = 0) -> Cohort:
    """A cohort of a size; the same seed makes the same people."""
    draw = np.random.default_rng([seed, mentees, mentors])
    centres = draw.normal(size=(CLUSTERS, GOALS)).astype(np.float32)
    needs, offers = _people(draw, mentees, centres, share=0.25), _people(draw, mentors, centres, share=0.45)
    needs.skills[:] /= needs.skills.sum(axis=1, keepdims=True) + 1e-6
    capacity = draw.choice([1, 2, 3, 4, 5], size=mentors, p=[0.40, 0.28, 0.18, 0.09, 0.05])
    manager = draw.integers(-1, mentors, mentees).astype(np.int32)
    return Cohort(needs, offers, manager, capacity.astype(np.int64), seed)


def _people(draw: np.random.Generator, count: int, centres: NDArray[np.float32], *, share: float) -> People:
    cluster = draw.integers(CLUSTERS, size=count)
    main = (np.arange(SKILLS) * CLUSTERS // SKILLS)[None, :] == cluster[:, None]
    level = draw.random((count, SKILLS), dtype=np.float32)
    skills = np.where(draw.random((count, SKILLS), dtype=np.float32) < np.where(main, 0.8, share / 3), level, 0)
    goals = centres[cluster] + draw.normal(size=(count, GOALS)).astype(np.float32)
    goals /= np.linalg.norm(goals, axis=1, keepdims=True)
    zone = draw.choice(ZONES, size=count, p=[0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05])
    # A week of 5 days with 24 hours each; people are free in their own working day, now and then.
    hour = (np.arange(SLOTS)[None, :] % 24 - 2 * zone[:, None]) % 24
    hours = (draw.random((count, SLOTS), dtype=np.float32) < 0.35) & (hour >= 7) & (hour < 18)
    languages = draw.random((count, LANGUAGES)) < np.array([0.7, 0.25, 0.2, 0.15, 0.1, 0.08, 0.05, 0.04])
    return People(
        skills.astype(np.float32),
        goals.astype(np.float32),
        hours.astype(np.float32),
        languages.astype(np.float32),
        zone.astype(np.int8),
        draw.integers(INDUSTRIES, size=count).astype(np.int8),
        draw.integers(FUNCTIONS, size=count).astype(np.int8),
    )


def score_block(mentees: People, mentors: People) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Scores of all pairs of two groups, and which of them the hard rules allow (reporting lines apart)."""
    hours = mentees.hours @ mentors.hours.T
    languages = mentees.languages @ mentors.languages.T
    score = mentees.skills @ mentors.skills.T
    score *= WEIGHTS["skills"]
    score += (WEIGHTS["goals"] / 2) * (mentees.goals @ mentors.goals.T)
    score += WEIGHTS["goals"] / 2
    score += (WEIGHTS["hours"] / 20) * np.minimum(hours, 20)
    score += WEIGHTS["industry"] * (mentees.industry[:, None] == mentors.industry)
    score += WEIGHTS["function"] * (mentees.function[:, None] != mentors.function)
    score += (WEIGHTS["language"] / 3) * np.minimum(languages, 3)
    return (10_000 * score).astype(np.int32), (hours >= ENOUGH_SLOTS) & (languages > 0)


def dense_blocks(cohort: Cohort) -> Iterator[tuple[int, NDArray[np.int32], NDArray[np.bool_]]]:
    """Scores of all pairs, some mentees at a time: (first mentee, scores, allowed)."""
    for start in range(0, cohort.manager.size, CHUNK):
        score, allowed = score_block(cohort.mentees.part(slice(start, start + CHUNK)), cohort.mentors)
        rows = np.flatnonzero(cohort.manager[start : start + CHUNK] >= 0)
        allowed[rows, cohort.manager[start + rows]] = False
        yield start, score, allowed


def all_pairs(cohort: Cohort) -> Problem:
    """Every allowed pair."""
    parts = []
    for start, score, allowed in dense_blocks(cohort):
        mentee, mentor = np.nonzero(allowed)
        parts.append((mentee + start, mentor, score[mentee, mentor]))
    return problem_of(cohort, *map(np.concatenate, zip(*parts, strict=True)))


def top_pairs(cohort: Cohort, count: int) -> Problem:
    """The best pairs of each mentee, scored against every mentor."""
    parts = []
    for start, score, allowed in dense_blocks(cohort):
        row, column = _best(score, allowed, count)
        parts.append((row + start, column, score[row, column]))
    return problem_of(cohort, *map(np.concatenate, zip(*parts, strict=True)))


def blocked_pairs(cohort: Cohort, count: int, *, pool: int) -> Problem:
    """The best pairs of each mentee among a pool: mentors of the same zone and function, a fifth of it at random."""
    draw = np.random.default_rng([cohort.seed, pool])
    mentors = np.arange(cohort.mentors.zone.size)
    parts = []
    for zone in range(ZONES):
        near = mentors[cohort.mentors.zone == zone]
        for function in range(FUNCTIONS):
            group = np.flatnonzero((cohort.mentees.zone == zone) & (cohort.mentees.function == function))
            alike = near[cohort.mentors.function[near] == function]
            for start in range(0, group.size, CHUNK):
                rows = group[start : start + CHUNK]
                some = draw.choice(mentors, pool // 5, replace=False)
                wanted = np.union1d(draw.permutation(alike)[: pool - some.size], some)
                score, allowed = score_block(cohort.mentees.part(rows), cohort.mentors.part(wanted))
                allowed &= wanted != cohort.manager[rows][:, None]
                row, column = _best(score, allowed, count)
                parts.append((rows[row], wanted[column], score[row, column]))
    return problem_of(cohort, *map(np.concatenate, zip(*parts, strict=True)))


def _best(
    score: NDArray[np.int32], allowed: NDArray[np.bool_], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of the best allowed pairs of each row."""
    score = np.where(allowed, score, -1)
    count = min(count, score.shape[1])
    column = np.argpartition(score, -count, axis=1)[:, -count:]
    row = np.repeat(np.arange(score.shape[0]), count)
    column = column.ravel()
    found = score[row, column] >= 0
    return row[found], column[found]


def problem_of(
    cohort: Cohort, mentee: NDArray[np.integer], mentor: NDArray[np.integer], score: NDArray[np.integer]
) -> Problem:
    """A problem with some of a cohort's pairs, one mentor for each mentee."""
    n, m = cohort.manager.size, cohort.capacity.size
    return problem_from_arrays(
        [f"e{at:07}" for at in range(n)],
        [f"o{at:07}" for at in range(m)],
        want=np.ones(n, dtype=np.int64),
        capacity=cohort.capacity,
        mentee=mentee,
        mentor=mentor,
        score=score,
    )
