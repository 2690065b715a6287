"""How well a mentor fits a goal: a pure function on plain data, the same for everybody.

Names, photos and background are not even known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SKILLS, TIME, LANGUAGE, LEVEL, PLACE = 0.50, 0.25, 0.10, 0.10, 0.05
FULL_SHARED_HOURS = 3.0
BUSY_FROM, BUSY_STEP, BUSY_MOST = 3, 0.02, 0.10
UNKNOWN = 0.5
LEVEL_DISTANCE = {1: 1.0, 2: 1.0, 3: 0.6, 0: 0.6, 4: 0.3}


@dataclass(frozen=True)
class Seeker:
    """What is compared of the person who looks for a mentor."""

    skills: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    slots: int = 0
    languages: frozenset[str] = frozenset()
    seniority: int | None = None


@dataclass(frozen=True)
class Offer:
    """What is compared of a mentor."""

    levels: Mapping[int, int] = field(default_factory=dict)
    slots: int = 0
    languages: frozenset[str] = frozenset()
    seniority: int | None = None
    free_places: int = 0
    is_away: bool = False
    may_wait: bool = False
    requests_this_month: int = 0


@dataclass(frozen=True)
class Fit:
    """The parts of a score, each from 0 to 1, and what is taken off for being asked a lot."""

    skills: float
    time: float
    language: float
    level: float
    place: float
    busy: float

    @property
    def total(self) -> float:
        """The number people are ordered by."""
        parts = (
            SKILLS * self.skills + TIME * self.time + LANGUAGE * self.language + LEVEL * self.level + PLACE * self.place
        )
        return round(parts - self.busy, 6)


def fit(seeker: Seeker, offer: Offer) -> Fit:
    """Compare a mentor with what somebody seeks. Equal input gives an equal score.

    * skills: a skill the goal names counts whole when the mentor has the level sought, half when they are ahead of
      where the seeker stands;
    * time: shared free hours a week, three or more being all one can need;
    * language: whether any is shared; level: one or two steps of seniority ahead is best;
    * place: two free places are best; who is away or full comes after;
    * busy: from the fourth request of the last 30 days on, 0.02 each, at most 0.10.
    """
    return Fit(
        skills=_skills(seeker, offer),
        time=min((seeker.slots & offer.slots).bit_count() / 2, FULL_SHARED_HOURS) / FULL_SHARED_HOURS,
        language=_language(seeker, offer),
        level=_level(seeker, offer),
        place=_place(offer),
        busy=min(max(offer.requests_this_month - BUSY_FROM, 0) * BUSY_STEP, BUSY_MOST),
    )


def _skills(seeker: Seeker, offer: Offer) -> float:
    if not seeker.skills:
        return 0.0
    points = 0.0
    for skill, (has, wants) in seeker.skills.items():
        level = offer.levels.get(skill, 0)
        points += 1.0 if level >= wants else 0.5 if level > has else 0.0
    return points / len(seeker.skills)


def _language(seeker: Seeker, offer: Offer) -> float:
    if not seeker.languages or not offer.languages:
        return UNKNOWN
    return 1.0 if seeker.languages & offer.languages else 0.0


def _level(seeker: Seeker, offer: Offer) -> float:
    if seeker.seniority is None or offer.seniority is None:
        return UNKNOWN
    return level_fit(offer.seniority - seeker.seniority)


def level_fit(steps: int) -> float:
    """How well somebody fits who is some steps of seniority ahead."""
    return LEVEL_DISTANCE.get(steps, 0.3)


def _place(offer: Offer) -> float:
    if offer.is_away:
        return 0.0
    if offer.free_places > 0:
        return 1.0 if offer.free_places > 1 else 0.8
    return 0.3 if offer.may_wait else 0.0
