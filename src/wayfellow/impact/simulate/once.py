"""Companies with one row a person: by lottery, by self-selection, and before and after."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfellow.impact.simulate.draws import (
    MEAN,
    PROMOTED,
    PROMOTED_SPREAD,
    SITES,
    SPREAD,
    Floats,
    Staff,
    answers,
    mentors,
    staff,
    stream,
)
from wayfellow.impact.simulate.plans import plan_text
from wayfellow.impact.simulate.settings import Company, Settings

HORIZON = 12.0  # months until the survey


def once(settings: Settings) -> Company:
    """One survey after twelve months, and a career."""
    found = staff(settings)
    given = _given(settings, found)
    takes_part = given.copy()
    if settings.design == "lottery":
        takes_part &= stream(settings.seed, "take-up").random(settings.people) < settings.take_up
    cluster, shared = mentors(settings, takes_part)
    gain = np.where(takes_part, settings.effect, 0.0)
    keen = settings.unmeasured * found.keenness
    month, event = _leaving(found, keen, gain)
    stayed = event == 0
    answered = answers(settings, found, "answers") & stayed
    score = _score(settings, found, keen + shared + gain)
    chance = np.clip(
        PROMOTED + PROMOTED_SPREAD * (0.3 * keen + 0.25 * found.standing + 0.5 * shared + gain), 0.01, 0.99
    )
    promoted = stream(settings.seed, "promotion").random(settings.people) < chance
    columns: dict[str, list[Any]] = {
        "id": found.ids,
        "arm": given.astype(int).tolist(),
        "took_part": takes_part.astype(int).tolist(),
        "mentor": cluster,
        "site": [SITES[at] for at in found.site],
        "grade": found.grade.tolist(),
        "tenure_years": found.tenure.tolist(),
        "appraisal": found.appraisal.tolist(),
        "confidence_before": found.before.tolist(),
        "confidence_12m": [float(value) if there else None for value, there in zip(score, answered, strict=True)],
        "promoted_12m": [int(value) if there else None for value, there in zip(promoted, stayed, strict=True)],
        "months_here": month.tolist(),
        "left": event.tolist(),
    }
    unwanted = {"lottery": (), "comparison": ("took_part",), "before-after": ("arm", "took_part")}[settings.design]
    for name in unwanted:
        del columns[name]
    truth = {"confidence": float(SPREAD * gain[given].mean())}
    if settings.design != "before-after":
        truth["promotion"] = _raised(chance, gain, given)
    return Company(settings, plan_text(settings), columns, truth)


def _given(settings: Settings, found: Staff) -> NDArray[np.bool_]:
    """Who was given a mentor."""
    draw = stream(settings.seed, "given")
    if settings.design == "before-after":
        return np.ones(settings.people, dtype=bool)
    given = np.zeros(settings.people, dtype=bool)
    if settings.design == "lottery":
        for site in range(len(SITES)):
            there = draw.permutation(np.flatnonzero(found.site == site))
            given[there[: there.size // 2 + (there.size % 2) * int(draw.integers(2))]] = True
        return given
    wish = -0.7 + settings.self_selection * (0.8 * found.standing + 2 * settings.unmeasured * found.keenness)
    return draw.random(settings.people) < 1 / (1 + np.exp(-wish))


def _score(settings: Settings, found: Staff, moved: Floats) -> Floats:
    """Confidence after twelve months: it regresses to the mean, and everybody grows by two points."""
    noise = stream(settings.seed, "confidence").normal(size=settings.people)
    score = MEAN + 2 + 0.5 * (found.before - MEAN) + SPREAD * (0.15 * found.standing + 0.7 * noise + moved)
    return np.clip(np.round(score, 1), 0, 100)


def _leaving(found: Staff, keen: Floats, gain: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """(months seen, 1 where the person left): who is keen stays, and so does who gains."""
    month = found.leaves * np.exp(0.3 * keen + gain)
    event = (month < HORIZON).astype(np.int64)
    return np.round(np.clip(np.minimum(month, HORIZON), 0.1, None), 1), event


def _raised(chance: Floats, gain: Floats, given: NDArray[np.bool_]) -> float:
    """By how much the chance of a promotion is higher for those who were given a mentor than it would have been."""
    without = np.clip(chance - PROMOTED_SPREAD * gain, 0.01, 0.99)
    return float((chance - without)[given].mean())
