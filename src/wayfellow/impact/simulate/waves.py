"""A company that starts in waves: one row for each person and quarter."""

from typing import Any

import numpy as np

from wayfellow.impact.simulate.draws import MEAN, SITES, SPREAD, answers, mentors, staff, stream
from wayfellow.impact.simulate.plans import plan_text
from wayfellow.impact.simulate.settings import Company, Settings

PERIODS = 8
STARTS = (4, 5, 6)
NEVER_SHARE = 0.4


def roll_out(settings: Settings) -> Company:
    """Waves in which keen people start first, and would have been higher, but not growing faster, anyway."""
    found = staff(settings)
    draw = stream(settings.seed, "waves")
    wish = draw.normal(size=settings.people) + settings.self_selection * (
        0.6 * found.standing + settings.unmeasured * found.keenness
    )
    place = np.argsort(np.argsort(-wish, kind="stable"), kind="stable") / settings.people
    wave = np.minimum((place / (1 - NEVER_SHARE) * len(STARTS)).astype(int), len(STARTS))
    first = np.array([*STARTS, 0])[wave]
    cluster, shared = mentors(settings, first > 0)
    level = 0.7 * found.standing + settings.unmeasured * found.keenness
    season = np.cumsum(stream(settings.seed, "seasons").normal(0.05, 0.1, size=PERIODS))
    noise = stream(settings.seed, "confidence").normal(scale=0.6, size=(settings.people, PERIODS))
    names = ("id", "period", "first_period", "mentor", "site", "confidence")
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for period in range(1, PERIODS + 1):
        started = (first > 0) & (first <= period)
        there = answers(settings, found, f"answers {period}") & (found.leaves > 3.0 * (period - 1))
        moved = level + season[period - 1] + noise[:, period - 1] + started * (settings.effect + shared)
        score = np.clip(np.round(MEAN + SPREAD * moved, 1), 0, 100)
        columns["id"] += found.ids
        columns["period"] += [period] * settings.people
        columns["first_period"] += first.tolist()
        columns["mentor"] += cluster
        columns["site"] += [SITES[at] for at in found.site]
        columns["confidence"] += [float(s) if seen else None for s, seen in zip(score, there, strict=True)]
    return Company(settings, plan_text(settings), columns, {"confidence": SPREAD * settings.effect})
