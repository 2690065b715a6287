"""Group circles: most people in a circle, then the highest total. A circle is empty or between its sizes."""

from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.errors import Finding, ProblemError
from wayfellow.matching.flow.ties import tie_costs
from wayfellow.matching.objectives.circle_model import Exact, Places, Rows, filled, too_few
from wayfellow.matching.objectives.circle_search import Found, search
from wayfellow.matching.objectives.circle_search import Leaf as SearchLeaf
from wayfellow.matching.problem import Circles, Problem
from wayfellow.matching.result import Caution, Certificate, Leaf, Level, Result

TIE_BITS = 40
TIME_LIMIT = 60.0
NO_CIRCLES = Circles(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Weights:
    """How the levels add up to one number: one unit of a level outweighs all that lesser levels can add up to.

    Args:
        person: a person in a circle, in points above the lowest score.
        tie: a point, in tie hashes.
        unit: a tie hash, in fractions: prices are fractions, and so whole numbers too.
    """

    person: int
    tie: int
    unit: int


def solve(problem: Problem, *, seed: int, time_limit: float = TIME_LIMIT) -> Result:
    """Put as many mentees as can be into circles, then make the total score as high as can be.

    Each mentee joins one circle at most, and none if they want no mentor. Only mentors who lead a circle count, and
    they never take more than their capacity. A pin opens its circle. Equal totals are decided by the tie hash.

    Args:
        problem: the cohort.
        seed: what ties are drawn with.
        time_limit: seconds to search for; after that the best found is given, with a Caution and the gap that is left.

    Raises:
        ProblemError: pins contradict the circles.
        CannotSolve: the solver gave no answer.
    """
    began = monotonic()
    if problem.circles is None:
        only = Caution("no_circles", "Nobody leads a circle, so nobody is matched.")
        if problem.pinned.any():
            raise ProblemError(_pins_outside(problem, np.full(len(problem.mentor_ids), -1)))
        return _result(problem, seed, np.zeros(0, dtype=np.int64), None, (only,))
    circle_of = np.full(len(problem.mentor_ids), -1, dtype=np.int64)
    circle_of[problem.circles.mentor] = np.arange(problem.circles.mentor.size)
    findings = _pins_outside(problem, circle_of)
    if findings:
        raise ProblemError(findings)
    places, pair, weights = places_of(problem, seed=seed)
    start = filled(places)
    if start is None:
        raise ProblemError(_pins_short(problem, places))
    found = search(places, start, time_limit=time_limit - (monotonic() - began))
    chosen = np.sort(np.concatenate([np.flatnonzero(problem.pinned), pair[found.pairs]]))
    return _result(problem, seed, chosen, (weights, found), ())


def places_of(problem: Problem, *, seed: int) -> tuple[Places, NDArray[np.int64], Weights]:
    """The circles as the search takes them, the position of each of their pairs in the problem, and the weights."""
    circles = problem.circles or NO_CIRCLES
    circle_of = np.full(len(problem.mentor_ids), -1, dtype=np.int64)
    circle_of[circles.mentor] = np.arange(circles.mentor.size)
    pins = np.flatnonzero(problem.pinned)
    held = np.bincount(circle_of[problem.mentor[pins]], minlength=circles.mentor.size)
    most = np.minimum(circles.max_size, problem.capacity[circles.mentor]) - held
    waits = problem.want > 0
    waits[problem.mentee[pins]] = False
    circle = circle_of[problem.mentor]
    usable = waits[problem.mentee] & (circle >= 0)
    usable[usable] = most[circle[usable]] > 0
    pair = np.flatnonzero(usable)
    pair = pair[np.argsort(circle[pair], kind="stable")]
    worth, weights = _worth(problem, pair, seed=seed)
    places = Places(
        mentees=len(problem.mentee_ids),
        mentee=problem.mentee[pair].astype(np.int64),
        circle=circle[pair],
        worth=worth,
        least=np.maximum(circles.min_size - held, 0),
        most=most,
        must_open=held > 0,
        unit=weights.unit,
    )
    return places, pair, weights


def _worth(problem: Problem, pair: Rows, *, seed: int) -> tuple[Exact, Weights]:
    """Person, score and tie hash of each pair in one number."""
    people = len(problem.mentee_ids) + 1
    score = problem.score[pair].astype(object)
    score = score - min(score, default=0)
    weights = Weights(people * max(score, default=0) + 1, people << TIE_BITS, 1 << (4 * people).bit_length())
    lots = tie_costs(problem, seed, pair, bits=TIE_BITS).astype(object)
    return ((score + weights.person) * weights.tie - lots) * weights.unit, weights


def _pins_outside(problem: Problem, circle_of: NDArray[np.int64]) -> list[Finding]:
    """Pins that no choice of circles can keep, each by itself or with others."""
    circles, findings = problem.circles, []
    held: dict[int, int] = {}
    joined: set[int] = set()
    for pair in np.flatnonzero(problem.pinned).tolist():
        mentee, mentor = int(problem.mentee[pair]), int(problem.mentor[pair])
        mentee_id, mentor_id = problem.mentee_ids[mentee], problem.mentor_ids[mentor]
        held[mentor] = held.get(mentor, 0) + 1
        at = circle_of[mentor]
        if circles is None or at < 0:
            text = f"{mentee_id} is pinned to {mentor_id}, who leads no circle"
        elif mentee in joined:
            text = f"{mentee_id} is pinned to {mentor_id} and to another circle, and can only join one"
        elif held[mentor] > circles.max_size[at]:
            text = f"{mentee_id} is pinned to {mentor_id}, whose circle takes {circles.max_size[at]} at most"
        else:
            text = ""
        joined.add(mentee)
        if text:
            findings.append(Finding(text, "rules", pair=(mentee_id, mentor_id)))
    return findings


def _pins_short(problem: Problem, places: Places) -> list[Finding]:
    """Pins that open circles which cannot all reach their least size."""
    circles = problem.circles or NO_CIRCLES
    reason = too_few(places, np.flatnonzero(places.must_open))
    short = set(circles.mentor[places.must_open & (places.least > places.most)].tolist())
    short |= set(circles.mentor[reason[1]].tolist()) if reason else set()
    return [
        Finding(
            f"{problem.mentee_ids[problem.mentee[pair]]} is pinned to {problem.mentor_ids[mentor]}, whose circle "
            f"cannot reach its least size of {circles.min_size[np.searchsorted(circles.mentor, mentor)]}",
            "rules",
            pair=(problem.mentee_ids[problem.mentee[pair]], problem.mentor_ids[mentor]),
        )
        for pair in np.flatnonzero(problem.pinned).tolist()
        for mentor in [int(problem.mentor[pair])]
        if mentor in short
    ]


def _result(
    problem: Problem,
    seed: int,
    chosen: NDArray[np.int64],
    proof: tuple[Weights, Found] | None,
    cautions: tuple[Caution, ...],
) -> Result:
    levels = (
        Level("participation", int(np.unique(problem.mentee[chosen]).size)),
        Level("score", sum(problem.score[chosen].tolist())),
        Level("ties", sum(tie_costs(problem, seed, chosen, bits=TIE_BITS).tolist())),
    )
    base: Leaf | None = None
    leaves: list[Leaf] = []
    gap = 0
    if proof is not None:
        weights, found = proof
        base = None if found.base is None else _told(found.base, weights)
        leaves = [_told(leaf, weights) for leaf in found.leaves]
        gap, unit = gap_of(weights, found)
        if gap:
            text = {
                "participation": f"up to {gap:,} more people might find a circle",
                "score": f"the total score might be up to {gap:,} higher",
                "ties": "pairs of the same total were not all compared",
            }[unit]
            cautions = (*cautions, Caution("time_limit", f"The search ran out of time: {text}."))
    return Result(
        problem=problem,
        objective="circles",
        seed=seed,
        chosen=chosen,
        certificate=Certificate(kind="bound", levels=levels, gap=gap, leaves=tuple(leaves), base=base),
        cautions=cautions,
    )


def _told(leaf: SearchLeaf, weights: Weights) -> Leaf:
    return Leaf(leaf.opened, leaf.closed, tuple(int(price) for price in leaf.prices), weights.unit)


def gap_of(weights: Weights, found: Found) -> tuple[int, str]:
    """How far the bound lies above the value found, in the unit of the first level not proven, and that level."""
    reached, bound = found.value // weights.unit, found.bound // weights.unit
    if bound <= reached:
        return 0, ""
    below, above = -(-reached // weights.tie), -(-bound // weights.tie)
    people = above // weights.person - below // weights.person
    if people:
        return people, "participation"
    if above > below:
        return above - below, "score"
    return bound - reached, "ties"
