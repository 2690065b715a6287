"""Solve, prove and break ties, against the bare solver, scipy's sparse solver, and objective against objective.

    python -m benchmarks.matching_solve [SIZE…]     sizes: 1k 20k 200k 1m; without any: 1k 20k

The bare call is OR-Tools' minimum cost flow on the same pairs from ready arrays: most people first, then the highest
total, in one weighted sum, with no proof and ties left to chance. Every call runs in a process of its own. At 1m only
`match` runs: what counts there is that it fits into memory.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.cohorts import all_pairs, blocked_pairs, make_cohort, top_pairs
from benchmarks.measure import Measured, measure_alone, show
from wayfellow.matching.problem import Problem

ARRAYS = ("want", "capacity", "minimum", "mentee", "mentor", "score", "pinned")
ALONE = "OR-Tools alone"
REPEAT = {"1k": 5, "20k": 3, "200k": 1, "1m": 1}


def make(size: str) -> Problem:
    """The cohort of a size."""
    if size == "1k":
        return all_pairs(make_cohort(1_000, 1_000))
    if size == "20k":
        return top_pairs(make_cohort(20_000, 5_000), 60)
    if size == "200k":
        return blocked_pairs(make_cohort(200_000, 50_000), 50, pool=2_500)
    if size == "1m":
        return blocked_pairs(make_cohort(1_000_000, 250_000), 20, pool=1_500)
    raise SystemExit(f"there is no size {size}: use 1k, 20k, 200k or 1m")


def save(size: str, path: Path) -> None:
    """Make a cohort and keep its arrays in a file."""
    problem = make(size)
    np.savez(path, **{name: getattr(problem, name) for name in ARRAYS})


def load(path: Path) -> Problem:
    """The cohort of a file."""
    with np.load(path) as arrays:
        parts: dict[str, Any] = {name: arrays[name] for name in ARRAYS}
    mentees = tuple(f"e{at:07}" for at in range(parts["want"].size))
    return Problem(mentees, tuple(f"o{at:07}" for at in range(parts["capacity"].size)), **parts)


Took = tuple[dict[str, Any], float, float]


def _fastest(call: Any, repeat: int) -> Took:
    """What a call says, and the processor and wall time of its fastest run."""
    runs = []
    for _ in range(repeat):
        cpu, wall = time.process_time(), time.perf_counter()
        found = call()
        runs.append((found, time.process_time() - cpu, time.perf_counter() - wall))
    return min(runs, key=lambda run: run[1])


def ours(path: Path, objective: str, repeat: int) -> Took:
    """`match`: solve, prove, break ties. Then, timed apart, `verify`."""
    from wayfellow.matching import match, verify

    problem = load(path)
    result, cpu, wall = _fastest(lambda: match(problem, objective=objective), repeat)
    verdict, verify_cpu, _ = _fastest(lambda: verify(result), 1)
    if not verdict.ok:
        raise SystemExit("\n".join(verdict.faults))
    return {"pairs": result.chosen.size, "score": result.total_score, "verify": verify_cpu}, cpu, wall


def bare(path: Path, repeat: int) -> Took:
    """OR-Tools alone."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    problem = load(path)
    n, m = problem.want.size, problem.capacity.size
    mentors = problem.mentor + np.int32(n)
    alone = int((n + 1) * (abs(problem.score).max() + 1))
    nodes = np.arange(n + m, dtype=np.int32)

    def call() -> np.ndarray:
        solver = SimpleMinCostFlow()
        one = np.ones(problem.score.size, dtype=np.int64)
        arcs = solver.add_arcs_with_capacity_and_unit_cost(problem.mentee, mentors, one, -problem.score)
        sink = np.full(n + m, n + m, dtype=np.int32)
        solver.add_arcs_with_capacity_and_unit_cost(nodes[:n], sink[:n], problem.want, np.full(n, alone))
        solver.add_arcs_with_capacity_and_unit_cost(nodes[n:], sink[n:], problem.capacity, np.zeros(m, dtype=np.int64))
        solver.set_nodes_supplies(nodes[:n], problem.want)
        solver.set_node_supply(n + m, -int(problem.want.sum()))
        if solver.solve() != solver.OPTIMAL:
            raise SystemExit("the bare solver gave no optimum")
        return solver.flows(arcs) > 0

    used, cpu, wall = _fastest(call, repeat)
    return {"pairs": int(used.sum()), "score": int(problem.score[used].sum())}, cpu, wall


def scipy_sparse(path: Path, repeat: int) -> Took:
    """scipy's sparse solver: a column for each seat, and one for each mentee who stays without a mentor."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    problem = load(path)
    n, p = problem.want.size, problem.score.size
    # Without this, seats that no list of pairs can fill cost the solver time for nothing.
    capacity = np.minimum(problem.capacity, np.bincount(problem.mentor, minlength=problem.capacity.size))
    seats = capacity[problem.mentor]
    first = np.cumsum(capacity) - capacity
    pair = np.repeat(np.arange(p), seats)
    seat = np.arange(pair.size) - np.repeat(np.cumsum(seats) - seats, seats) + first[problem.mentor[pair]]
    top = int(problem.score.max()) + 1
    alone = float((n + 1) * top)
    row = np.concatenate([problem.mentee[pair], np.arange(n)])
    column = np.concatenate([seat, capacity.sum() + np.arange(n)])
    cost = np.concatenate([(top - problem.score[pair]).astype(float), np.full(n, alone)])
    table = csr_array((cost, (row, column)), shape=(n, int(capacity.sum()) + n))

    (_, columns), cpu, wall = _fastest(lambda: min_weight_full_bipartite_matching(table), repeat)
    matched = np.flatnonzero(columns < capacity.sum())
    mentor = np.repeat(np.arange(capacity.size), capacity)[columns[matched]]
    at = [problem.pair_at(int(i), int(j)) for i, j in zip(matched, mentor, strict=True)]
    return {"pairs": len(at), "score": int(problem.score[at].sum())}, cpu, wall


def main(sizes: list[str]) -> None:
    """Print a table for each size."""
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes or ["1k", "20k"]:
            path, repeat = Path(folder) / f"{size}.npz", REPEAT.get(size, 1)
            measure_alone(__spec__.name, "save", size, path)
            run = _run(path, repeat, size)
            problem = load(path)
            title = f"{problem.want.size:,} mentees, {problem.capacity.size:,} mentors, {problem.score.size:,} pairs"
            headings = ["", "pairs", "score", "cpu s", "wall s", "of OR-Tools alone", "verify cpu s", "peak MB"]
            base = run[ALONE].cpu if ALONE in run else None
            show(title, headings, [_row(name, took, base) for name, took in run.items()])


def _row(name: str, took: Measured, base: float | None) -> list[object]:
    found = took.value
    ratio = "" if base is None else f"{took.cpu / base:.2f} ×"
    return [name, found["pairs"], found["score"], took.cpu, took.wall, ratio, found.get("verify", ""), took.peak]


def _run(path: Path, repeat: int, size: str) -> dict[str, Measured]:
    module, small = __spec__.name, size in ("1k", "20k")
    objectives = ["participation_score"]
    if small:
        objectives += ["free_score", "worst_first", "balanced", "minimums"]
    if size == "1k":
        objectives.append("leximin")
    found = {ALONE: measure_alone(module, "bare", path, repeat)} if size != "1m" else {}
    for objective in objectives:
        found[objective] = measure_alone(module, "ours", path, objective, repeat)
    if small:
        found["scipy, sparse"] = measure_alone(module, "scipy_sparse", path, repeat)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
