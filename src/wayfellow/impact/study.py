"""The people of a plan as the estimators take them: arrays, some of which can be left out to look again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from wayfellow.impact.estimates.clusters import Clusters, clusters_from
from wayfellow.impact.estimates.matrix import Floats, Ints, Matrix, matrix
from wayfellow.impact.people import Groups, People
from wayfellow.impact.plan import Covariate, Outcome, Plan


@dataclass(frozen=True, slots=True)
class Study:
    """A plan with its people, or some of them.

    Attributes:
        arm: who is mentored (1), shape (n,): as drawn or as assigned; in a roll-out who ever is, by row; before and
            after all 1.
        rows: positions in `people` of those that are looked at, sorted.
    """

    plan: Plan
    people: People
    arm: Ints
    rows: Ints
    cache: dict[tuple[object, ...], object] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Rows that are looked at."""
        return len(self.rows)

    def only(self, rows: Ints) -> Study:
        """The same with some of its rows, by their positions here."""
        return replace(self, rows=self.rows[rows], arm=self.arm[rows], cache={})

    def value(self, column: str) -> Floats:
        """A column of numbers, nan where missing."""
        return self.people.numbers[column][self.rows]

    def columns(self, covariates: Sequence[Covariate], *, extra: Sequence[Covariate] = ()) -> Matrix:
        """Columns of covariates; those of the same covariates are made once."""
        key = ("columns", tuple(covariates), tuple(extra))
        if key not in self.cache:
            named = {one.column: one for one in (*extra, *covariates)}
            self.cache[key] = matrix(
                [(one.column, one.kind, one.square) for one in named.values()],
                numbers={one.column: self.value(one.column) for one in named.values() if one.kind == "number"},
                categories={
                    one.column: self._labels(self.people.categories[one.column])
                    for one in named.values()
                    if one.kind == "category"
                },
                size=self.size,
            )
        found = self.cache[key]
        assert isinstance(found, Matrix)  # noqa: S101
        return found

    @property
    def strata(self) -> Ints:
        """Code of the stratum of each, all 0 without strata."""
        groups = self.people.strata
        return np.zeros(self.size, dtype=np.int64) if groups is None else groups.codes[self.rows]

    @property
    def strata_columns(self) -> Floats:
        """A column for each stratum less the first."""
        codes = np.unique(self.strata)
        return np.column_stack([self.strata == code for code in codes]).astype(np.float64)[:, 1:]

    def clusters(self, rows: Ints | None = None) -> Clusters | None:
        """Clusters of those rows, by their positions here; None where the plan names none, or there is but one."""
        groups = self.people.clusters
        if groups is None:
            return None
        codes = groups.codes[self.rows]
        found = clusters_from(codes if rows is None else codes[rows])
        return found if found.count >= 2 else None

    def _labels(self, groups: Groups) -> tuple[tuple[str, ...], Ints]:
        return groups.labels, groups.codes[self.rows]


def study_of(plan: Plan, people: People) -> Study:
    """All people of a plan.

    Before and after everybody counts as mentored; in a roll-out whoever is in the programme by the last period.
    """
    if people.arm is not None:
        arm = people.arm
    elif people.first_period is not None and people.period is not None:
        last = int(people.period.max())
        arm = ((people.first_period > 0) & (people.first_period <= last)).astype(np.int64)
    else:
        arm = np.ones(people.size, dtype=np.int64)
    return Study(plan=plan, people=people, arm=arm, rows=np.arange(people.size))


def treatment_covariates(plan: Plan) -> tuple[Covariate, ...]:
    """Covariates of the model of who is mentored."""
    given = plan.analysis.treatment_covariates
    return plan.columns.covariates if given is None else given


def outcome_covariates(plan: Plan) -> tuple[Covariate, ...]:
    """Covariates of the model of the outcome."""
    given = plan.analysis.outcome_covariates
    return plan.columns.covariates if given is None else given


def observed(study: Study, outcome: Outcome) -> Ints:
    """Whether each has the outcome, 0 or 1; before and after, whether they have both."""
    if outcome.is_timed:
        return np.ones(study.size, dtype=np.int64)
    there = ~np.isnan(study.value(outcome.column or ""))
    if study.plan.design == "before-after" and outcome.baseline is not None:
        there &= ~np.isnan(study.value(outcome.baseline))
    return there.astype(np.int64)


def person_sides(study: Study) -> Mapping[int, int]:
    """How many people there are on each side."""
    _, first = np.unique(study.people.person[study.rows], return_index=True)
    sides = study.arm[first]
    return {0: int((sides == 0).sum()), 1: int((sides == 1).sum())}
