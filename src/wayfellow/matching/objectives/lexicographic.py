"""Objectives that are an order of sums: most people first, then most pairs, then the highest total, and so on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.flow.levels import Solved, exact_sum, solve_levels
from wayfellow.matching.flow.network import Costs, Face, Flow, Network, network_of, whole
from wayfellow.matching.flow.ties import tie_bits, tie_costs
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import Caution, Certificate, Level, ObjectiveName, Result

# What each objective asks for, the most important first; ties always come last.
ORDER: dict[str, tuple[str, ...]] = {
    "participation_score": ("participation", "pairs", "score"),
    "free_score": ("score",),
    "min_pair_score": ("participation", "pairs", "score"),
    "balanced": ("participation", "pairs", "load", "score"),
    "minimums": ("participation", "pairs", "minimums", "score"),
}


def solve(problem: Problem, *, objective: ObjectiveName, seed: int, min_score: int | None = None) -> Result:
    """The best pairs under an order of sums, with prices for each level."""
    network = network_of(problem, objective, min_score=min_score)
    names = ORDER[objective]
    solved = solve_levels(whole(network), [network.costs(name) for name in names])
    flow, ties = break_ties(problem, solved.face, seed=seed)
    return result_of(
        problem, network, flow, (*solved.prices, ties), objective=objective, seed=seed, min_score=min_score
    )


def result_of(
    problem: Problem,
    network: Network,
    flow: Flow,
    prices: Sequence[NDArray[np.int64]],
    *,
    objective: ObjectiveName,
    seed: int,
    min_score: int | None,
) -> Result:
    """The result that a flow is, with the prices of each level and of the ties as its proof."""
    chosen = chosen_pairs(problem, network, flow)
    values = [value_of(problem, chosen, name) for name in ORDER[objective]]
    values.append(tie_value(problem, chosen, seed=seed))
    names = (*ORDER[objective], "ties")
    levels = tuple(Level(name, value, price) for name, value, price in zip(names, values, prices, strict=True))
    return Result(
        problem,
        objective,
        seed,
        chosen,
        Certificate("prices", levels, gap=0),
        min_score=min_score,
        cautions=_pins_below(problem, min_score),
    )


def _pins_below(problem: Problem, min_score: int | None) -> tuple[Caution, ...]:
    """A caution for each pin that stays although its score is below the lowest allowed."""
    if min_score is None:
        return ()
    low = np.flatnonzero(problem.pinned & (problem.score < min_score))
    return tuple(
        Caution(
            "pin_below_minimum",
            f"{problem.name(problem.mentee_ids[problem.mentee[at]])} stays with "
            f"{problem.name(problem.mentor_ids[problem.mentor[at]])} as you asked, "
            f"although their score of {problem.score[at]} is below {min_score}.",
        )
        for at in low
    )


def tie_level(problem: Problem, network: Network, *, seed: int, pair: NDArray[np.int64] | None = None) -> Costs:
    """Costs of the level "ties" on all pair arcs of a network, or 0 on all but some of them."""
    bits = tie_bits(network.nodes)
    if pair is None:
        return Costs("ties", pair=tie_costs(problem, seed, network.pair, bits=bits))
    costs = np.zeros(network.pair.size, dtype=np.int64)
    costs[pair] = tie_costs(problem, seed, network.pair[pair], bits=bits)
    return Costs("ties", pair=costs)


def break_ties(problem: Problem, face: Face, *, seed: int) -> tuple[Flow, NDArray[np.int64]]:
    """The one flow of a face whose tie hashes have the least sum, and the prices that prove it."""
    solved: Solved = solve_levels(face, [tie_level(problem, face.network, seed=seed, pair=face.pair)])
    return solved.flow, solved.prices[0]


def chosen_pairs(problem: Problem, network: Network, flow: Flow) -> NDArray[np.int64]:
    """Positions of the pairs that a flow uses, and of the pins, ascending."""
    chosen = problem.pinned.copy()
    chosen[network.pair[flow.pair]] = True
    return np.flatnonzero(chosen)


def tie_value(problem: Problem, chosen: NDArray[np.int64], *, seed: int) -> int:
    """Sum of the tie costs of the chosen pairs."""
    bits = tie_bits(len(problem.mentee_ids) + len(problem.mentor_ids) + 1)
    return exact_sum(tie_costs(problem, seed, chosen, bits=bits))


def value_of(problem: Problem, chosen: NDArray[np.int64], name: str) -> int:
    """What chosen pairs reach at a level, in its own unit; pins count."""
    if name == "participation":
        return int(np.unique(problem.mentee[chosen]).size)
    if name == "pairs":
        return int(chosen.size)
    if name == "score":
        return exact_sum(problem.score[chosen])
    load = np.bincount(problem.mentor[chosen], minlength=len(problem.mentor_ids)).astype(np.int64)
    if name == "load":
        return exact_sum(load * load)
    if name == "minimums":
        return exact_sum(np.minimum(load, problem.minimum))
    raise KeyError(name)
