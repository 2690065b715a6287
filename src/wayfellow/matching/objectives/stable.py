"""Stable matching: mentee-proposing deferred acceptance over the pairs that both sides list.

Gale and Shapley (1962), "College admissions and the stability of marriage"; several per side with responsive
preferences: Roth (1984), "Stability and polarization of interests in job matching". All mentees with an open wish
propose at once and mentors keep the best; the outcome does not depend on that order, and no stable matching is better
for any mentee.
"""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.flow.ties import tie_hashes
from wayfellow.matching.problem import Ints, Problem
from wayfellow.matching.result import Caution, Certificate, Level, Result

NEVER = np.iinfo(np.int64).max
# A table of all pairs is used for look-ups while it has at most so many cells for each pair looked up.
DENSE = 8
# Rounds of fewer mentees are played one proposal at a time: a step in numpy costs as much as about so many of them.
FEW = 24


@dataclass(frozen=True, eq=False)
class Lists:
    """Ranks on the allowed pairs, in the order of the problem's pairs; `NEVER` where a person does not list the other.

    Args:
        mentee_rank, mentor_rank: the rank that each side gives, (p,).
        mentee_order: positions of the pairs that both list, by (mentee, rank, mentor).
        mentor_order: the same pairs by (mentor, rank, mentee).
    """

    mentee_rank: Ints
    mentor_rank: Ints
    mentee_order: NDArray[np.int64]
    mentor_order: NDArray[np.int64]


def lists_of(problem: Problem) -> Lists:
    """The ranks of both sides, laid on the allowed pairs. Choices that are no allowed pair fall away."""
    p, m = problem.score.size, len(problem.mentor_ids)
    mentee_rank, mentor_rank = np.full(p, NEVER), np.full(p, NEVER)
    wishes = problem.preferences
    if wishes is None or p == 0:
        none = np.zeros(0, dtype=np.int64)
        return Lists(mentee_rank, mentor_rank, none, none)
    by_mentee, rows = _pairs_at(problem, wishes.mentee_chooser.astype(np.int64) * m + wishes.mentee_choice)
    mentee_rank[by_mentee] = wishes.mentee_rank[rows]
    by_mentor, rows = _pairs_at(problem, wishes.mentor_choice.astype(np.int64) * m + wishes.mentor_chooser)
    mentor_rank[by_mentor] = wishes.mentor_rank[rows]
    mutual = (mentee_rank != NEVER) & (mentor_rank != NEVER)
    return Lists(mentee_rank, mentor_rank, by_mentee[mutual[by_mentee]], by_mentor[mutual[by_mentor]])


def _pairs_at(problem: Problem, wanted: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of the pairs that are wanted as mentee × mentors + mentor, and which of the wanted there are."""
    n, m = len(problem.mentee_ids), len(problem.mentor_ids)
    key = problem.mentee.astype(np.int64) * m + problem.mentor
    if n * m <= DENSE * (key.size + wanted.size):
        table = np.full(n * m, -1, dtype=np.int64)
        table[key] = np.arange(key.size)
        at = table[wanted]
        rows = np.flatnonzero(at >= 0)
    else:
        at = np.searchsorted(key, wanted)
        at[at == key.size] = 0
        rows = np.flatnonzero(key[at] == wanted)
    return at[rows], rows


def blocking_pairs(problem: Problem, chosen: NDArray[np.int64]) -> int:
    """How many pairs would both rather be matched with each other than with what they have.

    Only pairs that both list count. A person with an open wish or seat prefers anyone on their list to nobody; a
    partner who is not on one's list is worse than anyone who is; a pinned partner is never given up. Equal ranks are no
    reason to leave. Without preferences there are none.

    Args:
        problem: the cohort.
        chosen: positions of the chosen pairs, of any objective.
    """
    return int(blocking(problem, chosen).size)


def blocking(problem: Problem, chosen: NDArray[np.int64], lists: Lists | None = None) -> NDArray[np.int64]:
    """Positions of the pairs that `blocking_pairs` counts."""
    lists = lists_of(problem) if lists is None else lists
    taken = np.zeros(problem.score.size, dtype=bool)
    taken[chosen] = True
    open_pairs = lists.mentee_order[~taken[lists.mentee_order]]
    loose = chosen[~problem.pinned[chosen]]

    def worst(people: NDArray[np.int32], places: Ints, rank: Ints) -> Ints:
        held = np.full(places.size, -1, dtype=np.int64)
        np.maximum.at(held, people[loose], rank[loose])
        held[np.bincount(people[chosen], minlength=places.size) < places] = NEVER
        return held

    mentee_worst = worst(problem.mentee, problem.want, lists.mentee_rank)
    mentor_worst = worst(problem.mentor, problem.capacity, lists.mentor_rank)
    leaves = lists.mentee_rank[open_pairs] < mentee_worst[problem.mentee[open_pairs]]
    leaves &= lists.mentor_rank[open_pairs] < mentor_worst[problem.mentor[open_pairs]]
    return np.sort(open_pairs[leaves])


def solve(problem: Problem, *, seed: int) -> Result:
    """Match by deferred acceptance: the stable matching that is best for every mentee at once.

    Pins take their places first. Equal ranks are put in order by lot, drawn from the seed and the two ids. Scores play
    no part.

    Args:
        problem: the cohort; without preferences only pins are matched.
        seed: what equal ranks are drawn with.
    """
    lists = lists_of(problem)
    mentee_order, mentee_ties = _drawn(problem, lists.mentee_order, problem.mentee, lists.mentee_rank, seed)
    mentor_order, mentor_ties = _drawn(problem, lists.mentor_order, problem.mentor, lists.mentor_rank, seed)
    pinned = np.flatnonzero(problem.pinned)
    wishes = problem.want - np.bincount(problem.mentee[pinned], minlength=problem.want.size)
    seats = problem.capacity - np.bincount(problem.mentor[pinned], minlength=problem.capacity.size)
    place = np.zeros(problem.score.size, dtype=np.int64)
    place[mentor_order] = np.arange(mentor_order.size)
    mentee_order = mentee_order[~problem.pinned[mentee_order]]
    held = _deferred_acceptance(problem, mentee_order, mentor_order, place, wishes, seats)
    chosen = np.sort(np.concatenate([pinned, held]))
    left = blocking(problem, chosen, lists).size
    certificate = Certificate(kind="stability", levels=(Level("blocking_pairs", int(left)),), gap=int(left))
    return Result(
        problem=problem,
        objective="stable",
        seed=seed,
        chosen=chosen,
        certificate=certificate,
        cautions=_cautions(problem, mentee_ties + mentor_ties, seed),
    )


def _drawn(
    problem: Problem, order: NDArray[np.int64], chooser: NDArray[np.int32], rank: Ints, seed: int
) -> tuple[NDArray[np.int64], int]:
    """An order by (chooser, rank) with equal ranks put in order by lot, and how many groups of equals there were."""
    same = (chooser[order[1:]] == chooser[order[:-1]]) & (rank[order[1:]] == rank[order[:-1]])
    if not same.any():
        return order, 0
    tied = np.zeros(order.size, dtype=bool)
    tied[1:] |= same
    tied[:-1] |= same
    at = np.flatnonzero(tied)
    group = np.cumsum(np.concatenate([[True], ~same]))[at]
    lot = tie_hashes(problem, seed, order[at])
    drawn = order.copy()
    drawn[at] = order[at][np.lexsort((lot, group))]
    return drawn, int(np.unique(group).size)


def _deferred_acceptance(
    problem: Problem,
    mentee_order: NDArray[np.int64],
    mentor_order: NDArray[np.int64],
    place: NDArray[np.int64],
    wishes: Ints,
    seats: Ints,
) -> NDArray[np.int64]:
    """The pairs held when nobody has anyone left to propose to.

    Args:
        problem: whose pairs they are.
        mentee_order: pairs by (mentee, best first).
        mentor_order: pairs by (mentor, best first).
        place: position of each pair in `mentor_order`.
        wishes, seats: places left to each mentee and mentor.
    """
    people = np.arange(wishes.size)
    own = problem.mentee[mentee_order]
    following, end = np.searchsorted(own, people), np.searchsorted(own, people, side="right")
    is_open = wishes.copy()
    held = np.zeros(0, dtype=np.int64)
    contested = np.zeros(seats.size, dtype=bool)
    active = np.flatnonzero((is_open > 0) & (following < end))
    while active.size >= FEW:
        offers = np.minimum(is_open[active], end[active] - following[active])
        first = np.repeat(following[active], offers)
        within = np.arange(first.size) - np.repeat(np.cumsum(offers) - offers, offers)
        proposed = place[mentee_order[first + within]]
        following[active] += offers
        is_open[active] -= offers
        # Only mentors with a new proposal choose again; places run mentor by mentor, best first.
        mentors = problem.mentor[mentor_order[proposed]]
        contested[mentors] = True
        again = contested[problem.mentor[mentor_order[held]]]
        contested[mentors] = False
        choice = np.sort(np.concatenate([held[again], proposed]))
        mentor = problem.mentor[mentor_order[choice]]
        starts = np.concatenate([[0], np.flatnonzero(mentor[1:] != mentor[:-1]) + 1])
        nth = np.arange(choice.size)
        nth -= np.repeat(starts, np.concatenate([starts[1:], [choice.size]]) - starts)
        kept = nth < seats[mentor]
        held = np.concatenate([held[~again], choice[kept]])
        refused = problem.mentee[mentor_order[choice[~kept]]]
        np.add.at(is_open, refused, 1)
        # Whoever was not refused has all they asked for, or nobody left to ask.
        active = np.unique(refused)
        active = active[following[active] < end[active]]
    looking = np.minimum(is_open[active], end[active] - following[active])
    waiting = np.repeat(active, looking).tolist()
    if waiting:
        held = _one_by_one(problem, mentee_order, mentor_order, place, seats, following, end, held, waiting)
    return mentor_order[held]


def _one_by_one(
    problem: Problem,
    mentee_order: NDArray[np.int64],
    mentor_order: NDArray[np.int64],
    place: NDArray[np.int64],
    seats: Ints,
    following: NDArray[np.int64],
    end: NDArray[np.int64],
    held: NDArray[np.int64],
    waiting: list[int],
) -> NDArray[np.int64]:
    """Finish deferred acceptance with one proposal at a time.

    Args:
        following, end: where each mentee's next choice stands in `mentee_order`, and where their choices end.
        held: what is held so far, as places in `mentor_order`.
        waiting: mentees who look for a mentor, once for each that they look for.
    """
    # Worst first: a heap of places counted downwards.
    heaps: dict[int, list[int]] = {}
    for at in held.tolist():
        heaps.setdefault(int(problem.mentor[mentor_order[at]]), []).append(-at)
    for heap in heaps.values():
        heapify(heap)
    upcoming = following.tolist()
    while waiting:
        person = waiting.pop()
        if upcoming[person] == end[person]:
            continue
        pair = mentee_order[upcoming[person]]
        upcoming[person] += 1
        mentor = int(problem.mentor[pair])
        heap = heaps.setdefault(mentor, [])
        heappush(heap, -int(place[pair]))
        if len(heap) > seats[mentor]:
            waiting.append(int(problem.mentee[mentor_order[-heappop(heap)]]))
    return np.array(sorted(-at for heap in heaps.values() for at in heap), dtype=np.int64)


def _cautions(problem: Problem, ties: int, seed: int) -> tuple[Caution, ...]:
    if problem.preferences is None:
        return (Caution("no_preferences", "There are no preferences, so only pinned pairs are matched."),)
    if ties == 0:
        return ()
    groups = "1 group of equal ranks was" if ties == 1 else f"{ties:,} groups of equal ranks were"
    return (
        Caution(
            "ranks_drawn",
            f"{groups} put in order by lot (seed {seed}). Another seed can give other pairs that are just as stable.",
        ),
    )
