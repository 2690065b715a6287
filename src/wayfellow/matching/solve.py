"""`match`: solve a cohort under an objective."""

from collections.abc import Callable
from typing import get_args

from wayfellow.matching.objectives import circles, lexicographic, leximin, lottery, stable, worst_first
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import ObjectiveName, Result

OnProgress = Callable[[str], None]

# Objectives that are more than an order of sums.
OF_THEIR_OWN: dict[str, Callable[..., Result]] = {
    "worst_first": worst_first.solve,
    "leximin": leximin.solve,
    "stable": stable.solve,
    "circles": circles.solve,
    "lottery": lottery.solve,
}


def match(
    problem: Problem,
    *,
    objective: ObjectiveName = "participation_score",
    seed: int = 0,
    min_score: int | None = None,
    on_progress: OnProgress | None = None,
) -> Result:
    """The best pairs of a cohort under an objective, with the proof that none better exist.

    The same cohort gives the same pairs whatever the order of its rows: ties are broken by a hash of the seed and the
    ids.

    >>> from wayfellow.matching.build import problem_from_arrays
    >>> problem = problem_from_arrays(
    ...     ["ana", "ben"], ["mia", "noa"], want=[1, 1], capacity=[1, 1],
    ...     mentee=[0, 0, 1], mentor=[0, 1, 0], score=[90, 20, 40],
    ... )
    >>> result = match(problem)
    >>> result.pairs
    [('ana', 'noa'), ('ben', 'mia')]
    >>> [(level.name, level.value) for level in result.certificate.levels[:3]]
    [('participation', 2), ('pairs', 2), ('score', 60)]
    >>> match(problem, objective="free_score").pairs
    [('ana', 'mia')]

    Args:
        problem: the cohort.
        objective: what "best" means.
        seed: what ties (and the lottery) are drawn with.
        min_score: lowest score of a pair; needed by "min_pair_score", refused by the others.
        on_progress: called with the name of each step as it begins.

    Raises:
        ValueError: the objective is unknown, or `min_score` is missing or out of place.
        CannotSolve: the solver gave no answer.
    """
    if objective not in get_args(ObjectiveName):
        raise ValueError(f"there is no objective {objective!r}")
    if (objective == "min_pair_score") != (min_score is not None):
        raise ValueError("min_score goes with the objective min_pair_score, and only with it")
    if on_progress is not None:
        on_progress(objective)
    if objective in OF_THEIR_OWN:
        return OF_THEIR_OWN[objective](problem, seed=seed)
    return lexicographic.solve(problem, objective=objective, seed=seed, min_score=min_score)
