"""Stratified lottery: when places are short, chance decides who is admitted, and then the best pairs are made."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.objectives import lexicographic
from wayfellow.matching.objectives.draws import Lottery, admitted_in, drawn_orders, lottery_of
from wayfellow.matching.problem import Flags, Problem
from wayfellow.matching.result import Caution, Result

REDRAWS = 1_000
# Re-draws are fewer in very large cohorts: so many pairs are looked at in all, and never fewer draws than these.
PAIRS_LOOKED_AT = 1_000_000_000
FEWEST_REDRAWS = 100


def solve(problem: Problem, *, seed: int, redraws: int = REDRAWS) -> Result:
    """Admit mentees by lot, as many as can be matched at once, and match the admitted for the highest total.

    Places are shared among the strata by largest remainder, in proportion to the mentees who could be matched at all.
    In each stratum the seed draws an order; strata take turns. Whoever comes up is admitted if everybody admitted can
    still be matched. Places that a stratum cannot use go to those of the others who come up next. Pinned mentees have
    their place beforehand, out of their stratum's share.

    Args:
        problem: the cohort; without strata all draw together.
        seed: what the order is drawn with.
        redraws: further draws, of the same seed, that each mentee's probability of being admitted is counted from.

    Raises:
        CannotSolve: the solver gave no answer.
    """
    lottery = lottery_of(problem)
    admitted = lottery.sure.copy()
    (order,) = drawn_orders(problem, lottery, seed, range(1))
    admitted[admitted_in(lottery, order)] = True
    cautions = [*_unused_shares(problem, lottery, admitted)]
    pairs = int(lottery.disputed[problem.mentee].sum())
    fewer = max(min(redraws, PAIRS_LOOKED_AT // max(pairs, 1)), min(redraws, FEWEST_REDRAWS))
    if fewer < redraws:
        text = f"Probabilities of being admitted are counted from {fewer:,} draws, as the cohort is very large."
        cautions.append(Caution("fewer_redraws", text))
    result = lexicographic.solve(admitted_only(problem, admitted), objective="participation_score", seed=seed)
    return replace(
        result,
        problem=problem,
        objective="lottery",
        cautions=(*result.cautions, *cautions),
        admission=_admission(problem, lottery, seed=seed, redraws=fewer),
        admitted=admitted,
    )


def admitted_only(problem: Problem, admitted: Flags) -> Problem:
    """The cohort in which whoever is not admitted wants no mentor. Its pairs are the same, in the same places."""
    return replace(problem, want=np.where(admitted, problem.want, 0))


def _admission(problem: Problem, lottery: Lottery, *, seed: int, redraws: int) -> NDArray[np.float64]:
    """Each mentee's share of the draws in which they are admitted."""
    if not lottery.disputed.any():
        return lottery.eligible.astype(np.float64)
    count = np.where(lottery.sure, redraws, 0)
    for order in drawn_orders(problem, lottery, seed, range(1, redraws + 1)):
        count[admitted_in(lottery, order)] += 1
    share: NDArray[np.float64] = count / redraws
    return share


def _unused_shares(problem: Problem, lottery: Lottery, admitted: Flags) -> list[Caution]:
    """Strata whose people could not use all the places of their share."""
    got = np.bincount(lottery.stratum[admitted], minlength=lottery.shares.size)
    return [
        Caution(
            "share_not_used",
            f"Stratum {problem.strata[at] or '(none)'} could use {got[at]:,} of its {lottery.shares[at]:,} places; "
            "the others went to people of other strata.",
        )
        for at in np.flatnonzero(got < lottery.shares)
    ]
