"""A result in reasons: why these pairs, why somebody has nobody, what would change it, and what it would cost."""

from wayfellow.matching.changes.displacement import Displacement, displacement_of
from wayfellow.matching.changes.regret import regrets
from wayfellow.matching.explanations.facts import (
    Explanation,
    MentorLoad,
    PairReasons,
    RulePrice,
    SmallestChange,
    Unmatched,
)
from wayfellow.matching.explanations.pairs import ReasonsOf, reasons_of_pairs
from wayfellow.matching.explanations.rules import price_of_rules
from wayfellow.matching.explanations.unmatched import RuledOut, reasons_of_unmatched
from wayfellow.matching.explanations.words import moves_in_words, price_in_words
from wayfellow.matching.result import Result

__all__ = [
    "Explanation",
    "MentorLoad",
    "PairReasons",
    "RulePrice",
    "SmallestChange",
    "Unmatched",
    "cost_of_pair",
    "explain",
    "price_of_rules",
]

# Entries of the list of the worst-off.
WORST_OFF = 10


def explain(
    result: Result,
    *,
    reasons_of: ReasonsOf | None = None,
    ruled_out_by: RuledOut | None = None,
    displacement: Displacement | None = None,
    worst_off: int = WORST_OFF,
) -> Explanation:
    """Reasons for each pair and for each mentee without a mentor, load, and who is worst off.

    Args:
        result: what to explain.
        reasons_of: sentences about a pair by the positions of its mentee and mentor in the problem, the most important
            first, as `PeopleScores.reasons` gives them; without it the scores speak.
        ruled_out_by: for a mentee's position the mentors that each hard rule takes from them, as
            `PeopleScores.ruled_out` gives them; then no change is advised that would match people who report to each
            other, and what stands against one is said.
        displacement: `displacement_of(result)` where it is at hand.
        worst_off: how many of the lowest scores to list.
    """
    if displacement is None and result.objective in ("participation_score", "min_pair_score"):
        displacement = displacement_of(result)
    problem = result.problem
    pairs = reasons_of_pairs(result, reasons_of=reasons_of, displacement=displacement)
    free = [pair for pair, pinned in zip(pairs, problem.pinned[result.chosen].tolist(), strict=True) if not pinned]
    free.sort(key=lambda pair: (pair.score, pair.mentee_id, pair.mentor_id))
    mentors = zip(problem.mentor_ids, problem.capacity.tolist(), result.load.tolist(), strict=True)
    return Explanation(
        pairs=pairs,
        unmatched=reasons_of_unmatched(result, displacement, ruled_out_by=ruled_out_by),
        mentors=tuple(MentorLoad(*mentor) for mentor in mentors),
        worst_off=tuple(free[:worst_off]),
    )


def cost_of_pair(result: Result, mentee_id: str, mentor_id: str, displacement: Displacement | None = None) -> str:
    """What it costs to force a pair, and who would move, as a sentence.

    Raises:
        KeyError: there is no such person.
    """
    problem = result.problem
    mentee, mentor = problem.name(mentee_id), problem.name(mentor_id)
    found = {regret.mentor_id: regret for regret in regrets(result, mentee_id, displacement)}[mentor_id]
    if not found.possible:
        return f"{mentee} cannot have {mentor}: the pair is not allowed, or pins leave no room for it."
    if not found.chain:
        return f"{mentee} has {mentor} already."
    had = [pair[0] for pair in result.pairs]
    alone = frozenset(move.mentee_id for move in found.chain if move.joins is None and had.count(move.mentee_id) == 1)
    return f"{moves_in_words(problem, found.chain, alone=alone)}; that {price_in_words(found)}."
