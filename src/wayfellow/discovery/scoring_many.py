"""The score of `scoring.fit` for many mentors at once, side by side. A test holds the two together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayfellow.discovery import scoring
from wayfellow.discovery.scoring import Seeker

Ints = NDArray[np.int64]
Bits = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Offers:
    """What is compared of mentors, an array row each.

    Attributes:
        levels: by skill of the goal, 0 for who does not have it.
        shared: free half-hours of the week shared with the seeker.
        names_language, shares_language: whether any language is known, and is the seeker's too.
        seniority: -1 where it is unknown.
    """

    levels: Mapping[int, Ints]
    shared: Ints
    names_language: Bits
    shares_language: Bits
    seniority: Ints
    free_places: Ints
    is_away: Bits
    may_wait: Bits
    requests_this_month: Ints


def skill_fits(seeker: Seeker, offers: Offers) -> Floats:
    """How well the skills of each fit, from 0 to 1."""
    points = np.zeros(len(offers.shared))
    for skill, (has, wants) in seeker.skills.items():
        level = offers.levels[skill]
        points += np.where(level >= wants, 1.0, np.where(level > has, 0.5, 0.0))
    return points / max(len(seeker.skills), 1)


def totals(seeker: Seeker, offers: Offers) -> Floats:
    """The number people are ordered by, for each."""
    hours = np.minimum(offers.shared / 2, scoring.FULL_SHARED_HOURS)
    over = np.maximum(offers.requests_this_month - scoring.BUSY_FROM, 0)
    parts = (
        scoring.SKILLS * skill_fits(seeker, offers)
        + scoring.TIME * (hours / scoring.FULL_SHARED_HOURS)
        + scoring.LANGUAGE * _language(seeker, offers)
        + scoring.LEVEL * _level(seeker, offers)
        + scoring.PLACE * _place(offers)
    )
    return np.round(parts - np.minimum(over * scoring.BUSY_STEP, scoring.BUSY_MOST), 6)


def _language(seeker: Seeker, offers: Offers) -> Floats:
    if not seeker.languages:
        return np.full(len(offers.shared), scoring.UNKNOWN)
    return np.where(offers.names_language, offers.shares_language.astype(float), scoring.UNKNOWN)


def _level(seeker: Seeker, offers: Offers) -> Floats:
    found = np.full(len(offers.shared), scoring.UNKNOWN)
    if seeker.seniority is None:
        return found
    for level in np.unique(offers.seniority[offers.seniority >= 0]).tolist():
        found[offers.seniority == level] = scoring.level_fit(level - seeker.seniority)
    return found


def _place(offers: Offers) -> Floats:
    room = np.where(offers.free_places > 1, 1.0, 0.8)
    full = np.where(offers.may_wait, 0.3, 0.0)
    return np.where(offers.is_away, 0.0, np.where(offers.free_places > 0, room, full))
