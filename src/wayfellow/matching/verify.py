"""`verify`: check a result against its problem and its certificate, without any solver.

For a flow x and prices, x costs at most `slack` more than the best flow, where the slack adds up reduced cost × units
on arcs of positive reduced cost, and -reduced cost × free room on arcs of negative (weak duality). A level is proven
when its slack is 0; the next level is then checked on the arcs whose reduced cost is 0, the only ones that optimal
flows can differ on (complementary slackness).
"""

from dataclasses import dataclass, replace

import numpy as np

from wayfellow.matching.network import Costs, Flow, Network, flow_of, network_of
from wayfellow.matching.objectives.lexicographic import ORDER, tie_level, tie_value, value_of
from wayfellow.matching.problem import Ints, Problem
from wayfellow.matching.result import Result


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a result keeps all rules and is proven to be the best, and what speaks against it."""

    ok: bool
    faults: tuple[str, ...]


def verify(result: Result) -> Verdict:
    """Check that a result keeps every rule, that its values are true, and that its certificate proves them the best."""
    faults = _rules_broken(result)
    if not faults and result.certificate.kind == "prices":
        faults = _levels_not_proven(result)
    return Verdict(not faults, tuple(faults))


def _rules_broken(result: Result) -> list[str]:
    problem, chosen = result.problem, result.chosen
    if chosen.ndim != 1 or not np.issubdtype(chosen.dtype, np.integer):
        return ["the chosen pairs are not a list of positions"]
    if chosen.size and (chosen[0] < 0 or chosen[-1] >= problem.score.size or (np.diff(chosen) <= 0).any()):
        return ["the chosen pairs are not ascending positions of allowed pairs"]
    faults = []
    wanted = np.bincount(problem.mentee[chosen], minlength=len(problem.mentee_ids))
    load = np.bincount(problem.mentor[chosen], minlength=len(problem.mentor_ids))
    faults += [
        f"mentee {problem.mentee_ids[at]} has {wanted[at]} mentors and wants {problem.want[at]}"
        for at in np.flatnonzero(wanted > problem.want)
    ]
    faults += [
        f"mentor {problem.mentor_ids[at]} has {load[at]} mentees and can take {problem.capacity[at]}"
        for at in np.flatnonzero(load > problem.capacity)
    ]
    inside = np.zeros(problem.score.size, dtype=bool)
    inside[chosen] = True
    faults += [f"the pin of {_pair(problem, at)} is not kept" for at in np.flatnonzero(problem.pinned & ~inside)]
    if result.min_score is not None:
        low = inside & ~problem.pinned & (problem.score < result.min_score)
        faults += [f"the pair of {_pair(problem, at)} is below the lowest score" for at in np.flatnonzero(low)]
    return faults


def _pair(problem: Problem, at: np.integer) -> str:
    return f"{problem.mentee_ids[problem.mentee[at]]} and {problem.mentor_ids[problem.mentor[at]]}"


@dataclass(frozen=True, eq=False)
class _Open:
    """What is still open while levels are checked."""

    network: Network
    flow: Flow
    pair: Ints
    exit: Ints

    def reduced(self, costs: Costs, prices: Ints) -> tuple[Ints, Ints]:
        network, n = self.network, self.network.mentees
        pair = prices[network.mentor[self.pair] + n] - prices[network.mentee[self.pair]]
        exit = -prices[network.exit_node[self.exit]]
        if costs.pair is not None:
            pair = pair + costs.pair[self.pair]
        if costs.exit is not None:
            exit = exit + costs.exit[self.exit]
        return pair, exit

    def slack(self, pair: Ints, exit: Ints) -> int:
        """By how much the flow may be dearer than the best one, given reduced costs."""
        used, carried = self.flow.pair[self.pair], self.flow.exit[self.exit]
        room = self.network.exit_capacity[self.exit] - carried
        units = np.where(pair > 0, used, ~used & (pair < 0)).astype(np.int64)
        exit_units = np.where(exit > 0, carried, np.where(exit < 0, room, 0))
        return _sum_of_products(pair, units) + _sum_of_products(exit, exit_units)

    def kept(self, pair: Ints, exit: Ints) -> "_Open":
        return replace(self, pair=self.pair[pair == 0], exit=self.exit[exit == 0])


def _sum_of_products(reduced: Ints, units: Ints) -> int:
    at = np.flatnonzero(units)
    return sum(abs(cost) * unit for cost, unit in zip(reduced[at].tolist(), units[at].tolist(), strict=True))


def _levels_not_proven(result: Result) -> list[str]:
    problem, levels = result.problem, result.certificate.levels
    if result.certificate.gap != 0:
        return [f"the certificate itself admits a gap of {result.certificate.gap}"]
    network = network_of(problem, result.objective, min_score=result.min_score)
    flow = flow_of(network, result.chosen)
    open_ = _Open(network, flow, np.arange(network.pair.size), np.arange(network.exit_node.size))
    expected = (*ORDER[result.objective], "ties")
    if tuple(level.name for level in levels) != expected:
        return [f"the levels are not {', '.join(expected)}"]
    faults: list[str] = []
    for level in levels:
        if level.name == "ties":
            true, costs = tie_value(problem, result.chosen, seed=result.seed), None
        else:
            true, costs = value_of(problem, result.chosen, level.name), network.costs(level.name)
        if level.value != true:
            faults.append(f"level {level.name} claims {level.value} where it is {true}")
        if level.prices is None or not _sound(level.prices, network):
            return [*faults, f"level {level.name} has no usable prices"]
        if costs is None:
            costs = tie_level(problem, network, seed=result.seed, pair=open_.pair)
        reduced = open_.reduced(costs, level.prices)
        slack = open_.slack(*reduced)
        if slack:
            return [*faults, f"level {level.name} is proven only to within {slack}"]
        open_ = open_.kept(*reduced)
    return faults


def _sound(prices: Ints, network: Network) -> bool:
    """Whether prices have the right shape, a sink that costs nothing, and differences that fit into 64 bits."""
    if prices.shape != (network.nodes,) or prices.dtype != np.int64 or prices[-1] != 0:
        return False
    return int(prices.max()) - int(prices.min()) < 2**63 - 2**50
