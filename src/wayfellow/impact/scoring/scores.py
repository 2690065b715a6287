"""Score what people answered, and say how far the scores can be trusted."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfellow.impact.scoring.instrument import Instrument, Subscale, read_instrument
from wayfellow.impact.scoring.reliability import alpha, omega, pairwise_correlation, pairwise_covariance
from wayfellow.impact.scoring.responses import read_responses

Floats = NDArray[np.float64]

SCHEMA = "wayfellow-survey-scores/1"
SHOWN_FROM = 5  # people; a mean of fewer says too much about one of them
RELIABLE_FROM = 30  # people
ALPHA_LOW = 0.70
ALPHA_REFUSED = 0.60


@dataclass(frozen=True, slots=True)
class SubscaleScores:
    """One subscale over all people.

    Attributes:
        n: people with a score.
        n_too_few_answers: people who answered too few of its items to have one.
        mean, sd: of the scores; None with fewer than 5.
        alpha, alpha_standardised, omega: reliability; None with fewer than 30, or where it is not defined.
        sem: standard error of measurement, sd √(1 − alpha).
        reliable_change: difference of two scores of a person that error alone exceeds once in twenty times
            (Jacobson and Truax 1991).
    """

    name: str
    n: int
    n_too_few_answers: int
    mean: float | None
    sd: float | None
    alpha: float | None
    alpha_standardised: float | None
    omega: float | None
    sem: float | None
    reliable_change: float | None


@dataclass(frozen=True, slots=True)
class Note:
    """A code and its sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """What `wayfellow survey score` says.

    Attributes:
        people: (id, a score per subscale or None), by id. Only `people_csv` shows them.
    """

    instrument: Instrument
    subscales: tuple[SubscaleScores, ...]
    warnings: tuple[Note, ...]
    refused: tuple[Note, ...]
    people: tuple[tuple[str, tuple[float | None, ...]], ...] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the contract: nothing in it is about one person."""
        return {
            "schema": SCHEMA,
            "instrument": self.instrument.name,
            "version": self.instrument.version,
            "language": self.instrument.language,
            "licence": self.instrument.licence,
            "subscales": [asdict(one) for one in self.subscales],
            "warnings": [asdict(one) for one in self.warnings],
            "refused": [asdict(one) for one in self.refused],
        }

    def people_csv(self) -> bytes:
        """Id and one column per subscale; an empty cell where a person answered too little."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["id", *(one.name for one in self.subscales)])
        for person, values in self.people:
            writer.writerow([person, *("" if value is None else repr(value) for value in values)])
        return out.getvalue().encode()


def score(instrument: Instrument | Path | str, responses_path: Path | str) -> Scores:
    """Score the answers in a file.

    An item in `reverse` counts as min + max − x. A score is the mean of what a person answered, if that is at least the
    instrument's share of the items.

    Args:
        instrument: as `read_instrument` gives it, or the path of its file.
        responses_path: a CSV file with the column `id` and one column per item.

    Raises:
        BadInput: with a line for every problem of the file.
    """
    if not isinstance(instrument, Instrument):
        instrument = read_instrument(instrument)
    ids, answers = read_responses(responses_path, instrument)
    columns, found = [], []
    for subscale in instrument.subscales:
        turned = _turned(instrument, subscale, answers)
        scores = person_scores(turned, instrument.min_answered)
        columns.append([float(value) if np.isfinite(value) else None for value in scores])
        found.append(_summary(subscale.name, turned, scores))
    return Scores(
        instrument=instrument,
        subscales=tuple(found),
        warnings=tuple(note for one in found for note in _warnings(one)),
        refused=tuple(
            Note(
                "subscale_comparison",
                f"“{one.name}” must not be compared between groups: alpha is {one.alpha:.2f}, "
                f"less than {ALPHA_REFUSED:.2f}.",
            )
            for one in found
            if one.alpha is not None and one.alpha < ALPHA_REFUSED
        ),
        people=tuple(zip(ids, zip(*columns, strict=True), strict=True)),
    )


def person_scores(answers: Floats, min_answered: float) -> Floats:
    """Each person's mean over the items answered; nan where these are fewer than the share asked for.

    Args:
        answers: shape (n, items), turned round where that is due; nan is no answer.
        min_answered: share of the items, more than 0, at most 1; the number is rounded up.
    """
    given = np.sum(np.isfinite(answers), axis=1)
    enough = given >= max(1, math.ceil(min_answered * answers.shape[1] - 1e-9))
    total = np.nansum(answers, axis=1)
    return np.divide(total, given, out=np.full(len(answers), np.nan), where=enough)


def _turned(instrument: Instrument, subscale: Subscale, answers: dict[str, Floats]) -> Floats:
    ends = instrument.low + instrument.high
    return np.column_stack(
        [ends - answers[item] if item in subscale.reverse else answers[item] for item in subscale.items]
    )


def _summary(name: str, turned: Floats, scores: Floats) -> SubscaleScores:
    scored = scores[np.isfinite(scores)]
    mean = sd = raw = standardised = one_factor = sem = None
    if len(scored) >= SHOWN_FROM:
        mean, sd = float(np.mean(scored)), float(np.std(scored, ddof=1))
    if len(scored) >= RELIABLE_FROM:
        correlation = pairwise_correlation(turned)
        raw, standardised, one_factor = alpha(pairwise_covariance(turned)), alpha(correlation), omega(correlation)
    if sd is not None and raw is not None and raw <= 1:
        sem = sd * math.sqrt(1 - raw)
    return SubscaleScores(
        name=name,
        n=len(scored),
        n_too_few_answers=len(scores) - len(scored),
        mean=mean,
        sd=sd,
        alpha=raw,
        alpha_standardised=standardised,
        omega=one_factor,
        sem=sem,
        reliable_change=None if sem is None else 1.96 * math.sqrt(2) * sem,
    )


def _warnings(found: SubscaleScores) -> list[Note]:
    if found.n < SHOWN_FROM:
        text = f"“{found.name}”: fewer than {SHOWN_FROM} people have a score, so no figure about them is shown."
        return [Note("too_few_people", text)]
    if found.n < RELIABLE_FROM:
        text = f"“{found.name}”: with fewer than {RELIABLE_FROM} scores, its reliability cannot be judged."
        return [Note("reliability_unknown", text)]
    if found.alpha is None:
        text = f"“{found.name}”: its reliability is not defined; it needs two items or more, and answers that vary."
        return [Note("reliability_unknown", text)]
    if found.alpha < ALPHA_LOW:
        text = f"“{found.name}”: alpha is {found.alpha:.2f}, less than {ALPHA_LOW:.2f}; its items hang together poorly."
        return [Note("alpha_low", text)]
    return []
