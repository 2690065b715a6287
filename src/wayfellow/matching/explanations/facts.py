"""What an explanation holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from wayfellow.matching.changes.displacement import Move
from wayfellow.matching.result import Result

Code = Literal["no_allowed_pair", "below_minimum", "mentors_full", "lost_lottery"]
ChangeKind = Literal["place", "pair", "pair_and_place", "minimum", "pin", "list", "circle", "mentor"]


@dataclass(frozen=True, slots=True)
class PairReasons:
    """Why a pair was chosen.

    Args:
        mentee_id, mentor_id: the pair.
        score: what it is worth.
        points: what each criterion adds, where the cohort has criteria.
        reasons: sentences, the most important first.
    """

    mentee_id: str
    mentor_id: str
    score: int
    points: Mapping[str, int]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """A change that would match a mentee, as small as was found.

    Args:
        kind: "place" (`value` more places with the mentor), "pair" (allow the pair; `value` is the score it needs at
            least, where there is a minimum), "pair_and_place" (allow it and give the mentor `value` more places),
            "minimum" (lower the lowest score, or the circle's least size, to `value`), "pin" (pin the pair, allowed or
            not, and give the mentor `value` more places), "list" (both put each other on their lists, and the mentor
            gets `value` more places), "circle" (the mentor's circle takes the mentee, takes place from one person on
            and has `value` more places), "mentor" (a mentor has to join).
        mentor_id: with whom.
        value: how many, or how low.
        text: it in words.
    """

    kind: ChangeKind
    mentor_id: str | None
    value: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Why a mentee who wants a mentor has none.

    Args:
        mentee_id: who.
        code: the first reason that applies.
        text: it in words.
        smallest_change: what would match them.
        chain: under "mentors_full" the cheapest chain of moves that would give them a mentor, themselves first.
    """

    mentee_id: str
    code: Code
    text: str
    smallest_change: SmallestChange
    chain: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class MentorLoad:
    """How many mentees a mentor has.

    Args:
        mentor_id: who.
        capacity: how many they can take.
        load: how many they have.
    """

    mentor_id: str
    capacity: int
    load: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """A result in reasons.

    Args:
        pairs: one entry for each chosen pair, in the order of the result.
        unmatched: one for each mentee who wanted a mentor and has none, in the order of ids.
        mentors: all mentors, in the order of ids.
        worst_off: the chosen pairs with the lowest scores that no pin decided, lowest first.
    """

    pairs: tuple[PairReasons, ...]
    unmatched: tuple[Unmatched, ...]
    mentors: tuple[MentorLoad, ...]
    worst_off: tuple[PairReasons, ...]


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What a hard rule costs: the best result without it, against the best with it.

    Args:
        rule: which rule.
        participation: mentees more who have a mentor without it.
        pairs: pairs more.
        score: points more; below 0 where more people or pairs leave fewer points.
        result: the best result without it.
    """

    rule: str
    participation: int
    pairs: int
    score: int
    result: Result
