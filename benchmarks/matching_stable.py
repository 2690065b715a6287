"""Stable matching of people who all rank each other: ours, and PyPI `matching`, from the same dictionaries of names."""

import sys
from itertools import chain

import numpy as np

from benchmarks.cohorts import make_cohort, top_pairs
from benchmarks.measure import measure, measure_alone, peer, show
from benchmarks.peer_matching import Ranks
from wayfellow.matching.build import problem_from_arrays
from wayfellow.matching.objectives.stable import solve
from wayfellow.matching.problem import Preferences, Problem
from wayfellow.matching.verify import verify

SIZES = (200, 1_000)


def ranks(people: int, seed: int = 0) -> tuple[Ranks, Ranks]:
    """Two sides who each rank everybody of the other, at random."""
    draw = np.random.default_rng([seed, people])
    mentees, mentors = [f"e{at:05}" for at in range(people)], [f"o{at:05}" for at in range(people)]

    def lists(side: list[str], others: list[str]) -> Ranks:
        return {person: [others[at] for at in draw.permutation(people)] for person in side}

    return lists(mentees, mentors), lists(mentors, mentees)


def ours(mentees: Ranks, mentors: Ranks) -> list[tuple[str, str]]:
    """The pairs, from dictionaries of names."""
    return solve(problem_of(mentees, mentors), seed=0).pairs


def problem_of(mentees: Ranks, mentors: Ranks) -> Problem:
    """The cohort that two dictionaries of ranked names are."""
    mentee_at = {name: at for at, name in enumerate(mentees)}
    mentor_at = {name: at for at, name in enumerate(mentors)}

    def rows(lists: Ranks, at: dict[str, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        lengths = [len(listed) for listed in lists.values()]
        choice = np.fromiter(map(at.__getitem__, chain.from_iterable(lists.values())), np.int32, sum(lengths))
        rank = np.concatenate([np.arange(1, length + 1) for length in lengths])
        return np.repeat(np.arange(len(lists), dtype=np.int32), lengths), choice, rank

    mine, theirs = rows(mentees, mentor_at), rows(mentors, mentee_at)
    return problem_from_arrays(
        list(mentees),
        list(mentors),
        want=np.ones(len(mentees), dtype=np.int64),
        capacity=np.ones(len(mentors), dtype=np.int64),
        mentee=mine[0],
        mentor=mine[1],
        score=np.zeros(mine[0].size, dtype=np.int64),
        preferences=Preferences(*mine, *theirs),
    )


def cohort_with_ranks(mentees: int, mentors: int) -> Problem:
    """A cohort in which both sides rank the pairs by their score, and mentors take several."""
    from dataclasses import replace

    problem = top_pairs(make_cohort(mentees, mentors), 50)
    mine = np.lexsort((problem.mentor, -problem.score, problem.mentee))
    theirs = np.lexsort((problem.mentee, -problem.score, problem.mentor))
    wishes = Preferences(
        problem.mentee[mine],
        problem.mentor[mine],
        -problem.score[mine] + 10_001,
        problem.mentor[theirs],
        problem.mentee[theirs],
        -problem.score[theirs] + 10_001,
    )
    return replace(problem, preferences=wishes)


def main() -> None:
    """Print what both take, and end with an error if they do not agree."""
    headings = ("cohort", "run", "pairs", "CPU s", "wall s", "times as fast")
    rows: list[tuple] = []
    same = True
    for people in SIZES:
        mentees, mentors = ranks(people)
        our_run = measure(lambda here=mentees, there=mentors: ours(here, there), repeat=3)
        theirs = measure_alone("benchmarks.peer_matching", "stable_marriage", mentees, mentors, python=peer("matching"))
        same &= our_run.value == theirs.value
        for name, run in (("wayfellow", our_run), ("matching", theirs)):
            cohort = f"{people:,} × {people:,}, all ranked"
            rows.append((cohort, name, len(run.value), run.cpu, run.wall, theirs.cpu / run.cpu))
    problem = cohort_with_ranks(20_000, 5_000)
    alone = measure(lambda: solve(problem, seed=0))
    rows.append(("20,000 × 5,000, 50 ranked", "wayfellow", len(alone.value.pairs), alone.cpu, alone.wall, "–"))
    show("Stable matching, from ranked lists to pairs", headings, rows)
    sound = verify(alone.value).ok
    print(f"\nThe same pairs as matching: {'yes' if same else 'no'}. Verified: {'yes' if sound else 'no'}.")
    if not (same and sound):
        sys.exit(1)


if __name__ == "__main__":
    main()
