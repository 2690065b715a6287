"""From attributes to the certified best of all pairs, and scipy's `linear_sum_assignment` on the ready matrix.

Ours begins with people: it scores all pairs, applies the hard rules, solves on a short list, prices all other pairs
until none betters the result, and breaks ties. scipy is handed the finished matrix of scores (forbidden pairs at a
price beyond all others), which is the bare lower bound of such a call: it proves nothing to its caller and breaks ties
by row order. Each runs in processes of its own; imports and the making of people and matrix are not counted as time.
"""

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.cohorts import make_cohort
from benchmarks.measure import Measured, measure_alone, show
from benchmarks.people import people_of

PEOPLE = 5_000
RUNS = 3
FORBIDDEN = -(10.0**9)


def ours(mentees: int, mentors: int, one_each: bool) -> tuple[tuple[int, int, float], float, float]:
    """Match people; (participation, score, seconds to verify against all pairs)."""
    import scipy.sparse  # noqa: F401  imports are not counted

    from wayfellow.matching.people.candidates import match_people
    from wayfellow.matching.people.verify_people import verify_people

    people = people_of(make_cohort(mentees, mentors), one_each=one_each)
    cpu, wall = time.process_time(), time.perf_counter()
    result, scores = match_people(people, perspective=("function",))
    took = time.process_time() - cpu, time.perf_counter() - wall
    cpu = time.process_time()
    if not verify_people(result, scores).ok:
        sys.exit("the result is not proven")
    return (result.participation, result.total_score, time.process_time() - cpu), *took


def write_matrix(path: Path) -> None:
    """The matrix of scores that scipy is handed."""
    from wayfellow.matching.people.from_people import cohort_of

    scores = cohort_of(people_of(make_cohort(PEOPLE, PEOPLE), one_each=True), perspective=("function",)).scores
    matrix = np.lib.format.open_memmap(path, "w+", np.float64, (PEOPLE, PEOPLE))
    for start, block in scores.blocks():
        matrix[start : start + len(block)] = np.where(block < 0, FORBIDDEN, block)
    matrix.flush()


def scipy_bare(path: Path, maximize: bool) -> tuple[tuple[int, int], float, float]:
    """`linear_sum_assignment` on scores (maximize, as they come) or on costs (negated beforehand: spares a copy)."""
    from scipy.optimize import linear_sum_assignment

    matrix = np.load(path)
    if not maximize:
        np.negative(matrix, out=matrix)
    cpu, wall = time.process_time(), time.perf_counter()
    row, column = linear_sum_assignment(matrix, maximize=maximize)
    took = time.process_time() - cpu, time.perf_counter() - wall
    score = np.abs(matrix[row, column])
    score = score[score < -FORBIDDEN]
    return (score.size, int(score.sum())), *took


def best(runs: list[Measured]) -> Measured:
    """The run that took the least processor time."""
    return min(runs, key=lambda run: run.cpu)


def main() -> None:
    """Print time, memory and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.npy"
        measure_alone("benchmarks.matching_dense", "write_matrix", path)
        runs: dict[str, list[Measured]] = {"ours": [], "maximize": [], "costs": []}
        for _ in range(RUNS):
            runs["maximize"].append(measure_alone("benchmarks.matching_dense", "scipy_bare", path, True))
            runs["costs"].append(measure_alone("benchmarks.matching_dense", "scipy_bare", path, False))
            runs["ours"].append(measure_alone("benchmarks.matching_dense", "ours", PEOPLE, PEOPLE, True))
    bare, costs, our_run = best(runs["maximize"]), best(runs["costs"]), best(runs["ours"])
    if not bare.value == costs.value == our_run.value[:2]:
        sys.exit(f"they disagree: {bare.value}, {costs.value}, {our_run.value[:2]}")
    rows = []
    for name, run in (
        ("scipy linear_sum_assignment, ready scores", bare),
        ("scipy linear_sum_assignment, ready costs", costs),
        ("wayfellow, from attributes, certified, ties broken", our_run),
    ):
        ratios = run.cpu / bare.cpu, run.wall / bare.wall, run.peak / bare.peak
        rows.append((name, *run.value[:2], run.cpu, run.wall, run.peak, *ratios))
    headings = ("run", "mentees matched", "score", "CPU s", "wall s", "peak MB", "CPU ×", "wall ×", "memory ×")
    show(f"{PEOPLE:,} mentees, {PEOPLE:,} mentors, every pair", headings, rows)
    large = measure_alone("benchmarks.matching_dense", "ours", 4 * PEOPLE, PEOPLE, False)
    rows = [(4 * PEOPLE, PEOPLE, *large.value[:2], large.cpu, large.wall, large.value[2], large.peak)]
    headings = ("mentees", "mentors", "matched", "score", "CPU s", "wall s", "verify CPU s", "peak MB")
    show("A larger one, mentors with one to five places", headings, rows)


if __name__ == "__main__":
    main()
