"""One change to a matched cohort, committed and as a preview, as a share of a cold solve of the same cohort.

After all changes the result is compared pair for pair with a cold solve of the changed cohort, and its proof checked.
"""

from collections.abc import Callable

import numpy as np

from benchmarks.cohorts import make_cohort, top_pairs
from benchmarks.measure import Measured, measure, show
from wayfellow.matching.build import Mentee, Mentor
from wayfellow.matching.changes import whatif
from wayfellow.matching.changes.displacement import displacement_of
from wayfellow.matching.changes.preview import preview_pin
from wayfellow.matching.result import Result
from wayfellow.matching.solve import match
from wayfellow.matching.verify import verify

ROUNDS = 15


def changes(result: Result, draw: np.random.Generator, number: int) -> list[tuple[str, Callable[[Result], Result]]]:
    """One change of each kind, with people drawn at random from those at hand."""
    problem = result.problem
    taken = np.zeros(problem.score.size, dtype=bool)
    taken[result.chosen] = True

    def ids(pair: int) -> tuple[str, str]:
        return problem.mentee_ids[problem.mentee[pair]], problem.mentor_ids[problem.mentor[pair]]

    other = ids(int(draw.choice(np.flatnonzero(~taken))))
    chosen, leaving = (ids(int(pair)) for pair in draw.choice(result.chosen[~problem.pinned[result.chosen]], 2, False))
    fuller, emptier, gone = draw.choice(problem.mentor_ids, 3, replace=False).tolist()
    mentors = [name for name in draw.choice(problem.mentor_ids, 51, replace=False).tolist() if name != gone]
    mentees = [name for name in draw.choice(problem.mentee_ids, 201, replace=False).tolist() if name != leaving[0]]
    worth = dict(zip([*mentors, *mentees], draw.integers(4_000, 8_000, 252).tolist(), strict=False))
    return [
        ("pin a pair not chosen", lambda now: whatif.pin(now, *other)),
        ("forbid a chosen pair", lambda now: whatif.forbid(now, *chosen)),
        ("one place more", lambda now: whatif.seat(now, fuller, 1)),
        ("one place fewer", lambda now: whatif.seat(now, emptier, -1)),
        ("a mentee leaves", lambda now: whatif.leave(now, mentee_id=leaving[0])),
        ("a mentor leaves", lambda now: whatif.leave(now, mentor_id=gone)),
        (
            "a mentee joins, 50 pairs",
            lambda now: whatif.join(now, Mentee(f"new-{number}"), {name: worth[name] for name in mentors}),
        ),
        (
            "a mentor joins, 200 pairs",
            lambda now: whatif.join(now, Mentor(f"new-{number}", 2), {name: worth[name] for name in mentees}),
        ),
    ]


def main() -> None:
    """Measure and print."""
    problem = top_pairs(make_cohort(20_000, 5_000), 50)
    cold = measure(lambda: match(problem), repeat=3)
    result: Result = cold.value
    draw = np.random.default_rng(0)
    took: dict[str, list[Measured]] = {}
    whatif.seat(result, problem.mentor_ids[0], 1)
    for number in range(ROUNDS):
        for name, change in changes(result, draw, number):
            try:
                measured = measure(lambda change=change, now=result: change(now))
            except whatif.ProblemError:
                # A pin that other pins leave no room for, or a place that pins hold.
                continue
            took.setdefault(name, []).append(measured)
            result = measured.value
    rows: list[list[object]] = []
    for name, all_of_it in took.items():
        cpu, wall = [one.cpu for one in all_of_it], [one.wall for one in all_of_it]
        mean = float(np.mean(cpu))
        rows.append(
            [
                name,
                len(cpu),
                1000 * float(np.median(cpu)),
                f"{100 * float(np.median(cpu)) / cold.cpu:.1f} %",
                f"{100 * mean / cold.cpu:.1f} %",
                f"{100 * max(cpu) / cold.cpu:.1f} %",
                f"{100 * float(np.median(wall)) / cold.wall:.1f} %",
            ]
        )
    graph = displacement_of(result)
    asked = draw.choice(result.problem.score.size, 200)
    pairs = [
        (result.problem.mentee_ids[result.problem.mentee[at]], result.problem.mentor_ids[result.problem.mentor[at]])
        for at in asked
    ]
    looked = measure(lambda: [preview_pin(graph, *pair) for pair in pairs])
    rows.append(
        [
            "preview of a pin",
            len(pairs),
            1000 * looked.cpu / len(pairs),
            f"{100 * looked.cpu / len(pairs) / cold.cpu:.2f} %",
            "",
            "",
            "",
        ]
    )
    headings = ("change", "runs", "median cpu ms", "median / cold solve", "mean", "worst", "median, wall")
    show(f"What if: 20,000 × 5,000, {problem.score.size:,} pairs; cold solve {cold.cpu:.2f} s cpu", headings, rows)
    last = match(result.problem)
    print(f"\nEqual to a cold solve after all changes: {last.pairs == result.pairs}; proof: {verify(result).ok}.")


if __name__ == "__main__":
    main()
