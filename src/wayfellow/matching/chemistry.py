"""A chemistry round: everybody talks with a few possible partners first, and what both sides say feeds the match.

Letting people choose is the best-tested lever there is (Kendall and Smith-Jentsch 2015), so a "no" of either side is
kept, and a "yes" of either side counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from wayfellow.matching.errors import Finding, ProblemError
from wayfellow.matching.problem import LARGEST_COUNT, LARGEST_POINTS, LARGEST_SCORE, Flags, Ints, Problem
from wayfellow.matching.result import Result
from wayfellow.matching.solve import OnProgress, match

Side = Literal["mentee", "mentor"]
Word = Literal["prefer", "neutral", "avoid"]

# A "prefer" of one side adds this to a score of 10,000: as much as a twentieth of a perfect fit.
PREFER_POINTS = 500
CRITERION = "chemistry"
RULE = "avoided"


@dataclass(frozen=True, eq=False)
class ChemistryRound:
    """Who talks with whom before the match.

    Args:
        result: the talks as pairs, with their proof, on the cohort with talks in place of wishes and capacities.
    """

    result: Result

    @property
    def talks(self) -> list[tuple[str, str]]:
        """The talks as (mentee id, mentor id), sorted."""
        return self.result.pairs


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says of the other after a talk.

    Args:
        mentee_id, mentor_id: who talked.
        side: which of the two answers.
        answer: "prefer", "neutral" or "avoid".
    """

    mentee_id: str
    mentor_id: str
    side: Side
    answer: Word


def chemistry_round(
    problem: Problem,
    n: int,
    *,
    seed: int = 0,
    most_talks: Mapping[str, int] | None = None,
    on_progress: OnProgress | None = None,
) -> ChemistryRound:
    """Give each mentee up to n mentors to talk with: most mentees with a talk, then most talks, then the best scores.

    Pinned pairs always talk, and count. Mentees who want no mentor have no talks.

    Args:
        problem: the cohort.
        n: most talks of each mentee, 1 or more.
        seed: what ties are drawn with.
        most_talks: most talks of some mentors by id; the others have n for each mentee they can take.
        on_progress: as in `match`.

    Raises:
        ValueError: n is less than 1.
        ProblemError: `most_talks` names nobody, is less than 0, or less than the mentor's pins.
        CannotSolve: the solver gave no answer.
    """
    if n < 1:
        raise ValueError(f"a mentee needs at least 1 talk, not {n}")
    pins = np.flatnonzero(problem.pinned)
    held_mentee = np.bincount(problem.mentee[pins], minlength=len(problem.mentee_ids))
    held_mentor = np.bincount(problem.mentor[pins], minlength=len(problem.mentor_ids))
    n = min(n, LARGEST_COUNT)
    talks = np.maximum(np.minimum(problem.capacity * n, LARGEST_COUNT), held_mentor)
    findings: list[Finding] = []
    at = {mentor_id: position for position, mentor_id in enumerate(problem.mentor_ids)}
    for mentor_id, most in (most_talks or {}).items():
        if mentor_id not in at:
            findings.append(Finding(f"{mentor_id!r} is not among the mentors", "mentors"))
        elif most < 0:
            findings.append(Finding(f"{mentor_id} cannot have {most} talks", "mentors"))
        elif most < held_mentor[at[mentor_id]]:
            text = f"{mentor_id} may have {most} talks and is pinned to {held_mentor[at[mentor_id]]} mentees"
            findings.append(Finding(text, "mentors"))
        else:
            talks[at[mentor_id]] = most
    if findings:
        raise ProblemError(findings)
    round_ = replace(
        problem,
        want=np.where(problem.want > 0, np.maximum(n, held_mentee), 0),
        capacity=talks,
        minimum=np.zeros_like(problem.minimum),
    )
    return ChemistryRound(match(round_, seed=seed, on_progress=on_progress))


def apply_answers(
    problem: Problem,
    answers: Iterable[Answer],
    *,
    talked: Sequence[tuple[str, str]],
    prefer_points: int = PREFER_POINTS,
) -> Problem:
    """The cohort with what people said after their talks, ready for the match.

    A pair that either side would avoid is not allowed any more, which counts as rule "avoided". A "prefer" adds points
    to the pair's score, twice when both sides say so; they show as criterion "chemistry" where points do. A "neutral",
    or no answer, changes nothing.

    Args:
        problem: the cohort that the round was made of.
        answers: at most one of each side of each talk.
        talked: the pairs who talked: `ChemistryRound.talks`.
        prefer_points: what one "prefer" adds.

    Raises:
        ValueError: `prefer_points` is negative, or too large to be shown as points.
        ProblemError: with everything that is wrong with the answers: unknown people or words, two answers of one side,
            an answer about a pair that did not talk, a pinned pair that one side would avoid.
    """
    if prefer_points < 0:
        raise ValueError(f"a preference cannot add {prefer_points} points")
    findings: list[Finding] = []
    added = np.zeros(problem.score.size, dtype=np.int64)
    avoided = np.zeros(problem.score.size, dtype=bool)
    mentee_at = {person: at for at, person in enumerate(problem.mentee_ids)}
    mentor_at = {person: at for at, person in enumerate(problem.mentor_ids)}
    did_talk = set(talked)
    heard: set[tuple[str, str, str]] = set()
    for row, said in enumerate(answers):
        faults = _amiss(said, mentee_at, mentor_at, did_talk, heard)
        heard.add((said.mentee_id, said.mentor_id, said.side))
        pair = None if faults else problem.pair_at(mentee_at[said.mentee_id], mentor_at[said.mentor_id])
        if not faults and pair is None:
            faults = {"": f"{said.mentee_id} and {said.mentor_id} are no allowed pair"}
        if pair is not None and said.answer == "avoid":
            avoided[pair] = True
            if problem.pinned[pair]:
                faults = {"answer": f"{said.mentee_id} and {said.mentor_id} are pinned to each other"}
        if pair is not None and said.answer == "prefer":
            added[pair] += prefer_points
            if int(problem.score[pair]) + int(added[pair]) > LARGEST_SCORE:
                faults = {"answer": f"its points take the pair beyond the largest score, {LARGEST_SCORE:,}"}
        findings += [Finding(text, "answers", row, column) for column, text in faults.items()]
    if findings:
        raise ProblemError(findings)
    return _changed(problem, added, avoided)


def _amiss(
    said: Answer,
    mentee_at: Mapping[str, int],
    mentor_at: Mapping[str, int],
    did_talk: set[tuple[str, str]],
    heard: set[tuple[str, str, str]],
) -> dict[str, str]:
    """What is wrong with an answer by itself, by column."""
    faults = {}
    if said.mentee_id not in mentee_at:
        faults["mentee_id"] = f"{said.mentee_id!r} is not among the mentees"
    if said.mentor_id not in mentor_at:
        faults["mentor_id"] = f"{said.mentor_id!r} is not among the mentors"
    if said.side not in get_args(Side):
        faults["side"] = f"{said.side!r} is not mentee or mentor"
    if said.answer not in get_args(Word):
        faults["answer"] = f"{said.answer!r} is not prefer, neutral or avoid"
    if faults:
        return faults
    if (said.mentee_id, said.mentor_id) not in did_talk:
        return {"": f"{said.mentee_id} and {said.mentor_id} did not talk"}
    if (said.mentee_id, said.mentor_id, said.side) in heard:
        return {"": f"the {said.side} of {said.mentee_id} and {said.mentor_id} has answered before"}
    return {}


def _changed(problem: Problem, added: Ints, avoided: Flags) -> Problem:
    """The cohort without the pairs that are avoided, and with points added to others."""
    keep = np.flatnonzero(~avoided)
    out = np.bincount(problem.mentee[avoided], minlength=len(problem.mentee_ids)).astype(np.int64)
    removed = dict(problem.removed)
    if avoided.any():
        removed[RULE] = removed.get(RULE, 0) + out
    criteria, points = problem.criteria, problem.points
    if points is not None:
        if CRITERION not in criteria:
            criteria = (*criteria, CRITERION)
            points = np.hstack([points, np.zeros((added.size, 1), dtype=points.dtype)])
        column = criteria.index(CRITERION)
        own = points[:, column] + added
        if own.max(initial=0) > LARGEST_POINTS:
            raise ValueError(f"preferences cannot add more than {LARGEST_POINTS:,} points to a pair")
        points = points[keep]
        points[:, column] = own[keep]
    return replace(
        problem,
        mentee=problem.mentee[keep],
        mentor=problem.mentor[keep],
        score=(problem.score + added)[keep],
        pinned=problem.pinned[keep],
        removed=removed,
        criteria=criteria,
        points=points,
    )
