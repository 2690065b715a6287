"""What any pair would cost: the loss on each level of the objective when it is forced, and who would have to move."""

from bisect import bisect_left
from dataclasses import dataclass, field, replace

import numpy as np

from wayfellow.matching.changes.displacement import Displacement, Move, Numbers, displacement_of
from wayfellow.matching.errors import ProblemError
from wayfellow.matching.problem import Ints
from wayfellow.matching.result import Result


# Not frozen: a thousand of them are made in a fraction of a millisecond, of which freezing would take most.
@dataclass(slots=True)
class Regret:
    """What is lost, level by level, when a pair must be in the result, against the best result without this demand.

    All three losses are None where the pair cannot be forced: it is not allowed, or pins, capacity or the number of
    mentors wanted leave no room for it.

    Args:
        mentor_id: the mentor of the pair.
        participation_lost: mentees fewer with a mentor.
        pairs_lost: pairs fewer; below 0 where fewer mentees with a mentor make room for more pairs.
        score_lost: points fewer; below 0 where the loss of people or pairs makes room for points.
        moves: how many mentees change places, the mentee of the pair included.
    """

    mentor_id: str
    participation_lost: int | None
    pairs_lost: int | None
    score_lost: int | None
    moves: int
    _moves: tuple[Move, ...] = field(default=(), repr=False, compare=False)
    # Where to find the moves when asked: graph, mentee, mentor, and the node whose place the mentee gives up.
    _way: tuple[Displacement, int, int, int] | None = field(default=None, repr=False, compare=False)

    @property
    def chain(self) -> tuple[Move, ...]:
        """The moves that turn the result into the best one with this pair, the pair's mentee first."""
        if self._way is None:
            return self._moves
        graph, mentee, mentor, end = self._way
        own = Move(graph.problem.mentee_ids[mentee], graph.mentor_id(end), self.mentor_id)
        return (own, *graph.moves(mentor, end))

    @property
    def possible(self) -> bool:
        """Whether the pair can be forced."""
        return self.score_lost is not None


def regrets(result: Result, mentee_id: str, displacement: Displacement | None = None) -> list[Regret]:
    """What each mentor would cost for one mentee.

    Under "participation_score" and "min_pair_score" it takes one shortest-path search per mentor that the mentee has
    (and one more where the mentee lacks any). Of chains that cost the same the one with the fewest moves is given.
    Under any other objective the cohort is matched anew for each pair, which is as exact and takes as long as it takes.

    Args:
        result: the best result.
        mentee_id: whose mentors.
        displacement: `displacement_of(result)` where it is at hand, which saves building it.

    Returns:
        One entry per mentor, sorted by the mentors' ids.

    Raises:
        KeyError: no mentee has this id.
    """
    mentee = position_of(result.problem.mentee_ids, mentee_id)
    if result.objective not in ("participation_score", "min_pair_score"):
        return _regrets_by_matching_anew(result, mentee)
    graph = displacement_of(result) if displacement is None else displacement
    if "impossible" not in graph._prepared:
        graph._prepared["impossible"] = [Regret(id, None, None, None, 0) for id in result.problem.mentor_ids]
    found: list[Regret] = list(graph._prepared["impossible"])
    problem = result.problem
    start, end = graph.starts[mentee : mentee + 2].tolist()
    pairs = np.arange(start, end)
    for pair in pairs[graph.chosen[start:end]].tolist():
        mentor = int(problem.mentor[pair])
        found[mentor] = Regret(problem.mentor_ids[mentor], 0, 0, 0, 0)
    pairs = pairs[graph.usable[start:end] & ~graph.chosen[start:end]]
    if not pairs.size:
        return found
    for regret, mentor in zip(regrets_of_pairs(graph, mentee, pairs), problem.mentor[pairs].tolist(), strict=True):
        if regret is not None:
            found[mentor] = regret
    return found


def regrets_of_pairs(graph: Displacement, mentee: int, pairs: Ints) -> list[Regret | None]:
    """What some usable pairs of one mentee that are not chosen would cost; None where one cannot be forced."""
    length, way = _forced(graph, mentee, pairs)
    lost = graph.scale.split(length // graph.scale.steps)
    columns = (graph.problem.mentor[pairs], way, *lost, length % graph.scale.steps + 1)
    ids = graph.problem.mentor_ids
    return [
        Regret(ids[mentor], people, places, score, moves, (), (graph, mentee, mentor, end)) if end >= 0 else None
        for mentor, end, people, places, score, moves in zip(*(part.tolist() for part in columns), strict=True)
    ]


def _forced(graph: Displacement, mentee: int, pairs: Ints) -> tuple[Numbers, Ints]:
    """Cost (times `steps`, plus moves of others) of each forced pair of a mentee, and the node whose place it gives up.

    The node is -1 where the pair cannot be forced.
    """
    problem, steps = graph.problem, graph.scale.steps
    mentors = problem.mentor[pairs]
    kind = graph.price.dtype
    best = np.zeros(pairs.size, dtype=kind)
    way = np.full(pairs.size, -1, dtype=np.int64)
    start, end = graph.starts[mentee : mentee + 2]
    own = np.flatnonzero(graph.chosen[start:end] & ~problem.pinned[start:end]) + start
    given_up = [(int(problem.mentor[pair]), int(problem.score[pair])) for pair in own]
    if graph.places[mentee] < problem.want[mentee]:
        given_up.append((graph.nobody, -graph.gain_of_place(mentee)))
    for node, value in given_up:
        distance = graph.towards(node)[0][mentors]
        length = distance + (value - int(graph.price[node])) * steps
        better = (distance >= 0) & ((way < 0) | (length < best))
        best = np.where(better, length, best)
        way = np.where(better, node, way)
    score = problem.score[pairs].astype(kind)
    return best + (graph.price[mentors] - score) * steps, way


def position_of(ids: tuple[str, ...], person_id: str) -> int:
    """Position of a person in the sorted ids.

    Raises:
        KeyError: there is no such person.
    """
    at = bisect_left(ids, person_id)
    if at == len(ids) or ids[at] != person_id:
        raise KeyError(person_id)
    return at


def _regrets_by_matching_anew(result: Result, mentee: int) -> list[Regret]:
    """Any objective: match with the pair pinned, once per mentor."""
    problem, found = result.problem, []
    for mentor, mentor_id in enumerate(problem.mentor_ids):
        pair = problem.pair_at(mentee, mentor)
        if pair is None:
            found.append(Regret(mentor_id, None, None, None, 0))
        else:
            found.append(regret_by_matching_anew(result, pair))
    return found


def regret_by_matching_anew(result: Result, pair: int) -> Regret:
    """What one allowed pair would cost under any objective: match with it pinned."""
    from wayfellow.matching.solve import match

    problem = result.problem
    mentor_id = problem.mentor_ids[int(problem.mentor[pair])]
    if not can_be_pinned(result, pair):
        return Regret(mentor_id, None, None, None, 0)
    if pair in result.chosen:
        return Regret(mentor_id, 0, 0, 0, 0)
    pinned = problem.pinned.copy()
    pinned[pair] = True
    changed = replace(problem, pinned=pinned)
    try:
        forced = match(changed, objective=result.objective, seed=result.seed, min_score=result.min_score)
    except ProblemError:
        return Regret(mentor_id, None, None, None, 0)
    return _difference(result, forced, mentor_id=mentor_id, mentee=int(problem.mentee[pair]))


def can_be_pinned(result: Result, pair: int) -> bool:
    """Whether a pair may be in a result together with the pins, by want and capacity."""
    problem = result.problem
    if problem.pinned[pair]:
        return True
    mentee, mentor = problem.mentee[pair], problem.mentor[pair]
    wanted = problem.want[mentee] - int(problem.pinned[problem.mentee == mentee].sum())
    room = problem.capacity[mentor] - int(problem.pinned[problem.mentor == mentor].sum())
    return bool(wanted > 0 and room > 0)


def _difference(before: Result, after: Result, *, mentor_id: str, mentee: int) -> Regret:
    """The loss between two results of one cohort, and its moves."""
    moves = moves_between(before, after, first=before.problem.mentee_ids[mentee])
    return Regret(
        mentor_id,
        before.participation - after.participation,
        len(before.chosen) - len(after.chosen),
        before.total_score - after.total_score,
        len({move.mentee_id for move in moves}),
        moves,
    )


def moves_between(before: Result, after: Result, *, first: str = "") -> tuple[Move, ...]:
    """Who changes places between two results: by mentee, the mentee `first` at the head.

    Where a mentee changes several mentors, they are put side by side in the order of their ids.
    """
    left: dict[str, list[str]] = {}
    joined: dict[str, list[str]] = {}
    old, new = set(before.pairs), set(after.pairs)
    for mentee_id, mentor_id in sorted(old - new):
        left.setdefault(mentee_id, []).append(mentor_id)
    for mentee_id, mentor_id in sorted(new - old):
        joined.setdefault(mentee_id, []).append(mentor_id)
    moves = []
    for mentee_id in sorted({*left, *joined}, key=lambda id: (id != first, id)):
        one, two = left.get(mentee_id, []), joined.get(mentee_id, [])
        for k in range(max(len(one), len(two))):
            moves.append(Move(mentee_id, one[k] if k < len(one) else None, two[k] if k < len(two) else None))
    return tuple(moves)
