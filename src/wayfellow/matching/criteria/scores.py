"""Scores of the pairs of a cohort, block by block, and what each criterion adds to them."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.criteria import goals, hours, language, perspective, readiness, skills, time_zone
from wayfellow.matching.criteria.linear import Linear, Product
from wayfellow.matching.criteria.person import Person
from wayfellow.matching.criteria.rules import Barred
from wayfellow.matching.criteria.weights import BY_CODE, UNITS, UNITS_PER_POINT, units_of
from wayfellow.matching.problem import Ints
from wayfellow.matching.result import Caution

NOT_ALLOWED = -1
BLOCK = 128
_PAIRS_AT_ONCE = 20_000
_LINEAR = {
    "skills": skills,
    "goals": goals,
    "time_zone": time_zone,
    "language": language,
    "readiness": readiness,
}


class PeopleScores:
    """What pairs are worth: integers from 0 to 10,000, the same in whatever order people come.

    Args:
        mentees, mentors: the two sides, in the order in which pairs are to be numbered.
        weights: criterion → weight, for every criterion.
        barred: the pairs that hard rules forbid.
        dimensions: dimensions along which a difference of perspective is wanted.

    Attributes:
        criteria: the criteria that have data and weigh something.
        weights: their weights, rescaled to 100.
        cautions: criteria that had to be dropped.
    """

    def __init__(
        self,
        mentees: Sequence[Person],
        mentors: Sequence[Person],
        *,
        weights: Mapping[str, float],
        barred: Barred,
        dimensions: Sequence[str] = (),
    ) -> None:
        self.mentees, self.mentors = tuple(mentees), tuple(mentors)
        self.dimensions = tuple(perspective.usable(mentees, mentors, dimensions))
        present = self._present()
        units = units_of(weights, present)
        self.criteria = tuple(units)
        self.weights = {code: part / UNITS * 100 for code, part in units.items()}
        self.cautions = (*_dropped(weights, present, asked=bool(dimensions)), *barred.cautions)
        self._barred = barred
        self._hours: hours.Hours | None = None
        parts: list[tuple[int, Linear]] = []
        for at, (code, part) in enumerate(units.items()):
            if code == "hours":
                self._hours, rest = hours.encode(mentees, mentors, part)
                parts += [(at, linear) for linear in rest]
            elif code == "perspective":
                parts += [(at, linear) for linear in perspective.encode(mentees, mentors, part, self.dimensions)]
            else:
                parts += [(at, linear) for linear in _LINEAR[code].encode(mentees, mentors, part)]
        if self._hours is None and barred.min_hours:
            self._hours, _ = hours.encode(mentees, mentors, 0)
        parts += [(-1, linear) for linear in barred.by_class.values()]
        self._product = Product(parts, mentees=len(mentees), mentors=len(mentors))
        self._single = _by_mentee(barred, len(mentees))

    def block(self, start: int, stop: int) -> NDArray[np.int16]:
        """Scores of these mentees with every mentor, (stop - start, m); -1 where a rule forbids the pair."""
        units = self._product.rows(start, stop)
        short = None
        if self._hours is not None:
            counts = self._hours.in_common(start, stop)
            short = counts < self._barred.min_hours if self._barred.min_hours else None
            np.minimum(counts, hours.ENOUGH, out=counts)
            units += np.multiply(counts, self._hours.unit, dtype=np.float32)
        units *= np.float32(1 / UNITS_PER_POINT)
        np.rint(units, out=units)
        np.maximum(units, NOT_ALLOWED, out=units)
        scores = units.astype(np.int16)
        if short is not None:
            scores[short] = NOT_ALLOWED
        row, column, at = self._single
        entries = slice(at[start], at[stop])
        scores[row[entries] - start, column[entries]] = NOT_ALLOWED
        return scores

    def blocks(self, size: int = BLOCK) -> Iterator[tuple[int, NDArray[np.int16]]]:
        """All scores: the first mentee of each block, and its scores."""
        for start in range(0, len(self.mentees), size):
            yield start, self.block(start, min(start + size, len(self.mentees)))

    def removed(self) -> dict[str, Ints]:
        """For each rule that forbids any pair, how many of each mentee's pairs."""
        removed: dict[str, Ints] = {}
        for rule, linear in self._barred.by_class.items():
            per_class = (linear.mentors < 0).sum(axis=1)
            removed[rule] = np.zeros(len(self.mentees), np.int64)
            removed[rule][linear.row] = per_class[linear.column]
        for rule, (mentee, _) in self._barred.pairs.items():
            removed[rule] = np.bincount(mentee, minlength=len(self.mentees)).astype(np.int64)
        if self._barred.min_hours and self._hours is not None:
            counts = [
                np.count_nonzero(self._hours.in_common(start, start + BLOCK) < self._barred.min_hours, axis=1)
                for start in range(0, len(self.mentees), BLOCK)
            ]
            removed["no_common_hours"] = np.concatenate([np.zeros(0, np.int64), *counts]).astype(np.int64)
        return {rule: count for rule, count in removed.items() if count.any()}

    def rules_against(self, mentee: int, mentor: int) -> list[str]:
        """The rules that forbid a pair."""
        return [rule for rule, mentors in self.ruled_out(mentee).items() if mentors[mentor]]

    def ruled_out(self, mentee: int) -> dict[str, NDArray[np.bool_]]:
        """For each rule that forbids any pair of a mentee, which mentors it takes from them, (m,)."""
        found = {}
        for rule, linear in self._barred.by_class.items():
            found[rule] = (linear.mentors[linear.column[linear.row == mentee]] < 0).any(axis=0)
        if self._barred.min_hours and self._hours is not None:
            found["no_common_hours"] = self._hours.in_common(mentee, mentee + 1)[0] < self._barred.min_hours
        for rule, (one, other) in self._barred.pairs.items():
            found[rule] = np.zeros(len(self.mentors), np.bool_)
            found[rule][other[one == mentee]] = True
        return {rule: mentors for rule, mentors in found.items() if mentors.any()}

    def points(self, mentee: NDArray[np.integer], mentor: NDArray[np.integer]) -> NDArray[np.int32]:
        """What each criterion adds to the score of single pairs, (pairs, criteria).

        Points are whole and sum to the score exactly: what rounding leaves goes to the largest remainders.
        """
        points = np.zeros((len(mentee), len(self.criteria)), np.int32)
        for start in range(0, len(mentee), _PAIRS_AT_ONCE):
            some = slice(start, start + _PAIRS_AT_ONCE)
            points[some] = self._points(mentee[some], mentor[some])
        return points

    def _points(self, mentee: NDArray[np.integer], mentor: NDArray[np.integer]) -> NDArray[np.int64]:
        units = self._product.at_pairs(mentee, mentor, len(self.criteria))
        if "hours" in self.criteria and self._hours is not None:
            counts = np.minimum(self._hours.at_pairs(mentee, mentor), hours.ENOUGH)
            units[:, self.criteria.index("hours")] += counts * self._hours.unit
        points, remainder = np.divmod(units, UNITS_PER_POINT)
        score = np.rint(units.sum(axis=1) / UNITS_PER_POINT).astype(np.int64)
        left = score - points.sum(axis=1)
        order = np.argsort(-remainder, axis=1, kind="stable")
        place = np.argsort(order, axis=1, kind="stable")
        return points + (place < left[:, None])

    def reasons(self, mentee: int, mentor: int) -> list[str]:
        """Why these two fit, as a person would say it: what adds most first, and only what is so."""
        points = self.points(np.array([mentee]), np.array([mentor]))[0]
        one, other = self.mentees[mentee], self.mentors[mentor]
        found = []
        for at in np.argsort(-points, kind="stable"):
            if points[at] > 0 and (text := self._sentence(self.criteria[at], one, other)):
                found.append(text)
        return found

    def _sentence(self, code: str, mentee: Person, mentor: Person) -> str | None:
        if code == "perspective":
            return perspective.sentence(mentee, mentor, self.dimensions)
        if code == "hours":
            return hours.sentence(mentee, mentor)
        return _LINEAR[code].sentence(mentee, mentor)

    def _present(self) -> set[str]:
        present = {code for code, criterion in _LINEAR.items() if criterion.has_data(self.mentees, self.mentors)}
        if hours.has_data(self.mentees, self.mentors):
            present = (present | {"hours"}) - {"time_zone"}
        if self.dimensions:
            present.add("perspective")
        return present


def _by_mentee(barred: Barred, mentees: int) -> tuple[Ints, Ints, Ints]:
    """Pairs forbidden one by one, sorted by mentee, and where each mentee's begin."""
    row = np.concatenate([np.zeros(0, np.int64), *(places[0] for places in barred.pairs.values())])
    column = np.concatenate([np.zeros(0, np.int64), *(places[1] for places in barred.pairs.values())])
    order = np.argsort(row, kind="stable")
    return row[order], column[order], np.concatenate([[0], np.cumsum(np.bincount(row, minlength=mentees))])


def _dropped(weights: Mapping[str, float], present: set[str], *, asked: bool) -> list[Caution]:
    """Criteria that weigh something and have no data, in one sentence where those are all.

    Perspective counts only when somebody asked for it.
    """
    if not any(weights[code] > 0 for code in present):
        return [Caution("nothing_scored", "Nothing is scored: of no criterion is there anything to compare.")]
    found = []
    for code, criterion in BY_CODE.items():
        if weights[code] <= 0 or code in present or (code == "perspective" and not asked):
            continue
        if code == "hours" and "time_zone" in present:
            text = "Availability is not known on both sides: closeness of time zones stands in for it."
            found.append(Caution("criterion_replaced", text))
        elif code != "time_zone":
            text = f"{criterion.label}: there is nothing to compare, so this is not scored, and the other weights are"
            found.append(Caution("criterion_dropped", f"{text} rescaled."))
    return found
