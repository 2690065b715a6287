"""How many more places would match a mentee, and with whom."""

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np

from wayfellow.matching.changes.displacement import Displacement
from wayfellow.matching.changes.whatif import seat
from wayfellow.matching.explanations.facts import SmallestChange
from wayfellow.matching.explanations.words import counted
from wayfellow.matching.problem import Ints
from wayfellow.matching.result import Result

# Pairs looked at, in all, in trying out changes; then the number of places that is certain to be enough is given.
MOST_TRIED = 50_000_000
# Mentors of one mentee with whom one more place is tried out.
MOST_MENTORS = 10
# What trying a change takes at least, in pairs.
LEAST_TRIED = 10_000


class Trials:
    """How much may still be tried out, so that a large cohort is not matched again thousands of times."""

    def __init__(self) -> None:
        self.left = MOST_TRIED
        self.lines: dict[int, _Line] = {}

    def may_try(self, pairs: int) -> bool:
        """Whether one more change may be tried on a cohort of so many pairs."""
        self.left -= pairs + LEAST_TRIED
        return self.left >= 0

    def places_for(self, result: Result, mentee: int, mentor: int, *, most: int) -> int | None:
        """With how many more places of a mentor a mentee is matched, up to a number; None if with none of these."""
        if self.left < 0 and mentor not in self.lines:
            return None
        if mentor not in self.lines:
            self.lines[mentor] = _Line(result)
        line = self.lines[mentor]
        while mentee not in line.place and line.tried < most and self.may_try(result.problem.score.size):
            line.go_on(mentor)
        place = line.place.get(mentee)
        return place if place is not None and place <= most else None


class _Line:
    """Who is matched with the first, the second, … further place of one mentor."""

    def __init__(self, result: Result) -> None:
        self.result, self.tried = result, 0
        self.place: dict[int, int] = {}
        self.waiting = set(result.unmatched.tolist())

    def go_on(self, mentor: int) -> None:
        """Try one place more."""
        self.result = seat(self.result, self.result.problem.mentor_ids[mentor], 1)
        self.tried += 1
        waiting = set(self.result.unmatched.tolist())
        self.place |= dict.fromkeys(self.waiting - waiting, self.tried)
        self.waiting &= waiting


@dataclass(frozen=True, eq=False)
class Queue:
    """Who is next in line for a place with each mentor.

    Args:
        next_mentor: mentee → mentor with whom one more place is theirs, whatever lots decide.
        rank: how many mentees with an open wish gain at least as much by each pair, (p,); 0 where it is no such pair.
    """

    next_mentor: dict[int, int]
    rank: Ints


def queue_of(graph: Displacement) -> Queue:
    """Who would be given one more place of each mentor, for all mentors at once.

    From "no mentor" a place with mentor j goes to whoever begins the shortest path to j. Two shortest paths that begin
    with different mentees are found for each mentor; where the second is as short, a lot decides and nobody is named.
    """
    problem = graph.problem
    open_pairs = np.flatnonzero(graph.usable & ~graph.chosen & (graph.places < problem.want)[problem.mentee])
    mentee, mentor = problem.mentee[open_pairs], problem.mentor[open_pairs]
    gains = np.array([graph.gain_of_place(at) for at in range(len(problem.mentee_ids))], dtype=graph.price.dtype)
    score = problem.score[open_pairs].astype(graph.price.dtype)
    cost = graph.price[mentor] - graph.price[graph.nobody] - score - gains[mentee]
    order = _by_group(mentor, cost)
    begins = np.flatnonzero(np.diff(mentor[order], prepend=-1))
    sizes = np.diff(begins, append=order.size)
    place = np.arange(order.size) - np.repeat(begins, sizes)
    rank = np.zeros(problem.score.size, dtype=np.int64)
    # Of equals everyone counts as if all the others came first.
    same = (cost[order][1:] == cost[order][:-1]) & (mentor[order][1:] == mentor[order][:-1])
    same = np.append(same, np.zeros(min(order.size, 1), dtype=bool))
    ends = np.flatnonzero(~same)
    last = ends[np.searchsorted(ends, np.arange(order.size))]
    rank[open_pairs[order]] = last - np.repeat(begins, sizes) + 1
    first_two = order[place < 2]
    starts = [
        (length * graph.scale.steps + 1, node, who)
        for length, node, who in zip(
            cost[first_two].tolist(), mentor[first_two].tolist(), mentee[first_two].tolist(), strict=True
        )
    ]
    return Queue(_next_mentors(graph, _two_labels(graph, starts)), rank)


def _by_group(group: Any, cost: Any) -> Ints:
    """Order by group, then cost, for numbers of any size."""
    if cost.dtype != object:
        return np.lexsort((cost, group))
    return np.array(sorted(range(cost.size), key=lambda at: (group[at], cost[at])), dtype=np.int64)


def _two_labels(graph: Displacement, starts: list[tuple[int, int, int]]) -> list[list[tuple[int, int]]]:
    """For each mentor the two shortest (length, first mentee) that begin with different mentees."""
    begins = np.searchsorted(graph.arcs.tail, np.arange(graph.nobody + 1)).tolist()
    heads, weights = graph.arcs.head.tolist(), graph.arcs.weight.tolist()
    labels: list[list[tuple[int, int]]] = [[] for _ in range(graph.nobody)]
    heap = list(starts)
    heapq.heapify(heap)
    while heap:
        length, node, who = heapq.heappop(heap)
        if len(labels[node]) == 2 or any(who == other for _, other in labels[node]):
            continue
        labels[node].append((length, who))
        for arc in range(begins[node], begins[node + 1]):
            if heads[arc] != graph.nobody:
                heapq.heappush(heap, (length + weights[arc], heads[arc], who))
    return labels


def _next_mentors(graph: Displacement, labels: list[list[tuple[int, int]]]) -> dict[int, int]:
    problem, steps = graph.problem, graph.scale.steps
    best: dict[int, tuple[tuple[int, int], int]] = {}
    for mentor, found in enumerate(labels):
        if not found or (len(found) == 2 and found[0][0] // steps == found[1][0] // steps):
            continue
        who = found[0][1]
        if graph.places[who]:
            continue
        pair = problem.pair_at(who, mentor)
        # With a mentor of their own before a place that somebody else moves to; then the best score.
        merit = (0, 0) if pair is None or not graph.usable[pair] else (1, int(problem.score[pair]))
        if who not in best or ((merit[0], merit[1] if merit[0] else 0) > best[who][0]):
            best[who] = merit, mentor
    return {who: mentor for who, (_merit, mentor) in best.items()}


def more_places(
    result: Result, mentee: int, pairs: Ints, *, coming: Ints, queue: Queue | None, trials: Trials
) -> SmallestChange:
    """The number of places with a mentor that would match a mentee who has pairs that may be chosen.

    Places for all who could come match the mentee for certain: one that stays free would be theirs.

    Args:
        result: the result.
        mentee: who.
        pairs: the pairs of theirs that may be chosen, at least one.
        coming: how many could still come to each mentor, (m,).
        queue: who is next in line, where it is known.
        trials: what may be tried out.
    """
    problem = result.problem
    if queue is not None and mentee in queue.next_mentor:
        return place_change(result, queue.next_mentor[mentee], 1)
    rank = queue.rank[pairs] if queue is not None else np.zeros(pairs.size, dtype=np.int64)
    mentors = problem.mentor[pairs[np.lexsort((-problem.score[pairs], rank))]].tolist()
    # One place with any of them first, then several with the one where the mentee stands best.
    for mentor in mentors[1:MOST_MENTORS]:
        if trials.places_for(result, mentee, mentor, most=1):
            return place_change(result, mentor, 1)
    mentor = mentors[0]
    enough = int(coming[mentor])
    places = trials.places_for(result, mentee, mentor, most=enough - 1)
    return place_change(result, mentor, places or enough)


def place_change(result: Result, mentor: int, places: int) -> SmallestChange:
    """A number of places more with a mentor."""
    mentor_id = result.problem.mentor_ids[mentor]
    text = f"Give {result.problem.name(mentor_id)} {counted(places, 'more place', 'more places')}."
    return SmallestChange("place", mentor_id, places, text)
