"""Group circles: ours down to the last tie, proven, and HiGHS's integer program for people and score alone."""

import sys

import numpy as np

from benchmarks.measure import measure, show
from wayfellow.matching.build import problem_from_arrays
from wayfellow.matching.problem import Circles, Problem
from wayfellow.matching.solve import match
from wayfellow.matching.verify import verify

# people, circles, least size, most size, share of pairs allowed
CASES = (
    (200, 40, 4, 8, 0.3),
    (200, 40, 5, 6, 0.3),
    (200, 40, 8, 12, 0.1),
    (500, 80, 4, 8, 0.3),
    (1_000, 150, 4, 8, 0.3),
)


def cohort(people: int, circles: int, least: int, most: int, allowed: float, *, seed: int = 1) -> Problem:
    """People who fit circles by eight traits, with scores from 0 to 10,000."""
    draw = np.random.default_rng(seed)
    mentee, mentor = np.nonzero(draw.random((people, circles)) < allowed)
    fit = (draw.normal(size=(people, 8)) @ draw.normal(size=(circles, 8)).T)[mentee, mentor]
    return problem_from_arrays(
        [f"e{at:04}" for at in range(people)],
        [f"o{at:04}" for at in range(circles)],
        want=np.ones(people, dtype=np.int64),
        capacity=np.full(circles, most),
        mentee=mentee,
        mentor=mentor,
        score=((fit - fit.min()) / (fit.max() - fit.min()) * 10_000).astype(np.int64),
        circles=Circles(np.arange(circles, dtype=np.int32), np.full(circles, least), np.full(circles, most)),
    )


def integer_program(problem: Problem) -> tuple[int, int]:
    """(people, score) by `scipy.optimize.milp`, both in one objective, until its own gap is closed."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix

    circles = problem.circles
    assert circles is not None
    p, n, m = problem.score.size, len(problem.mentee_ids), len(problem.mentor_ids)
    at = np.arange(p)
    once = csr_matrix((np.ones(p), (problem.mentee, at)), shape=(n, p + m))
    load = csr_matrix((np.ones(p), (problem.mentor, at)), shape=(m, p + m))

    def sizes(of: np.ndarray) -> csr_matrix:
        return csr_matrix((of.astype(float), (np.arange(m), p + np.arange(m))), shape=(m, p + m))

    person = n * 10_001.0
    answer = milp(
        np.concatenate([-problem.score - person, np.zeros(m)]),
        integrality=np.concatenate([np.zeros(p), np.ones(m)]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(once, -np.inf, 1),
            LinearConstraint(load - sizes(circles.min_size), 0, np.inf),
            LinearConstraint(load - sizes(circles.max_size), -np.inf, 0),
        ],
        options={"mip_rel_gap": 0, "time_limit": 120},
    )
    people, score = divmod(round(-answer.fun), int(person))
    return people, score


def main() -> None:
    """Print what both take, and end with an error where they do not agree or the proof fails."""
    headings = ("people / circles", "sizes", "run", "in a circle", "score", "gap", "parts", "CPU s", "wall s", "times")
    rows: list[tuple] = []
    right = True
    match(cohort(20, 4, 3, 5, 0.5), objective="circles")  # imports
    for case in CASES:
        problem = cohort(*case)
        our_run = measure(lambda given=problem: match(given, objective="circles"))
        theirs = measure(lambda given=problem: integer_program(given))
        proof = our_run.value.certificate
        reached = tuple(level.value for level in proof.levels[:2])
        right &= reached == theirs.value and proof.optimal and verify(our_run.value).ok
        label, sizes = f"{case[0]:,} / {case[1]}", f"{case[2]} to {case[3]}"
        parts = len(proof.leaves)
        ratio = theirs.cpu / our_run.cpu
        rows.append((label, sizes, "wayfellow", *reached, proof.gap, parts, our_run.cpu, our_run.wall, ratio))
        rows.append((label, sizes, "scipy milp", *theirs.value, "–", "–", theirs.cpu, theirs.wall, 1.0))
    show("Circles: most people, then the highest total", headings, rows)
    print(f"\nBoth agree, and every proof was verified: {'yes' if right else 'no'}.")
    if not right:
        sys.exit(1)


if __name__ == "__main__":
    main()
