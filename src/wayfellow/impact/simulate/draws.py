"""Streams of random numbers that do not disturb each other, and the people whom every design begins with."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayfellow.impact.simulate.settings import Settings

Floats = NDArray[np.float64]
SITES = ("Harbour", "Mill Lane", "Northgate", "Old Works")
MEAN, SPREAD = 50.0, 10.0  # of a score from 0 to 100: five standard deviations from either end, so none is cut off
PROMOTED = 0.15
PROMOTED_SPREAD = (PROMOTED * (1 - PROMOTED)) ** 0.5


def stream(seed: int, name: str) -> np.random.Generator:
    """A generator of its own for one subject, so that an option changes nothing but what it is about."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


@dataclass(frozen=True)
class Staff:
    """The people of a company before anybody has a mentor; arrays of one length.

    Attributes:
        ids: `p0001` and so on.
        site: index into `SITES`.
        grade: 1 to 5.
        tenure: years in the company.
        appraisal: last appraisal, about 1 to 5.
        before: confidence before the programme, 0 to 100.
        keenness: standard normal. No column holds it.
        leaves: month in which the person would leave without a mentor, exponential.
    """

    ids: list[str]
    site: NDArray[np.int64]
    grade: NDArray[np.int64]
    tenure: Floats
    appraisal: Floats
    before: Floats
    keenness: Floats
    leaves: Floats

    @property
    def standing(self) -> Floats:
        """Measured standing in standard deviations: appraisal and confidence."""
        return 0.6 * (self.appraisal - 3.2) / 0.6 + 0.4 * (self.before - MEAN) / SPREAD


def staff(settings: Settings) -> Staff:
    """Draw the people of a company."""
    draw = stream(settings.seed, "staff")
    n = settings.people
    keenness = draw.normal(size=n)
    ability = draw.normal(size=n)
    before = MEAN + SPREAD * (0.6 * ability + 0.8 * draw.normal(size=n))
    leaves = draw.exponential(size=n)
    rate = -np.log1p(-settings.leaving) / 12 if settings.leaving else 0.0
    width = max(4, len(str(n)))
    return Staff(
        ids=[f"p{at:0{width}}" for at in range(1, n + 1)],
        site=draw.integers(len(SITES), size=n),
        grade=1 + draw.binomial(4, 0.35, size=n),
        tenure=np.round(draw.gamma(2.0, 2.5, size=n), 1),
        appraisal=np.round(3.2 + 0.6 * (0.5 * ability + 0.87 * draw.normal(size=n)), 1),
        before=np.round(before, 1),
        keenness=keenness,
        leaves=leaves / rate if rate else np.full(n, np.inf),
    )


def mentors(settings: Settings, mentored: NDArray[np.bool_]) -> tuple[list[str], Floats]:
    """(name of each person's cluster, what the mentor adds in standard deviations); alone without a mentor."""
    draw = stream(settings.seed, "mentors")
    who = np.flatnonzero(mentored)
    draw.shuffle(who)
    shared = np.zeros(settings.people)
    names = [f"alone-{at + 1}" for at in range(settings.people)]
    adds = draw.normal(scale=settings.icc**0.5, size=-(-who.size // settings.mentees_each))
    for place, at in enumerate(who):
        mentor = place // settings.mentees_each
        names[at] = f"mentor-{mentor + 1}"
        shared[at] = adds[mentor]
    return names, shared


def answers(settings: Settings, people: Staff, name: str) -> NDArray[np.bool_]:
    """Who answers a survey: fewer in junior grades, whatever the answer would be."""
    share = np.clip(settings.missing * (1 + 0.25 * (2.4 - people.grade)), 0, 0.95)
    return stream(settings.seed, name).random(settings.people) >= share
