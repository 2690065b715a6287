"""Draws of a lottery for places: who comes next, and who is admitted while all admitted can still be matched.

Sets of mentees who can all be matched at once form a (transversal) matroid, so admitting in the drawn order whoever
still fits fills as many places as there are, whatever the order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wayfellow.matching.flow.ties import hash_pairs
from wayfellow.matching.problem import Flags, Ints, Positions, Problem

BLOCK = 2_000_000


@dataclass(frozen=True, eq=False)
class Lottery:
    """Who draws for what. Positions are the mentees' and mentors' in the problem.

    Args:
        eligible: who could be matched at all, (n,).
        sure: who is pinned, and so has a place without a draw, (n,).
        disputed: who is admitted or not, depending on the draw, (n,); the other eligible mentees always are.
        seats: places of each mentor that pins leave free, (m,).
        choices: for each mentee in dispute the mentors with a free place whom they may have.
        stratum: stratum of each mentee, (n,).
        shares: places of each stratum, by largest remainder, (s,).
        places: how many can be matched at once, pins included.
    """

    eligible: Flags
    sure: Flags
    disputed: Flags
    seats: list[int]
    choices: list[list[int]]
    stratum: Positions
    shares: Ints
    places: int


def lottery_of(problem: Problem) -> Lottery:
    """The lottery that a problem asks for."""
    n, m = len(problem.mentee_ids), len(problem.mentor_ids)
    pins = np.flatnonzero(problem.pinned)
    sure = np.zeros(n, dtype=bool)
    sure[problem.mentee[pins]] = True
    seats = problem.capacity - np.bincount(problem.mentor[pins], minlength=m)
    usable = ~sure[problem.mentee] & (problem.want > 0)[problem.mentee] & (seats > 0)[problem.mentor]
    mentee, mentor = problem.mentee[usable], problem.mentor[usable]
    # Mentors whom few ask for come first: fewer people have to move later.
    order = np.lexsort((np.bincount(mentor, minlength=m)[mentor], mentee))
    ends = np.searchsorted(mentee, np.arange(n + 1))
    listed = mentor[order].tolist()
    choices = [listed[begin:end] for begin, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)]
    eligible = sure | (np.diff(ends) > 0)
    stratum = problem.stratum if problem.stratum is not None else np.zeros(n, dtype=np.int32)
    largest = Admission(seats.tolist(), choices)
    drawing = np.flatnonzero(eligible & ~sure).tolist()
    admitted = largest.admit_all(drawing)
    disputed = _in_dispute(largest, drawing, admitted, size=n)
    places = int(sure.sum()) + len(admitted)
    sizes = np.bincount(stratum[eligible], minlength=max(len(problem.strata), 1))
    return Lottery(
        eligible=eligible,
        sure=sure,
        disputed=disputed,
        seats=seats.tolist(),
        choices=[own if either else [] for own, either in zip(choices, disputed.tolist(), strict=True)],
        stratum=stratum,
        shares=largest_remainder(places, sizes),
        places=places,
    )


def _in_dispute(largest: "Admission", drawing: list[int], admitted: list[int], *, size: int) -> Flags:
    """The mentees on an alternating path from somebody whom a largest matching leaves out.

    All others are in every largest matching, whatever the draw (Dulmage and Mendelsohn 1958), and take no place that
    these could have: the mentors on such paths are full with mentees on them.
    """
    flags = np.zeros(size, dtype=bool)
    queue = sorted(set(drawing).difference(admitted))
    flags[queue] = True
    seen = [False] * len(largest.free)
    for person in queue:
        for mentor in largest.choices[person]:
            if not seen[mentor]:
                seen[mentor] = True
                queue += largest.members[mentor]
                flags[largest.members[mentor]] = True
    return flags


def largest_remainder(places: int, sizes: Ints) -> Ints:
    """Share places among groups by their sizes (Hamilton's method); of equal remainders the first wins."""
    total = int(sizes.sum())
    if total == 0:
        return np.zeros_like(sizes)
    exact = [places * size for size in sizes.tolist()]
    shares = [value // total for value in exact]
    rest = sorted(range(len(exact)), key=lambda at: (-(exact[at] % total), at))
    for at in rest[: places - sum(shares)]:
        shares[at] += 1
    return np.array(shares, dtype=np.int64)


def drawn_orders(problem: Problem, lottery: Lottery, seed: int, draws: range) -> Iterator[list[int]]:
    """For each draw the mentees who draw, in the order in which they come up.

    Each stratum has an order of its own, by a hash of the seed, the draw and the id; strata take turns in proportion to
    their sizes.
    """
    people = np.flatnonzero(lottery.eligible & ~lottery.sure)
    stratum = lottery.stratum[people]
    size = np.bincount(stratum, minlength=lottery.shares.size)
    starts = np.cumsum(size) - size
    grouped = np.sort(stratum)
    turn = (np.arange(people.size) - starts[grouped] + 0.5) / np.maximum(size, 1)[grouped]
    step = max(1, BLOCK // max(people.size, 1))
    for first in range(draws.start, draws.stop, step):
        some = range(first, min(first + step, draws.stop))
        lots = hash_pairs(
            problem.mentee_ids,
            tuple(f"\0draw {draw}" for draw in some),
            seed=seed,
            mentee=np.tile(people, len(some)),
            mentor=np.repeat(np.arange(len(some)), people.size),
        ).reshape(len(some), people.size)
        for lot in lots:
            within = np.lexsort((lot, stratum))
            yield people[within[np.lexsort((lot[within], turn))]].tolist()


def admitted_in(lottery: Lottery, order: list[int]) -> list[int]:
    """Who is admitted when mentees come up in an order; first each stratum up to its share, then whoever still fits."""
    places = Admission(lottery.seats, lottery.choices)
    stratum, disputed = lottery.stratum.tolist(), lottery.disputed.tolist()
    left = (lottery.shares - np.bincount(lottery.stratum[lottery.sure], minlength=lottery.shares.size)).tolist()
    wanted = lottery.places - int(lottery.sure.sum())
    admitted: list[int] = []
    waiting: list[int] = []
    for person in order:
        if len(admitted) == wanted:
            return admitted
        if left[stratum[person]] <= 0:
            waiting.append(person)
        elif not disputed[person] or places.admit(person):
            left[stratum[person]] -= 1
            admitted.append(person)
    for person in waiting:
        if len(admitted) == wanted:
            break
        if not disputed[person] or places.admit(person):
            admitted.append(person)
    return admitted


class Admission:
    """A matching that grows by one mentee at a time along a shortest alternating path."""

    def __init__(self, seats: list[int], choices: list[list[int]]) -> None:
        self.free = list(seats)
        self.choices = choices
        self.members: list[list[int]] = [[] for _ in seats]
        # Mentors from whom no free place can be reached, now or later: a failed search proves it of all it saw.
        self.full = [False] * len(seats)

    def admit_all(self, people: list[int]) -> list[int]:
        """Whoever of some people fits, in their order."""
        return [person for person in people if self.admit(person)]

    def admit(self, person: int) -> bool:
        """Match one more mentee and keep all the others matched, if that can be done."""
        free, choices, members, full = self.free, self.choices, self.members, self.full
        for mentor in choices[person]:
            if free[mentor]:
                free[mentor] -= 1
                members[mentor].append(person)
                return True
        reached: dict[int, int] = {}
        holds: dict[int, int] = {}
        queue = [person]
        for mentee in queue:
            for mentor in choices[mentee]:
                if mentor in reached or full[mentor]:
                    continue
                reached[mentor] = mentee
                if free[mentor]:
                    free[mentor] -= 1
                    self._move(mentor, reached, holds)
                    return True
                for member in members[mentor]:
                    holds[member] = mentor
                queue += members[mentor]
        for mentor in reached:
            full[mentor] = True
        return False

    def _move(self, mentor: int, reached: dict[int, int], holds: dict[int, int]) -> None:
        while True:
            mentee = reached[mentor]
            self.members[mentor].append(mentee)
            if mentee not in holds:
                return
            mentor = holds[mentee]
            self.members[mentor].remove(mentee)
