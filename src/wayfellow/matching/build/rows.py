"""The rows that a cohort is handed in by."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mentee:
    """A mentee: `want` is how many mentors they would like, `stratum` their group in a stratified lottery."""

    id: str
    want: int = 1
    name: str = ""
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Mentor:
    """A mentor: `capacity` is how many mentees they can take, `minimum` how many they should have at least."""

    id: str
    capacity: int = 1
    minimum: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """What a pair is worth, and whether it is allowed. A pair that is not listed is not allowed."""

    mentee_id: str
    mentor_id: str
    score: int
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A pair that must be in the result ("pin") or must not ("forbid")."""

    kind: Literal["pin", "forbid"]
    mentee_id: str
    mentor_id: str


@dataclass(frozen=True, slots=True)
class Preference:
    """One choice of one person; rank 1 is the best."""

    side: Literal["mentee", "mentor"]
    person_id: str
    choice_id: str
    rank: int


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle that a mentor leads: empty, or with at least `min_size` and at most `max_size` mentees."""

    mentor_id: str
    min_size: int
    max_size: int
