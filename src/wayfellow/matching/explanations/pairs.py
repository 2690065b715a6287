"""Reasons for the chosen pairs."""

from collections.abc import Callable

import numpy as np

from wayfellow.matching.changes.displacement import Displacement, usable_pairs
from wayfellow.matching.changes.regret import regrets_of_pairs
from wayfellow.matching.explanations.facts import PairReasons
from wayfellow.matching.explanations.words import counted, ordinal, price_in_words
from wayfellow.matching.result import Result

# Beyond so many mentors times chosen pairs, what the best mentor would cost is not worked out for each pair.
MOST_PRICED = 50_000_000
# A pair can be there because as many as possible are to have a mentor, and for no reason of its own.
NOTHING_SPEAKS = "Nothing in particular speaks for this pair."

ReasonsOf = Callable[[int, int], list[str]]


def reasons_of_pairs(
    result: Result, *, reasons_of: ReasonsOf | None, displacement: Displacement | None
) -> tuple[PairReasons, ...]:
    """Points and reasons of each chosen pair."""
    problem = result.problem
    scores = problem.score[result.chosen].tolist()
    pairs = zip(result.chosen.tolist(), result.pairs, scores, strict=True)
    about_scores = None if reasons_of else _AboutScores(result, displacement)
    found = []
    for pair, (mentee_id, mentor_id), score in pairs:
        reasons = ["This pair was pinned."] if problem.pinned[pair] else []
        if about_scores is not None:
            reasons.append(about_scores(pair))
        elif reasons_of is not None:
            reasons += reasons_of(int(problem.mentee[pair]), int(problem.mentor[pair])) or [NOTHING_SPEAKS]
        points = {}
        if problem.points is not None:
            points = dict(zip(problem.criteria, problem.points[pair].tolist(), strict=True))
        found.append(PairReasons(mentee_id, mentor_id, score, points, tuple(reasons)))
    return tuple(found)


class _AboutScores:
    """A true sentence about a pair of which nothing is known but scores."""

    def __init__(self, result: Result, displacement: Displacement | None) -> None:
        problem = result.problem
        self.result, self.graph = result, displacement
        if len(problem.mentor_ids) * result.chosen.size > MOST_PRICED:
            self.graph = None
        self.usable = usable_pairs(result)
        self.chosen = np.zeros(problem.score.size, dtype=bool)
        self.chosen[result.chosen] = True
        self.starts = np.concatenate([[0], np.cumsum(np.bincount(problem.mentee, minlength=len(problem.mentee_ids)))])
        self.full = result.load >= problem.capacity

    def __call__(self, pair: int) -> str:
        problem = self.result.problem
        mentee = int(problem.mentee[pair])
        pairs = np.arange(*self.starts[mentee : mentee + 2])
        score, least, which = int(problem.score[pair]), self.result.min_score, ""
        if least is not None:
            if score < least:
                return f"Score {score:,}, which is below the lowest score of {least:,}."
            high = self.usable[pairs] & (problem.score[pairs] >= least)
            which = "" if high.all() else f" at or above the lowest score of {least:,}"
            pairs = pairs[high]
        pairs = pairs[self.usable[pairs]]
        scores = problem.score[pairs]
        better = pairs[(scores > score) & ~self.chosen[pairs]]
        text = f"Score {score:,}: "
        if pairs.size == 1:
            return f"{text}the only allowed mentor{which}."
        if not better.size:
            if int(np.count_nonzero(scores >= score)) == 1:
                return f"{text}the best of {pairs.size:,} allowed mentors{which}."
            return f"{text}none of the {pairs.size:,} allowed mentors{which} that are left scores higher."
        rank = int(np.count_nonzero(scores > score)) + 1
        best = int(better[np.argmax(problem.score[better])])
        mentor_id = problem.mentor_ids[int(problem.mentor[best])]
        text += f"{ordinal(rank)} best of {counted(pairs.size, 'allowed mentor', 'allowed mentors')}{which}; "
        text += "the best of the others" if rank > better.size + 1 else "the best"
        text += f", {problem.name(mentor_id)}, scores {int(problem.score[best]):,}"
        if self.full[problem.mentor[best]]:
            text += " and is full"
        if self.graph is not None:
            (regret,) = regrets_of_pairs(self.graph, mentee, np.array([best]))
            if regret is not None:
                text += f": taking {problem.name(mentor_id)} {price_in_words(regret)} in total"
        return text + "."
