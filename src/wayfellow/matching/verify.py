"""`verify`: check a result against its problem and its certificate, without any solver.

For a flow x and prices, x costs at most `slack` more than the best flow, where the slack adds up reduced cost × units
on arcs of positive reduced cost, and -reduced cost × free room on arcs of negative (weak duality). A level is proven
when its slack is 0; the next level is then checked on the arcs whose reduced cost is 0, the only ones that optimal
flows can differ on (complementary slackness).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.flow.network import Costs, Flow, Network, flow_of, network_of
from wayfellow.matching.objectives.lexicographic import ORDER, tie_level, tie_value, value_of
from wayfellow.matching.problem import Ints, Problem
from wayfellow.matching.result import Level, Result
from wayfellow.matching.verifiers.circles import faults_of_circles
from wayfellow.matching.verifiers.lottery import faults_of_lottery
from wayfellow.matching.verifiers.stable import faults_of_stable


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a result keeps all rules and is proven to be the best, and what speaks against it."""

    ok: bool
    faults: tuple[str, ...]


def verify(result: Result, *, could_take: Ints | None = None) -> Verdict:
    """Check that a result keeps every rule, that its values are true, and that its certificate proves them the best.

    Args:
        result: what `match` found.
        could_take: as in `network_of`, where the problem holds only some of the allowed pairs.
    """
    faults = _rules_broken(result) or _not_proven(result, could_take)
    return Verdict(not faults, tuple(faults))


def _not_proven(result: Result, could_take: Ints | None) -> list[str]:
    """What is amiss with the proof of a result that keeps the rules."""
    if result.objective == "stable":
        return faults_of_stable(result)
    if result.objective == "circles":
        return faults_of_circles(result)
    if result.objective == "lottery":
        return faults_of_lottery(result)
    if result.certificate.kind != "prices":
        return [f"{result.objective} cannot be proven by {result.certificate.kind}"]
    return _levels_not_proven(result, could_take)


def _rules_broken(result: Result) -> list[str]:
    problem, chosen = result.problem, result.chosen
    if chosen.ndim != 1 or not np.issubdtype(chosen.dtype, np.signedinteger):
        return ["the chosen pairs are not a list of positions"]
    if chosen.size and (chosen[0] < 0 or chosen[-1] >= problem.score.size or (chosen[1:] <= chosen[:-1]).any()):
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
    if (result.objective == "min_pair_score") != (result.min_score is not None):
        faults.append("the lowest score allowed goes with min_pair_score, and only with it")
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
        """Reduced costs of the open pairs and exits."""
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

    @property
    def uses(self) -> int:
        """How many open pairs the flow uses."""
        return int(self.flow.pair[self.pair].sum())

    def without_between(self, low: int | None, high: int | None) -> "_Open":
        """Without the open pairs above one score and below another."""
        score = self.network.score[self.pair]
        drop = np.ones(score.size, dtype=bool)
        if low is not None:
            drop &= score > low
        if high is not None:
            drop &= score < high
        return replace(self, pair=self.pair[~drop])

    def kept(self, pair: Ints, exit: Ints) -> "_Open":
        """What is open after a level: the arcs whose reduced cost is 0."""
        return replace(self, pair=self.pair[pair == 0], exit=self.exit[exit == 0])


def _sum_of_products(reduced: Ints, units: Ints) -> int:
    at = np.flatnonzero(units)
    return sum(abs(cost) * unit for cost, unit in zip(reduced[at].tolist(), units[at].tolist(), strict=True))


def _levels_not_proven(result: Result, could_take: Ints | None) -> list[str]:
    problem, levels = result.problem, result.certificate.levels
    if result.certificate.gap != 0:
        return [f"the certificate itself admits a gap of {result.certificate.gap}"]
    network = network_of(problem, result.objective, min_score=result.min_score, could_take=could_take)
    flow = flow_of(network, result.chosen)
    open_ = _Open(network, flow, np.arange(network.pair.size), np.arange(network.exit_node.size))
    if (names := _expected(result, flow)) != (found := tuple(level.name for level in levels)):
        return [f"the levels are {', '.join(found)} and should be {', '.join(names)}"]
    faults: list[str] = []
    done: int | None = None
    for level in levels:
        if level.prices is None or not _sound(level.prices, network):
            return [*faults, f"level {level.name} has no usable prices"]
        costs, true = _meaning(result, network, flow, level, open_)
        if level.value != true:
            faults.append(f"level {level.name} claims {level.value} where it is {true}")
        if level.name == "lowest_scores" and not _ascends(done, level.threshold):
            return [*faults, "the levels lowest_scores do not ascend"]
        if level.name == "lowest_scores" or (level.name == "ties" and result.objective == "leximin"):
            # Scores that no chosen pair has are avoided, and that is the best there is.
            high = level.threshold if level.name == "lowest_scores" else None
            if (dropped := open_.without_between(done, high)).uses < open_.uses:
                return [*faults, f"level {level.name} leaves out lower scores"]
            open_, done = dropped, high
        reduced = open_.reduced(costs, level.prices.astype(np.int64, copy=False))
        slack = open_.slack(*reduced)
        if level.name == "lowest_score":
            needed = int((network.score[flow.pair] <= level.value).sum()) - slack
            if level.threshold != level.value or needed < 1:
                return [*faults, "level lowest_score does not prove that no higher threshold is possible"]
            open_ = open_.without_between(None, level.value)
            continue
        if slack:
            return [*faults, f"level {level.name} is proven only to within {slack}"]
        open_ = open_.kept(*reduced)
    return faults


def _ascends(done: int | None, threshold: int | None) -> bool:
    return threshold is not None and (done is None or threshold > done)


def _expected(result: Result, flow: Flow) -> tuple[str, ...]:
    """Names of the levels that a certificate of this objective must have."""
    if result.objective == "worst_first":
        lowest = ("lowest_score",) if flow.pair.any() else ()
        return ("participation", "pairs", *lowest, "score", "ties")
    if result.objective == "leximin":
        fair = tuple(level.name for level in result.certificate.levels if level.name == "lowest_scores")
        return ("participation", "pairs", *fair, "ties")
    return (*ORDER[result.objective], "ties")


def _meaning(result: Result, network: Network, flow: Flow, level: Level, open_: _Open) -> tuple[Costs, int]:
    """What a level's arcs cost, and what the chosen pairs truly reach at it."""
    problem, scores = result.problem, network.score[flow.pair]
    if level.name == "ties":
        costs = tie_level(problem, network, seed=result.seed, pair=open_.pair)
        return costs, tie_value(problem, result.chosen, seed=result.seed)
    if level.name == "lowest_score":
        return Costs(level.name, pair=(network.score <= level.value).astype(np.int64)), int(scores.min())
    if level.name == "lowest_scores":
        costs = Costs(level.name, pair=(network.score == level.threshold).astype(np.int64))
        return costs, int((scores == level.threshold).sum())
    return network.costs(level.name), value_of(problem, result.chosen, level.name)


def _sound(prices: NDArray[np.signedinteger], network: Network) -> bool:
    """Whether prices have the right shape, a sink that costs nothing, and differences that fit into 64 bits."""
    if prices.shape != (network.nodes,) or prices.dtype.kind != "i" or prices[-1] != 0:
        return False
    return int(prices.max()) - int(prices.min()) < 2**63 - 2**50
