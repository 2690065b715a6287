"""Check a result of people against all their pairs, also those that its problem does not hold."""

import numpy as np

from wayfellow.matching.criteria.scores import PeopleScores
from wayfellow.matching.flow.ties import cost_of, pair_hasher, tie_bits
from wayfellow.matching.objectives.lexicographic import ORDER
from wayfellow.matching.people.candidates import BY_PRICES
from wayfellow.matching.problem import Flags, Ints, Problem
from wayfellow.matching.result import Result
from wayfellow.matching.verify import Verdict, verify

_PAIRS_AT_ONCE = 2**17


def verify_people(result: Result, scores: PeopleScores) -> Verdict:
    """Check that a result is right, and by its prices that no pair of the cohort at all would better it.

    Args:
        result: what `match_people` found.
        scores: what it was found with.
    """
    if result.objective not in BY_PRICES:
        return verify(result)
    problem, n, m = result.problem, len(scores.mentees), len(scores.mentors)
    floor = 0 if result.min_score is None else max(result.min_score, 0)
    wishes = problem.want > np.bincount(problem.mentee[problem.pinned], minlength=n)
    seats = problem.capacity > np.bincount(problem.mentor[problem.pinned], minlength=m)
    size = max(_PAIRS_AT_ONCE // max(m, 1), 1)
    could_take = np.zeros(m, np.int64)
    for start, block in scores.blocks(size):
        could_take += ((block >= floor) & wishes[start : start + len(block), None]).sum(axis=0)
    pins = problem.pinned & (problem.score >= floor) & wishes[problem.mentee]
    could_take -= np.bincount(problem.mentor[pins], minlength=m)
    verdict = verify(result, could_take=could_take)
    if not verdict.ok:
        return verdict
    names = ORDER[result.objective]
    found = [level.prices for level in result.certificate.levels if level.prices is not None]
    if len(found) != len(names) + 1:
        return Verdict(False, ("not every level has prices",))
    *prices, ties = found
    held = problem.mentee.astype(np.int64) * m + problem.mentor
    bits, hashes = tie_bits(n + m + 1), pair_hasher(problem.mentee_ids, problem.mentor_ids, seed=result.seed)
    faults: list[str] = []
    for start, block in scores.blocks(size):
        mine = slice(start, start + len(block))
        open_ = block >= floor
        open_ &= wishes[mine, None]
        open_ &= seats
        for name, price in zip(names, prices, strict=True):
            reduced = price[n : n + m] - price[mine, None]
            if name == "score":
                reduced -= block
            faults += _better(problem, name, *_outside((reduced < 0) & open_, start, held))
            open_ &= reduced == 0
        mentee, mentor = _outside(open_, start, held)
        better = cost_of(hashes(mentee, mentor), bits=bits) + ties[n + mentor] - ties[mentee] < 0
        faults += _better(problem, "ties", mentee[better], mentor[better])
    return Verdict(not faults, tuple(faults))


def _outside(flags: Flags, start: int, held: Ints) -> tuple[Ints, Ints]:
    """Positions of the flagged pairs that a problem does not hold, of a block of mentees from `start`."""
    mentors = flags.shape[1]
    key = np.flatnonzero(flags) + start * mentors
    if len(held) and len(key):
        key = key[held[np.minimum(np.searchsorted(held, key), len(held) - 1)] != key]
    mentee, mentor = np.divmod(key, max(mentors, 1))
    return mentee, mentor


def _better(problem: Problem, level: str, mentee: Ints, mentor: Ints) -> list[str]:
    return [
        f"the pair of {problem.mentee_ids[i]} and {problem.mentor_ids[j]} would better level {level}"
        for i, j in zip(mentee.tolist(), mentor.tolist(), strict=True)
    ]
