"""What if: one change to a matched cohort, and the best result of the changed cohort without solving it all again.

Under "participation_score" each change takes one shortest path for each place that comes or goes. The result equals,
pair for pair, what `match` gives for the changed cohort, and `verify` accepts its proof. Where that is not to be had
(another objective, numbers too large for floating point, a head count at which ties are drawn with other numbers) the
changed cohort is matched anew, with the same result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from wayfellow.matching.build import Mentee, Mentor
from wayfellow.matching.build.checks import scores_amiss
from wayfellow.matching.changes import edits
from wayfellow.matching.changes.regret import can_be_pinned, position_of
from wayfellow.matching.changes.warm import NOTHING, TooLarge, Value, Warm, warm_of
from wayfellow.matching.errors import Finding, ProblemError
from wayfellow.matching.flow.ties import tie_bits
from wayfellow.matching.problem import LARGEST_COUNT, Ints, Problem
from wayfellow.matching.result import Result
from wayfellow.matching.solve import match


def pin(result: Result, mentee_id: str, mentor_id: str) -> Result:
    """The best result in which a pair must be.

    Raises:
        KeyError: there is no such person.
        ProblemError: the pair is not allowed, or pins leave no room for it.
    """
    problem, pair = result.problem, _pair(result.problem, mentee_id, mentor_id)
    if not can_be_pinned(result, pair):
        text = f"{problem.name(mentee_id)} and {problem.name(mentor_id)} cannot be pinned: other pins leave no room."
        raise ProblemError([Finding(text, "rules")])
    changed = edits.with_pin(problem, pair)
    try:
        warm = warm_of(result)
        if not warm.chosen[pair]:
            warm.alive[pair] = False
            warm.send(warm.mentees + int(problem.mentor[pair]), int(problem.mentee[pair]))
            warm.alive[pair] = warm.chosen[pair] = True
        mentee, mentor = problem.mentee[pair], problem.mentor[pair]
        if not warm.pinned[pair]:
            warm.pinned[pair] = True
            warm.lonely[mentee] = False
            warm.wishes[mentee] -= 1
            warm.seats[mentor] -= 1
            warm.taken[mentor] -= 1
        return warm.result(changed, result)
    except TooLarge:
        return _anew(changed, result)


def forbid(result: Result, mentee_id: str, mentor_id: str) -> Result:
    """The best result in which a pair must not be.

    Raises:
        KeyError: there is no such person.
        ProblemError: the pair is pinned, or not allowed in the first place.
    """
    problem, pair = result.problem, _pair(result.problem, mentee_id, mentor_id)
    if problem.pinned[pair]:
        text = f"{problem.name(mentee_id)} and {problem.name(mentor_id)} are pinned, so they cannot be forbidden."
        raise ProblemError([Finding(text, "rules")])
    changed = edits.without_pair(problem, pair)
    try:
        warm = warm_of(result)
        warm.alive[pair] = False
        if warm.chosen[pair]:
            warm.chosen[pair] = False
            warm.send(int(problem.mentee[pair]), warm.mentees + int(problem.mentor[pair]))
        return warm.result(changed, result)
    except TooLarge:
        return _anew(changed, result)


def seat(result: Result, mentor_id: str, change: int) -> Result:
    """The best result when a mentor has some places more, or fewer.

    Args:
        result: the result before.
        mentor_id: whose places.
        change: how many more; below 0, how many fewer.

    Raises:
        KeyError: there is no such mentor.
        ProblemError: fewer places than none, or than the mentor has pins.
    """
    problem, mentor = result.problem, position_of(result.problem.mentor_ids, mentor_id)
    capacity = int(problem.capacity[mentor]) + change
    pins = int(problem.pinned[problem.mentor == mentor].sum())
    if not pins <= capacity <= LARGEST_COUNT:
        text = f"{problem.name(mentor_id)} cannot have {capacity} places"
        text += f": {pins} mentees are pinned to them." if pins else "."
        raise ProblemError([Finding(text, "mentors", column="capacity")])
    changed = edits.with_capacity(problem, mentor, capacity)
    if change < 0:
        changed = replace(changed, minimum=np.minimum(changed.minimum, changed.capacity))
    try:
        warm = warm_of(result)
        _open_seats(warm, mentor, change)
        for _ in range(-change):
            full = warm.taken[mentor] == warm.seats[mentor]
            warm.seats[mentor] -= 1
            if full:
                warm.taken[mentor] -= 1
                warm.send(warm.mentees + mentor, warm.sink)
        return warm.result(changed, result)
    except TooLarge:
        return _anew(changed, result)


def leave(result: Result, *, mentee_id: str | None = None, mentor_id: str | None = None) -> Result:
    """The best result without a person; their pins go with them.

    A person who is both is named twice to leave altogether.

    Raises:
        KeyError: there is no such person.
    """
    if mentee_id is not None:
        result = _without_mentee(result, position_of(result.problem.mentee_ids, mentee_id))
    if mentor_id is not None:
        result = _without_mentor(result, position_of(result.problem.mentor_ids, mentor_id))
    return result


def join(
    result: Result,
    person: Mentee | Mentor,
    pairs: Mapping[str, int],
    *,
    points: Mapping[str, Sequence[int]] | None = None,
) -> Result:
    """The best result with one more mentee or mentor.

    Args:
        result: the result before.
        person: who joins.
        pairs: the score of each person of the other side they may work with, by id.
        points: points by criterion of each of these pairs, where the cohort has points.

    Raises:
        ProblemError: the id is taken, a number is out of range, or a pair names someone unknown.
    """
    problem = result.problem
    if isinstance(person, Mentee):
        changed, at = edits.with_mentee(problem, person, pairs, points)
        node = at
    else:
        changed, at = edits.with_mentor(problem, person, pairs, points)
        node = len(problem.mentee_ids) + at
    try:
        old = warm_of(result)
        if tie_bits(old.sink + 2) != old.bits:
            raise TooLarge
        mine = changed.mentee == at if isinstance(person, Mentee) else changed.mentor == at
        chosen = np.zeros(changed.score.size, dtype=bool)
        chosen[~mine] = old.chosen
        prices = np.insert(old.prices, node, 0, axis=1)
        if isinstance(person, Mentee):
            if person.want > len(pairs) + 1:
                raise TooLarge
            start = replace(changed, want=edits.with_number(changed.want, at, 0))
            warm = Warm(start, chosen, prices, seed=result.seed)
            warm.wishes[at] = person.want
            _set_free(warm, at)
            for _ in range(person.want):
                warm.send(at, warm.sink)
        else:
            start = edits.with_capacity(changed, at, 0)
            warm = Warm(start, chosen, prices, seed=result.seed)
            _open_seats(warm, at, person.capacity)
        return warm.result(changed, result)
    except TooLarge:
        return _anew(changed, result)


def reweigh(result: Result, score: Ints) -> Result:
    """The best result with other scores, one for each pair. The cohort is matched anew: everything may change.

    Raises:
        ProblemError: the scores are not one whole number for each pair, or out of range.
    """
    if score.shape != result.problem.score.shape or score.dtype.kind != "i":
        text = f"must be {result.problem.score.size:,} whole numbers, not {score.dtype} {score.shape}"
        raise ProblemError([Finding(text, "pairs", column="score")])
    score = score.astype(np.int64)
    if findings := scores_amiss(score):
        raise ProblemError(findings)
    return _anew(replace(result.problem, score=score, points=None, criteria=()), result)


def _anew(problem: Problem, result: Result) -> Result:
    return match(problem, objective=result.objective, seed=result.seed, min_score=result.min_score)


def _pair(problem: Problem, mentee_id: str, mentor_id: str) -> int:
    """The position of an allowed pair by ids."""
    mentee, mentor = position_of(problem.mentee_ids, mentee_id), position_of(problem.mentor_ids, mentor_id)
    pair = problem.pair_at(mentee, mentor)
    if pair is None:
        text = f"{problem.name(mentee_id)} and {problem.name(mentor_id)} are not allowed to work together."
        raise ProblemError([Finding(text, "rules")])
    return pair


def _without_mentee(result: Result, mentee: int) -> Result:
    problem = result.problem
    changed = edits.without_mentee(problem, mentee)
    try:
        warm = warm_of(result)
        if tie_bits(warm.sink) != warm.bits:
            raise TooLarge
        pairs = np.flatnonzero(problem.mentee == mentee)
        theirs, pins = pairs[warm.chosen[pairs] & ~warm.pinned[pairs]], pairs[warm.pinned[pairs]]
        warm.alive[pairs] = warm.chosen[pairs] = warm.pinned[pairs] = False
        warm.wishes[mentee] = warm.unmet[mentee] = 0
        # Their places count as taken until it is their turn.
        for mentor in problem.mentor[theirs].tolist():
            _fill(warm, mentor)
        for mentor in problem.mentor[pins].tolist():
            _open_seats(warm, mentor, 1)
        return warm.result(changed, result, without=mentee)
    except TooLarge:
        return _anew(changed, result)


def _without_mentor(result: Result, mentor: int) -> Result:
    problem = result.problem
    changed = edits.without_mentor(problem, mentor)
    try:
        warm = warm_of(result)
        if tie_bits(warm.sink) != warm.bits:
            raise TooLarge
        pairs = np.flatnonzero(problem.mentor == mentor)
        theirs, pins = pairs[warm.chosen[pairs] & ~warm.pinned[pairs]], pairs[warm.pinned[pairs]]
        warm.alive[pairs] = warm.chosen[pairs] = warm.pinned[pairs] = False
        warm.seats[mentor] = warm.taken[mentor] = 0
        for mentee in problem.mentee[theirs].tolist():
            warm.send(mentee, warm.sink)
        for mentee in problem.mentee[pins].tolist():
            warm.wishes[mentee] += 1
            warm.lonely[mentee] = not warm.pinned[problem.mentee == mentee].any()
            _set_free(warm, mentee)
            warm.send(mentee, warm.sink)
        return warm.result(changed, result, without=warm.mentees + mentor)
    except TooLarge:
        return _anew(changed, result)


def _set_free(warm: Warm, mentee: int) -> None:
    """A mentee has one more wish, not placed yet: a price at which no way out of the mentee costs less than nothing."""
    least = warm.unmet_cost(mentee)
    if warm.wishes[mentee] > 1 and warm.price(mentee) < least:
        return
    pairs = warm.open_pairs_of_mentee(mentee)
    for mentor, cost in zip(warm.problem.mentor[pairs].tolist(), warm.pair_values(pairs), strict=True):
        least = min(least, _plus(cost, warm.price(warm.mentees + mentor)))
    warm.set_price(mentee, least)


def _open_seats(warm: Warm, mentor: int, count: int) -> None:
    """More places with a mentor, one after the other until one stays free."""
    for done in range(count):
        if warm.taken[mentor] < warm.seats[mentor]:
            warm.seats[mentor] += count - done
            return
        comes_in = warm.seats[mentor] == 0
        warm.seats[mentor] += 1
        warm.taken[mentor] += 1
        if comes_in:
            # The price that keeps everyone away.
            pairs = warm.open_pairs_of_mentor(mentor)
            price = NOTHING
            for mentee, cost in zip(warm.problem.mentee[pairs].tolist(), warm.pair_values(pairs), strict=True):
                price = max(price, _minus(warm.price(mentee), cost))
            warm.set_price(warm.mentees + mentor, price)
        _fill(warm, mentor)


def _fill(warm: Warm, mentor: int) -> None:
    """Fill a place of a mentor that counts as taken although nobody has it, or set it free if nothing is gained."""
    price = warm.price(warm.mentees + mentor)
    path = warm.search(warm.sink, warm.mentees + mentor, below=price) if price > NOTHING else None
    if path is None:
        warm.taken[mentor] -= 1
    else:
        warm.push(path)


def _minus(one: Value, two: Value) -> Value:
    return one[0] - two[0], one[1] - two[1], one[2] - two[2], one[3] - two[3]


def _plus(one: Value, two: Value) -> Value:
    return one[0] + two[0], one[1] + two[1], one[2] + two[2], one[3] + two[3]
