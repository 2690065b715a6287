"""Match people, however many pairs they make: all pairs at once, or a few good ones and then all that better them.

Beyond some two million allowed pairs a cohort is solved on a short list of pairs. The prices that prove that result
then tell which of all other pairs would better it; those are added, and so on until there is none. What comes out is
the best over all pairs, ties included, pair for pair what `match` finds when it is given all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from wayfellow.matching.criteria.person import Person
from wayfellow.matching.criteria.rules import Rules
from wayfellow.matching.criteria.scores import PeopleScores
from wayfellow.matching.flow.levels import costs_on, solve_levels
from wayfellow.matching.flow.network import Flow, Network, narrow, network_of, whole
from wayfellow.matching.flow.ties import cost_of, pair_hasher, tie_bits
from wayfellow.matching.objectives.lexicographic import ORDER, break_ties, result_of
from wayfellow.matching.people.from_people import (
    MOST_EXPLICIT,
    Cohort,
    IdPair,
    allowed_pairs,
    cohort_of,
)
from wayfellow.matching.people.pricing import (
    Keys,
    Prices,
    ScoreTable,
    better_pairs,
    equal_pairs,
    most_of_each,
    prices_in_one,
)
from wayfellow.matching.people.shortlist import shortlist
from wayfellow.matching.problem import Ints, Problem
from wayfellow.matching.result import Caution, ObjectiveName, Result
from wayfellow.matching.solve import OnProgress, match

# Objectives whose prices tell what any other pair would give.
BY_PRICES: tuple[ObjectiveName, ...] = (
    "participation_score",
    "free_score",
    "min_pair_score",
    "balanced",
    "minimums",
)
# Of a mentee's pairs that would better a result, so many are added at once.
_ADDED = 16


class PeopleResult(NamedTuple):
    """A match run of people, and what its scores are made of; positions are the same in both."""

    result: Result
    scores: PeopleScores


def match_people(
    people: Sequence[Person],
    *,
    objective: ObjectiveName = "participation_score",
    seed: int = 0,
    min_score: int | None = None,
    weights: Mapping[str, float] | None = None,
    rules: Rules | None = None,
    perspective: Sequence[str] = (),
    pins: Sequence[IdPair] = (),
    forbids: Sequence[IdPair] = (),
    stratify_by: str | None = None,
    most_pairs: int = MOST_EXPLICIT,
    each_mentee: int = 24,
    each_mentor: int = 6,
    on_progress: OnProgress | None = None,
) -> PeopleResult:
    """The best pairs of people under an objective, over all pairs that the rules allow, with the proof.

    >>> ana = Person("ana", is_mentee=True, goals=("public speaking",))
    >>> leo = Person("leo", is_mentor=True, goals=("public speaking",))
    >>> match_people([ana, leo]).result.pairs
    [('ana', 'leo')]

    Args:
        people, weights, rules, perspective, pins, forbids, stratify_by: as in `problem_from_people`.
        objective, seed, min_score, on_progress: as in `match`.
        most_pairs: beyond so many allowed pairs the result's problem holds only those that were looked at one by one,
            where the objective allows (`BY_PRICES`); a caution says so.
        each_mentee, each_mentor: how many pairs of each to begin with in that case. They change how long it takes, not
            what is found.

    Raises:
        ProblemError: with everything that is wrong.
        ValueError: the objective is unknown, or `min_score` is missing or out of place.
        CannotSolve: the solver gave no answer.
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
    scores = cohort.scores
    tell = on_progress or _silent
    tell("scores")
    table = ScoreTable(scores)
    most = most_pairs if objective in BY_PRICES else table.allowed
    if table.allowed <= most and (pairs := allowed_pairs(table.rows(), table.mentors, most)) is not None:
        del table
        problem = cohort.problem(*pairs, removed=scores.removed())
        result = match(problem, objective=objective, seed=seed, min_score=min_score, on_progress=on_progress)
        return PeopleResult(replace(result, cautions=(*scores.cautions, *result.cautions)), scores)
    if (objective == "min_pair_score") != (min_score is not None):
        raise ValueError("min_score goes with the objective min_pair_score, and only with it")
    search = _Search(cohort, table, objective, seed, min_score, tell)
    return PeopleResult(search.run(each_mentee, each_mentor), scores)


def _silent(step: str) -> None:
    """Nobody is told."""


class _Search:
    """The pairs looked at so far, and what they give."""

    def __init__(
        self,
        cohort: Cohort,
        table: ScoreTable,
        objective: ObjectiveName,
        seed: int,
        min_score: int | None,
        on_progress: OnProgress,
    ) -> None:
        self.cohort, self.table, self.objective, self.seed, self.min_score = cohort, table, objective, seed, min_score
        self.tell = on_progress
        self.names = ORDER[objective]
        self.floor = 0 if min_score is None else max(min_score, 0)
        self.keys: Keys = np.zeros(0, np.int64)
        mentees, mentors = cohort.scores.mentees, cohort.scores.mentors
        self.ties = pair_hasher(
            tuple(person.id for person in mentees), tuple(person.id for person in mentors), seed=seed
        )
        none, nowhere = np.zeros(0, np.int64), np.zeros(0, np.int32)
        self.problem = replace(cohort, pins=(none, none)).problem(nowhere, nowhere, none, removed={})

    def run(self, each_mentee: int, each_mentor: int) -> Result:
        """Look at more and more pairs until no other can better the result."""
        mentee, mentor = self.cohort.pins
        self.tell("candidates")
        short = shortlist(self.table, each_mentee=each_mentee, each_mentor=each_mentor, ties=self.ties)
        self.look_at(np.union1d(short, mentee * self.table.mentors + mentor))
        while True:
            self.tell("solve")
            network = self.network()
            solved = solve_levels(whole(network), [network.costs(name) for name in self.names])
            self.tell("price")
            prices = prices_in_one(network, self.names, solved.prices)
            more = better_pairs(self.table, prices, self.keys, floor=self.floor, most=_ADDED, ties=self.ties)
            if not len(more):
                break
            self.look_at(more)
        self.tell("ties")
        face = solved.face
        while True:
            flow, tie_prices = break_ties(self.problem, face, seed=self.seed)
            more = self.better_ties(prices, tie_prices)
            if not len(more):
                return self.result(network, flow, (*solved.prices, tie_prices))
            self.look_at(more)
            network = self.network()
            face = whole(network)
            for name, price in zip(self.names, solved.prices, strict=True):
                face = narrow(face, price, *costs_on(face, network.costs(name)))

    def look_at(self, more: Keys) -> None:
        """Put pairs by number among those looked at."""
        self.keys = np.union1d(self.keys, more)
        self.problem = self.with_pairs(self.keys)
        pinned = np.zeros(len(self.keys), np.bool_)
        mentee, mentor = self.cohort.pins
        pinned[np.searchsorted(self.keys, mentee * self.table.mentors + mentor)] = True
        self.problem = replace(self.problem, score=self.table.at(self.keys), pinned=pinned)

    def with_pairs(self, keys: Keys) -> Problem:
        """The problem with other pairs."""
        mentee, mentor = np.divmod(keys, self.table.mentors)
        return replace(self.problem, mentee=mentee.astype(np.int32), mentor=mentor.astype(np.int32))

    def network(self) -> Network:
        """The network of the pairs looked at, with every seat that any allowed pair could lead to."""
        could_take = np.full(self.table.mentors, self.table.mentees, np.int64)
        return network_of(self.problem, self.objective, min_score=self.min_score, could_take=could_take)

    def better_ties(self, prices: Prices, tie_prices: Ints) -> Keys:
        """Pairs not yet looked at by which the sum of the tie hashes would fall, some of each mentee."""
        n, m = self.table.mentees, self.table.mentors
        bits = tie_bits(n + m + 1)
        found = [np.zeros(0, np.int64)]
        for keys in equal_pairs(self.table, prices, self.keys, floor=self.floor):
            mentee, mentor = np.divmod(keys, m)
            gain = tie_prices[mentee] - tie_prices[mentor + n] - cost_of(self.ties(mentee, mentor), bits=bits)
            better = gain > 0
            found.append(most_of_each(keys[better], gain[better], m, _ADDED, self.ties))
        return np.concatenate(found)

    def result(self, network: Network, flow: Flow, prices: Sequence[Ints]) -> Result:
        """The result over all pairs."""
        scores, lean = self.cohort.scores, self.problem
        problem = self.cohort.problem(lean.mentee, lean.mentor, lean.score, removed=scores.removed())
        priced = Caution(
            "pairs_priced",
            f"Of {self.table.allowed:,} allowed pairs {len(self.keys):,} were looked at one by one; the prices that "
            "prove the result rule out that any other betters it.",
        )
        found = result_of(
            problem, network, flow, prices, objective=self.objective, seed=self.seed, min_score=self.min_score
        )
        return replace(found, cautions=(*scores.cautions, *found.cautions, priced))
