"""Check a lottery: the drawn order was kept, nobody was passed over who still fitted, the pairs are the best."""

from dataclasses import replace

import numpy as np

from wayfellow.matching.objectives.draws import drawn_orders, lottery_of
from wayfellow.matching.objectives.lottery import admitted_only
from wayfellow.matching.result import Result


def faults_of_lottery(result: Result) -> list[str]:
    """What speaks against a result of objective "lottery"; empty when it is proven.

    Admitting in order is right when everybody left out is blocked by people who came up earlier: on alternating paths
    from them there is no free place, and nobody who came up later (the circuits of the matroid of matchable sets). The
    pairs of the admitted are checked by their prices, as under "participation_score".
    """
    from wayfellow.matching.verify import verify

    problem, admitted = result.problem, result.admitted
    n = len(problem.mentee_ids)
    if admitted is None or admitted.shape != (n,) or result.admission is None or result.admission.shape != (n,):
        return ["it is not said who was admitted, and how probable that was"]
    if admitted[problem.want <= 0].any():
        return ["somebody was admitted who wants no mentor"]
    matched = np.zeros(n, dtype=bool)
    matched[problem.mentee[result.chosen]] = True
    if (matched != admitted).any():
        return [
            f"{problem.mentee_ids[at]} was admitted or matched, but not both"
            for at in np.flatnonzero(matched != admitted)
        ]
    alone = replace(
        result, problem=admitted_only(problem, admitted), objective="participation_score", admission=None, admitted=None
    )
    faults = list(verify(alone).faults)
    faults += _passed_over(result, _turns(result))
    faults += _improbable(result)
    return faults


def _turns(result: Result) -> list[int]:
    """When each mentee came up: first within the shares of the strata, then those whose stratum had used its share."""
    problem, admitted = result.problem, (result.admitted if result.admitted is not None else np.zeros(0, dtype=bool))
    lottery = lottery_of(problem)
    (order,) = drawn_orders(problem, lottery, result.seed, range(1))
    left = lottery.shares.tolist()
    for person in np.flatnonzero(lottery.sure).tolist():
        left[lottery.stratum[person]] -= 1
    first: list[int] = []
    second: list[int] = []
    for person in order:
        stratum = lottery.stratum[person]
        (first if left[stratum] > 0 else second).append(person)
        if left[stratum] > 0 and admitted[person]:
            left[stratum] -= 1
    turns = [-1] * len(problem.mentee_ids)
    for turn, person in enumerate(first + second):
        turns[person] = turn
    return turns


def _passed_over(result: Result, turns: list[int]) -> list[str]:
    """Mentees left out who could have had a free place, or a place of somebody who came up later."""
    problem, admitted = result.problem, result.admitted
    n, m = len(problem.mentee_ids), len(problem.mentor_ids)
    if admitted is None:
        return []
    place: dict[int, int] = {}
    free = problem.capacity.tolist()
    pinned = problem.pinned.tolist()
    sure = set(problem.mentee[problem.pinned].tolist())
    for pair in result.chosen.tolist():
        mentee, mentor = int(problem.mentee[pair]), int(problem.mentor[pair])
        if pinned[pair]:
            free[mentor] -= 1
        elif mentee not in sure and mentee not in place:
            place[mentee] = mentor
            free[mentor] -= 1
    asked_by: list[list[int]] = [[] for _ in range(m)]
    for mentee, mentor in zip(problem.mentee.tolist(), problem.mentor.tolist(), strict=True):
        if mentee not in sure and problem.want[mentee] > 0:
            asked_by[mentor].append(mentee)
    # Backwards from each place that would count as better used, the latest first, so that each node is seen once.
    latest = [-1] * n
    seen = [False] * m
    never = len(turns) + 1
    starts = [(never, mentor) for mentor in range(m) if free[mentor] > 0]
    starts += sorted(((turns[mentee], mentor) for mentee, mentor in place.items()), reverse=True)
    for turn, start in starts:
        if seen[start]:
            continue
        seen[start] = True
        queue = [start]
        for mentor in queue:
            for mentee in asked_by[mentor]:
                if latest[mentee] < 0:
                    latest[mentee] = turn
                    held = place.get(mentee)
                    if held is not None and not seen[held]:
                        seen[held] = True
                        queue.append(held)
    return [
        f"{problem.mentee_ids[at]} came up before somebody who was admitted, and could have had a place"
        for at in np.flatnonzero(~admitted).tolist()
        if turns[at] >= 0 and latest[at] > turns[at]
    ]


def _improbable(result: Result) -> list[str]:
    """Probabilities that cannot be: those of people with a sure place, or none, and a sum that is not the places."""
    problem, admitted, share = result.problem, result.admitted, result.admission
    if admitted is None or share is None:
        return []
    faults = []
    if (share < 0).any() or (share > 1).any():
        faults.append("a probability is not between 0 and 1")
    sure = np.zeros(share.size, dtype=bool)
    sure[problem.mentee[problem.pinned]] = True
    able = np.zeros(share.size, dtype=bool)
    able[problem.mentee] = True
    if (share[sure] != 1).any() or (share[~able | (problem.want <= 0)] != 0).any():
        faults.append("a probability contradicts a pin, or a person without any pair")
    if abs(float(share.sum()) - int(admitted.sum())) > 1e-6 * max(share.size, 1):
        faults.append("the probabilities do not add up to the places")
    return faults
