"""Check circles: sizes, and that no choice of circles holds more people, or as many and a higher total."""

from dataclasses import dataclass, replace

import numpy as np

from wayfellow.matching.flow.ties import tie_costs
from wayfellow.matching.problem import Circles, Problem
from wayfellow.matching.result import Leaf, Result

TIE_BITS = 40


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle after pins: how many places are left to fill, and who could fill them as (mentee, worth)."""

    least: int
    most: int
    pinned: bool
    members: list[tuple[int, int]]

    @property
    def never(self) -> bool:
        """Whether it can never take place."""
        return not self.pinned and self.least > min(self.most, len(self.members))


def faults_of_circles(result: Result) -> list[str]:
    """What speaks against a result of objective "circles"; empty when it is proven.

    Each leaf's prices bound what its part of the search can hold, evaluated here anew in whole numbers: the sum of the
    prices, and for each circle the best members it could have after paying them. The leaves must cover every choice of
    open circles.
    """
    problem, certificate = result.problem, result.certificate
    faults = _sizes_broken(result)
    if certificate.kind != "bound":
        faults.append(f"circles cannot be proven by {certificate.kind}")
    chosen = result.chosen
    true = {
        "participation": len(set(problem.mentee[chosen].tolist())),
        "score": sum(problem.score[chosen].tolist()),
        "ties": sum(tie_costs(problem, result.seed, chosen, bits=TIE_BITS).tolist()),
    }
    if tuple(level.name for level in certificate.levels) != tuple(true):
        return [*faults, f"the levels are not {', '.join(true)}"]
    faults += [
        f"level {level.name} claims {level.value} where it is {true[level.name]}"
        for level in certificate.levels
        if level.value != true[level.name]
    ]
    if certificate.gap != 0:
        return [*faults, f"the certificate itself admits a gap of {certificate.gap}"]
    if faults or problem.circles is None:
        return faults
    circles, worth = _circles(problem, problem.circles, result.seed)
    value = sum(worth.get(pair, 0) for pair in chosen.tolist())
    for leaf in (*certificate.leaves, *((certificate.base,) if certificate.base else ())):
        if len(leaf.prices) != len(problem.mentee_ids) or min(leaf.prices, default=0) < 0 or leaf.denominator < 1:
            return [*faults, "a leaf has no usable prices"]
    if certificate.base is not None:
        circles = _left(circles, certificate.base, (value + 1) * certificate.base.denominator)
    for leaf in certificate.leaves:
        bound = _bound(circles, leaf)
        if bound is not None and bound >= (value + 1) * leaf.denominator:
            return [*faults, "a part of the search might hold something better"]
    if not _covered(certificate.leaves, circles):
        faults.append("the leaves do not cover every choice of circles")
    return faults


def _sizes_broken(result: Result) -> list[str]:
    problem, chosen = result.problem, result.chosen.tolist()
    if problem.circles is None:
        return ["somebody is matched although nobody leads a circle"] if chosen else []
    sizes = {
        mentor: (low, high)
        for mentor, low, high in zip(
            problem.circles.mentor.tolist(),
            problem.circles.min_size.tolist(),
            problem.circles.max_size.tolist(),
            strict=True,
        )
    }
    faults = []
    members: dict[int, int] = {}
    seen: set[int] = set()
    for pair in chosen:
        mentee, mentor = int(problem.mentee[pair]), int(problem.mentor[pair])
        if mentee in seen:
            faults.append(f"mentee {problem.mentee_ids[mentee]} is in more than one circle")
        if problem.want[mentee] < 1:
            faults.append(f"mentee {problem.mentee_ids[mentee]} wants no mentor")
        seen.add(mentee)
        members[mentor] = members.get(mentor, 0) + 1
    for mentor, size in sorted(members.items()):
        if mentor not in sizes:
            faults.append(f"mentor {problem.mentor_ids[mentor]} leads no circle")
        elif not sizes[mentor][0] <= size <= min(sizes[mentor][1], int(problem.capacity[mentor])):
            faults.append(f"the circle of {problem.mentor_ids[mentor]} has {size} members, outside its sizes")
    return faults


def _circles(problem: Problem, given: Circles, seed: int) -> tuple[list[Circle], dict[int, int]]:
    """The circles, and the worth of each pair that can join one: person, score and tie hash in one number."""
    pinned = [pair for pair, pin in enumerate(problem.pinned.tolist()) if pin]
    placed = {int(problem.mentee[pair]) for pair in pinned}
    leads = {mentor: at for at, mentor in enumerate(given.mentor.tolist())}
    held = [0] * len(leads)
    for pair in pinned:
        held[leads[int(problem.mentor[pair])]] += 1
    room = [
        min(int(most), int(problem.capacity[mentor])) - held[at]
        for at, (mentor, most) in enumerate(zip(given.mentor, given.max_size, strict=True))
    ]
    pairs = [
        (pair, mentee, leads[mentor])
        for pair, (mentee, mentor) in enumerate(zip(problem.mentee.tolist(), problem.mentor.tolist(), strict=True))
        if mentor in leads and room[leads[mentor]] > 0 and mentee not in placed and problem.want[mentee] > 0
    ]
    scores = problem.score.tolist()
    lots = tie_costs(problem, seed, np.array([pair for pair, _, _ in pairs], dtype=np.int64), bits=TIE_BITS).tolist()
    lowest = min((scores[pair] for pair, _, _ in pairs), default=0)
    people = len(problem.mentee_ids) + 1
    person = people * max((scores[pair] - lowest for pair, _, _ in pairs), default=0) + 1
    tie = people * 2**TIE_BITS
    worth = {pair: (scores[pair] - lowest + person) * tie - lot for (pair, _, _), lot in zip(pairs, lots, strict=True)}
    members: list[list[tuple[int, int]]] = [[] for _ in leads]
    for pair, mentee, circle in pairs:
        members[circle].append((mentee, worth[pair]))
    circles = [
        Circle(max(low - held[at], 0), room[at], held[at] > 0, members[at])
        for at, low in enumerate(given.min_size.tolist())
    ]
    return circles, worth


def _left(circles: list[Circle], base: Leaf, better: int) -> list[Circle]:
    """The circles without the members whom no choice has that is worth as much as `better`, by the base prices.

    With a member whom the best choice of a circle leaves out, the circle is worth less by what the member falls short
    of the one who would have to go, or of nothing where there is room.
    """
    bound = _bound(circles, Leaf((), (), base.prices, base.denominator))
    if bound is None:
        return circles
    left = []
    for circle in circles:
        own = {mentee: worth * base.denominator - base.prices[mentee] for mentee, worth in circle.members}
        ranked = sorted(own.values(), reverse=True)
        if circle.least > min(circle.most, len(ranked)):
            left.append(circle)
            continue
        gains = ranked[: circle.least]
        gains += [gain for gain in ranked[circle.least : circle.most] if gain > 0]
        full = len(gains) == circle.most or (len(gains) == circle.least and bool(gains) and gains[-1] < 0)
        goes = gains[-1] if full and gains else 0
        idle = 0 if circle.pinned else max(-sum(gains), 0)
        members = [
            (mentee, worth) for mentee, worth in circle.members if bound - idle - max(goes - own[mentee], 0) >= better
        ]
        left.append(replace(circle, members=members))
    return left


def _bound(circles: list[Circle], leaf: Leaf) -> int | None:
    """What no choice in a leaf exceeds, or None when the leaf holds none: an open circle has too few candidates."""
    bound = sum(leaf.prices)
    for at, circle in enumerate(circles):
        if at in leaf.closed:
            continue
        members = sorted(
            (worth * leaf.denominator - leaf.prices[mentee] for mentee, worth in circle.members), reverse=True
        )
        best: int | None = None
        if circle.least <= min(circle.most, len(members)):
            gains = members[: circle.least]
            gains += [gain for gain in members[circle.least : circle.most] if gain > 0]
            best = sum(gains)
        if circle.pinned or at in leaf.opened:
            if best is None:
                return None
            bound += best
        else:
            bound += max(best or 0, 0)
    return bound


def _covered(leaves: tuple[Leaf, ...], circles: list[Circle]) -> bool:
    """Whether leaves together hold every choice of open and closed circles."""
    # A circle that can never open, or never close, leaves nothing to choose.
    opened = frozenset(at for at, circle in enumerate(circles) if circle.pinned)
    closed = frozenset(at for at, circle in enumerate(circles) if circle.never)
    waiting = [(leaves, opened, closed)]
    while waiting:
        some, opened, closed = waiting.pop()
        some = tuple(leaf for leaf in some if opened.isdisjoint(leaf.closed) and closed.isdisjoint(leaf.opened))
        if not some:
            return False
        open_to = [set(leaf.opened) - opened | set(leaf.closed) - closed for leaf in some]
        if not all(open_to):
            continue
        at = min(open_to[0])
        waiting += [(some, opened | {at}, closed), (some, opened, closed | {at})]
    return True
