"""`match`: solve a cohort under an objective."""

from collections.abc import Callable
from importlib import import_module
from typing import get_args

from wayfellow.matching.objectives import lexicographic, leximin, worst_first
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import ObjectiveName, Result

OnProgress = Callable[[str], None]


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
    if objective in ("stable", "circles", "lottery"):
        result: Result = import_module(f"wayfellow.matching.objectives.{objective}").solve(problem, seed=seed)
        return result
    if objective == "worst_first":
        return worst_first.solve(problem, seed=seed)
    if objective == "leximin":
        return leximin.solve(problem, seed=seed)
    return lexicographic.solve(problem, objective=objective, seed=seed, min_score=min_score)
