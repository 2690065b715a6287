"""Exact regrets of one mentee against all mentors, and of all pairs, as shares of a cold solve of the same cohort."""

from collections.abc import Iterable

import numpy as np

from benchmarks.cohorts import all_pairs, make_cohort, top_pairs
from benchmarks.measure import measure, show
from wayfellow.matching.changes.displacement import Displacement, displacement_of
from wayfellow.matching.changes.regret import regrets
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import Result
from wayfellow.matching.solve import match

ASKED = 200


def ask(result: Result, mentee_ids: Iterable[str], graph: Displacement) -> None:
    """The regrets of some mentees, one after the other; none is kept."""
    for mentee_id in mentee_ids:
        regrets(result, mentee_id, graph)


def row(name: str, problem: Problem, *, everybody: bool) -> list[object]:
    """One cohort: cold solve, graph, one mentee (mean of many), all pairs."""
    cold = measure(lambda: match(problem), repeat=3)
    result = cold.value
    displacement_of(result)
    graph = measure(lambda: displacement_of(result), repeat=3)
    asked = np.random.default_rng(0).choice(problem.mentee_ids, ASKED).tolist()
    one = measure(lambda: ask(result, asked, graph.value))
    found: list[object] = [name, problem.score.size, cold.cpu, graph.cpu / cold.cpu, one.cpu / ASKED * 1000]
    found += [f"{100 * one.cpu / ASKED / cold.cpu:.3f} %", f"{100 * one.wall / ASKED / cold.wall:.3f} %"]
    if everybody:
        afresh = displacement_of(result)
        whole = measure(lambda: ask(result, problem.mentee_ids, afresh))
        return [*found, whole.cpu / cold.cpu]
    return [*found, ""]


def main() -> None:
    """Measure and print."""
    cohorts = [
        ("1,000 × 1,000", all_pairs(make_cohort(1_000, 1_000)), True),
        ("20,000 × 5,000, top 50", top_pairs(make_cohort(20_000, 5_000), 50), False),
    ]
    show(
        "Regret",
        (
            "cohort",
            "pairs",
            "cold solve, cpu s",
            "graph / solve",
            "one mentee, cpu ms",
            "one mentee / solve, cpu",
            "wall",
            "all pairs / solve",
        ),
        [row(name, problem, everybody=everybody) for name, problem, everybody in cohorts],
    )


if __name__ == "__main__":
    main()
