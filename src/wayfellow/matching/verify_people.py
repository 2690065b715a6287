"""Check a result of people against all their pairs, also those that its problem does not hold."""

import numpy as np

from wayfellow.matching.criteria.scores import PeopleScores
from wayfellow.matching.network import network_of
from wayfellow.matching.objectives.lexicographic import ORDER
from wayfellow.matching.result import Result
from wayfellow.matching.ties import hash_pairs, tie_bits
from wayfellow.matching.verify import Verdict, verify


def verify_people(result: Result, scores: PeopleScores) -> Verdict:
    """Check that a result is right, and by its prices that no pair of the cohort at all would better it.

    Args:
        result: what `match_people` found.
        scores: what it was found with.
    """
    verdict = verify(result)
    if not verdict.ok or result.certificate.kind != "prices":
        return verdict
    problem, n, m = result.problem, len(scores.mentees), len(scores.mentors)
    network = network_of(problem, result.objective, min_score=result.min_score)
    if [level.name for level in result.certificate.levels] != [*ORDER[result.objective], "ties"]:
        return Verdict(False, ("the levels are not those of the objective",))
    wishes = network.supply[:n] > 0
    seats = problem.capacity > np.bincount(problem.mentor[problem.pinned], minlength=m)
    held = problem.mentee.astype(np.int64) * m + problem.mentor
    floor = 0 if result.min_score is None else max(result.min_score, 0)
    bits = tie_bits(network.nodes)
    faults = []
    for start, block in scores.blocks():
        usable = (block >= floor) & wishes[start : start + len(block), None] & seats
        row, mentor = np.nonzero(usable)
        mentee = row + start
        other = ~np.isin(mentee * m + mentor, held)
        mentee, mentor, score = mentee[other], mentor[other], block[row[other], mentor[other]].astype(np.int64)
        for level in result.certificate.levels:
            if level.prices is None:
                return Verdict(False, (f"level {level.name} has no prices",))
            reduced = level.prices[n + mentor] - level.prices[mentee]
            if level.name == "score":
                reduced -= score
            elif level.name == "ties":
                hashes = hash_pairs(
                    problem.mentee_ids, problem.mentor_ids, seed=result.seed, mentee=mentee, mentor=mentor
                )
                reduced += (hashes >> np.uint64(64 - bits)).astype(np.int64) + 1
            faults += [
                f"the pair of {problem.mentee_ids[i]} and {problem.mentor_ids[j]} would better level {level.name}"
                for i, j in zip(mentee[reduced < 0], mentor[reduced < 0], strict=True)
            ]
            equal = reduced == 0
            mentee, mentor, score = mentee[equal], mentor[equal], score[equal]
    return Verdict(not faults, tuple(faults))
