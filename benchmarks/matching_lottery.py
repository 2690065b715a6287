"""Lottery for places: the draw, the match of the admitted, and everybody's probability from 1,000 further draws."""

import sys

import numpy as np

from benchmarks.cohorts import all_pairs, make_cohort, top_pairs
from benchmarks.measure import measure, show
from wayfellow.matching.objectives.draws import admitted_in, drawn_orders, lottery_of
from wayfellow.matching.problem import Problem
from wayfellow.matching.solve import match
from wayfellow.matching.verify import verify

CASES = ((200, 45, 0), (1_000, 250, 0), (20_000, 5_000, 50))


def by_flow(problem: Problem, order: list[int]) -> set[int]:
    """Who is admitted in an order, by one flow: whoever is left out costs more the earlier they came up.

    Costs are powers of two apart in effect: n + 1 + (places in the order after theirs) keeps the number of admitted
    largest, and the admitted sets form a matroid, where the least sum of such ranks is what admitting in order gives.
    """
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    n, m = len(problem.mentee_ids), len(problem.mentor_ids)
    people = np.array(order, dtype=np.int32)
    weight = np.zeros(n, dtype=np.int64)
    weight[people] = people.size + 1 + np.arange(people.size, 0, -1)
    solver = SimpleMinCostFlow()
    one = np.ones(problem.score.size, dtype=np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(problem.mentee, problem.mentor + np.int32(n), one, 0 * one)
    sink = np.full(people.size, n + m, dtype=np.int32)
    out = solver.add_arcs_with_capacity_and_unit_cost(people, sink, np.ones(people.size, np.int64), weight[people])
    seats = np.arange(n, n + m, dtype=np.int32)
    solver.add_arcs_with_capacity_and_unit_cost(
        seats, np.full(m, n + m, dtype=np.int32), problem.capacity, np.zeros(m, dtype=np.int64)
    )
    supply = np.zeros(n + m + 1, dtype=np.int64)
    supply[people], supply[-1] = 1, -people.size
    solver.set_nodes_supplies(np.arange(n + m + 1, dtype=np.int32), supply)
    if solver.solve() != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError("no flow")
    return set(people[solver.flows(out) == 0].tolist())


def main() -> None:
    """Print what a lottery takes, and end with an error where a flow admits others."""
    headings = (
        "mentees / mentors",
        "pairs",
        "places",
        "one draw ms",
        "by one flow ms",
        "whole lottery CPU s",
        "wall s",
    )
    rows: list[tuple] = []
    right = True
    match(all_pairs(make_cohort(30, 5)), objective="lottery")  # imports
    for mentees, mentors, count in CASES:
        people = make_cohort(mentees, mentors)
        problem = top_pairs(people, count) if count else all_pairs(people)
        lottery = lottery_of(problem)
        (order,) = drawn_orders(problem, lottery, 0, range(1))
        draw = measure(lambda given=lottery, by=order: set(admitted_in(given, by)), repeat=3)
        flow = measure(lambda given=problem, by=order: by_flow(given, by))
        whole = measure(lambda given=problem: match(given, objective="lottery"))
        right &= draw.value == flow.value and verify(whole.value).ok
        rows.append(
            (
                f"{mentees:,} / {mentors:,}",
                problem.score.size,
                lottery.places,
                1_000 * draw.cpu,
                1_000 * flow.cpu,
                whole.cpu,
                whole.wall,
            )
        )
    show("Lottery with 1,000 further draws", headings, rows)
    print(f"\nThe flow admits the same people, and every result was verified: {'yes' if right else 'no'}.")
    if not right:
        sys.exit(1)


if __name__ == "__main__":
    main()
