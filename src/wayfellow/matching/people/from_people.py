"""Build a `Problem` from people: what each pair is worth, and which pairs the rules forbid."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.build.arrays import pins_over
from wayfellow.matching.criteria.checks import findings_of_people
from wayfellow.matching.criteria.person import Person
from wayfellow.matching.criteria.rules import Places, Rules, barred, findings_of_rules, words_of
from wayfellow.matching.criteria.scores import PeopleScores
from wayfellow.matching.criteria.weights import CRITERIA, findings_of_weights
from wayfellow.matching.errors import Finding, ProblemError
from wayfellow.matching.problem import Ints, Positions, Problem

# Beyond so many allowed pairs a cohort is matched through candidates and prices: see `match_people`.
MOST_EXPLICIT = 2_000_000
# Up to so many pairs each carries its points in the problem; beyond, `PeopleScores.points` tells those of a few.
MOST_WITH_POINTS = 300_000

IdPair = tuple[str, str]


class PeopleProblem(NamedTuple):
    """A cohort of people as a problem, and what its scores are made of; positions are the same in both."""

    problem: Problem
    scores: PeopleScores


class TooManyPairs(ValueError):
    """The cohort has more allowed pairs than were to be listed one by one."""


@dataclass(frozen=True, eq=False)
class Cohort:
    """People in canonical order, scored.

    Args:
        scores: what pairs are worth.
        pins: pairs that must be in the result, as positions of mentees and of mentors, sorted.
        stratum: the group of each mentee for a lottery, empty when there are none.
    """

    scores: PeopleScores
    pins: tuple[Places, Places]
    stratum: tuple[str, ...]

    def problem(
        self, mentee: Positions, mentor: Positions, score: NDArray[np.integer], *, removed: Mapping[str, Ints]
    ) -> Problem:
        """The problem that holds these of the allowed pairs, sorted by (mentee, mentor).

        Args:
            removed: pairs that each rule took from each mentee.
        """
        mentees, mentors = self.scores.mentees, self.scores.mentors
        width = max(len(mentors), 1)
        key = mentee.astype(np.int64) * width + mentor
        pinned = np.zeros(len(key), np.bool_)
        pinned[np.searchsorted(key, self.pins[0] * width + self.pins[1])] = True
        strata = tuple(sorted(set(self.stratum)))
        layers = {name: at for at, name in enumerate(strata)}
        return Problem(
            mentee_ids=tuple(person.id for person in mentees),
            mentor_ids=tuple(person.id for person in mentors),
            want=np.array([person.want for person in mentees], np.int64),
            capacity=np.array([person.capacity for person in mentors], np.int64),
            minimum=np.array([person.minimum for person in mentors], np.int64),
            mentee=mentee,
            mentor=mentor,
            score=score.astype(np.int64),
            pinned=pinned,
            stratum=np.array([layers[name] for name in self.stratum], np.int32) if strata else None,
            strata=strata,
            removed=removed,
            names={person.id: person.name for person in (*mentees, *mentors) if person.name},
            criteria=self.scores.criteria,
            points=self.scores.points(mentee, mentor) if len(mentee) <= MOST_WITH_POINTS else None,
        )


def problem_from_people(
    people: Sequence[Person],
    *,
    weights: Mapping[str, float] | None = None,
    rules: Rules | None = None,
    perspective: Sequence[str] = (),
    pins: Sequence[IdPair] = (),
    forbids: Sequence[IdPair] = (),
    stratify_by: str | None = None,
    most_pairs: int = MOST_EXPLICIT,
) -> PeopleProblem:
    """Score every pair of mentee and mentor, and keep those that no rule forbids.

    >>> ana = Person("ana", is_mentee=True, skills_wanted={"strategy": 4}, languages=frozenset(["Portuguese"]))
    >>> leo = Person("leo", is_mentor=True, skills_offered={"strategy": 5}, languages=frozenset(["Portuguese"]))
    >>> problem, scores = problem_from_people([ana, leo])
    >>> problem.score.tolist(), problem.criteria, problem.points.tolist()
    ([10000], ('skills', 'language'), [[8750, 1250]])
    >>> scores.reasons(0, 0)
    ['Offers strategy at level 5, wanted 4', 'Both speak Portuguese']

    Args:
        people: mentees, mentors, who is both, and who is neither but stands in the reporting line; in any order.
        weights: criterion → weight, for those that are to differ from the defaults; see `criteria.weights.CRITERIA`.
        rules: the hard rules; by default reporting line, common language and an hour in common.
        perspective: dimensions along which a difference is welcome; without any, that criterion is left out.
        pins: pairs (mentee id, mentor id) that must be in the result.
        forbids: pairs that must not be.
        stratify_by: which of `Person.groups` are the strata of a lottery.
        most_pairs: refuse beyond so many allowed pairs.

    Raises:
        ProblemError: with everything that is wrong. Rows of table "people" count as in `people`, those of "pins" and
            "forbids" as in these.
        TooManyPairs: there are more allowed pairs than `most_pairs`; `match_people` matches such a cohort.
    """
    cohort = cohort_of(
        people,
        weights=weights,
        rules=rules,
        perspective=perspective,
        pins=pins,
        forbids=forbids,
        stratify_by=stratify_by,
    )
    pairs = allowed_pairs(cohort.scores.blocks(), len(cohort.scores.mentors), most_pairs)
    if pairs is None:
        raise TooManyPairs(f"more than {most_pairs:,} pairs are allowed; match_people matches such a cohort")
    return PeopleProblem(cohort.problem(*pairs, removed=cohort.scores.removed()), cohort.scores)


def cohort_of(
    people: Sequence[Person],
    *,
    weights: Mapping[str, float] | None = None,
    rules: Rules | None = None,
    perspective: Sequence[str] = (),
    pins: Sequence[IdPair] = (),
    forbids: Sequence[IdPair] = (),
    stratify_by: str | None = None,
) -> Cohort:
    """Check people and rules, and get ready to score. Arguments and errors as in `problem_from_people`."""
    weights, rules = dict(weights or {}), rules or Rules()
    findings = [*findings_of_people(people), *findings_of_weights(weights), *findings_of_rules(rules)]
    if findings:
        raise ProblemError(findings)
    ordered = sorted(people, key=lambda person: person.id)
    mentees = [person for person in ordered if person.is_mentee]
    mentors = [person for person in ordered if person.is_mentor]
    mentee_at = {person.id: i for i, person in enumerate(mentees)}
    mentor_at = {person.id: j for j, person in enumerate(mentors)}
    pinned, pin_rows, findings = _places(pins, mentee_at, mentor_at, "pins")
    forbidden, _, unknown = _places(forbids, mentee_at, mentor_at, "forbids")
    findings += unknown
    if findings:
        raise ProblemError(findings)
    rules_at_work = barred(mentees, mentors, rules, everybody=ordered, forbidden=forbidden)
    scores = PeopleScores(
        mentees,
        mentors,
        weights={criterion.code: weights.get(criterion.code, criterion.weight) for criterion in CRITERIA},
        barred=rules_at_work,
        dimensions=perspective,
    )
    findings = _pins_amiss(scores, pinned, pin_rows, rules)
    if findings:
        raise ProblemError(findings)
    stratum = () if stratify_by is None else tuple(person.groups.get(stratify_by, "") for person in mentees)
    return Cohort(scores, pinned, stratum)


def allowed_pairs(
    rows: Iterable[tuple[int, NDArray[np.int16]]], mentors: int, most: int
) -> tuple[Positions, Positions, NDArray[np.int16]] | None:
    """Positions and scores of all allowed pairs, sorted; None when there are more than `most`.

    Args:
        rows: the scores of some mentees at a time, and the first of them.
        mentors: how many mentors there are.
    """
    width, count = max(mentors, 1), 0
    places, worth = [np.zeros(0, np.int64)], [np.zeros(0, np.int16)]
    for start, block in rows:
        flat = block.ravel()
        at = np.flatnonzero(flat >= 0)
        count += len(at)
        if count > most:
            return None
        worth.append(flat[at])
        places.append(at + start * width)
    mentee, mentor = np.divmod(np.concatenate(places), width)
    return mentee.astype(np.int32), mentor.astype(np.int32), np.concatenate(worth)


def _places(
    pairs: Sequence[IdPair], mentee_at: Mapping[str, int], mentor_at: Mapping[str, int], table: str
) -> tuple[tuple[Places, Places], list[int], list[Finding]]:
    """Positions of pairs, sorted, the row of each, and what is wrong with them."""
    found: dict[tuple[int, int], int] = {}
    findings = []
    for row, (mentee_id, mentor_id) in enumerate(pairs):
        if mentee_id not in mentee_at:
            findings.append(Finding(f"{mentee_id!r} is not a mentee", table, row, "mentee_id"))
        if mentor_id not in mentor_at:
            findings.append(Finding(f"{mentor_id!r} is not a mentor", table, row, "mentor_id"))
        if mentee_id in mentee_at and mentor_id in mentor_at:
            place = mentee_at[mentee_id], mentor_at[mentor_id]
            if place in found:
                text = f"the pair of {mentee_id!r} and {mentor_id!r} stands here twice"
                findings.append(Finding(text, table, row))
            found.setdefault(place, row)
    ordered = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
    return (ordered[:, 0], ordered[:, 1]), [found[place] for place in sorted(found)], findings


def _pins_amiss(scores: PeopleScores, pins: tuple[Places, Places], rows: list[int], rules: Rules) -> list[Finding]:
    """Pins that a rule forbids, and pins beyond what a mentee wants or a mentor can take."""
    mentee, mentor = pins
    if not len(mentee):
        return []
    mentees, mentors = scores.mentees, scores.mentors
    findings = []
    for row, i, j in zip(rows, mentee.tolist(), mentor.tolist(), strict=True):
        for rule in scores.rules_against(i, j):
            text = f"{mentees[i].id!r} cannot be pinned to {mentors[j].id!r}: {words_of(rule, rules)}"
            findings.append(Finding(text, "pins", row))
    order = np.argsort(rows)
    in_order = np.array(rows, dtype=np.intp)[order]
    most = max(in_order) + 1
    mentee_of, mentor_of = np.zeros(most, np.int64), np.zeros(most, np.int64)
    mentee_of[in_order], mentor_of[in_order] = mentee[order], mentor[order]
    findings += pins_over(
        [person.id for person in mentees],
        [person.id for person in mentors],
        np.array([person.want for person in mentees], np.int64),
        np.array([person.capacity for person in mentors], np.int64),
        mentee_of,
        mentor_of,
        in_order,
        table="pins",
        columns=("mentee_id", "mentor_id"),
    )
    return findings
