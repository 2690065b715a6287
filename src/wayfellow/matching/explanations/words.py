"""Sentences about moves and what they cost, as a person would say them."""

from collections.abc import Iterable, Sequence

from wayfellow.matching.changes.displacement import Move
from wayfellow.matching.changes.regret import Regret
from wayfellow.matching.problem import Problem

_ORDINALS = ("", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
# Moves told one by one; of a longer chain the rest is counted.
MOST_TOLD = 5


def ordinal(number: int) -> str:
    """ "second best" → "second"; beyond ten in figures."""
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> counted(1, "place", "places"), counted(1200, "place", "places")
    ('1 place', '1,200 places')
    """
    return f"{number:,} {one if abs(number) == 1 else many}"


def listed(parts: Sequence[str]) -> str:
    """Parts as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def moves_in_words(problem: Problem, moves: Iterable[Move], *, alone: frozenset[str] = frozenset()) -> str:
    """Who would move where.

    Args:
        problem: the cohort, for names.
        moves: the moves, in order.
        alone: mentees who would have no mentor at all after a move that gives a place up.
    """
    told = []
    for move in moves:
        who = problem.name(move.mentee_id)
        if move.leaves is None:
            told.append(f"{who} would get {problem.name(move.joins or '')}")
        elif move.joins is not None:
            told.append(f"{who} would move from {problem.name(move.leaves)} to {problem.name(move.joins)}")
        elif move.mentee_id in alone:
            told.append(f"{who} would have no mentor")
        else:
            told.append(f"{who} would lose {problem.name(move.leaves)}")
    if len(told) > MOST_TOLD + 1:
        # The end of a chain is where somebody loses out: it is always told.
        left = len(told) - MOST_TOLD
        told = [*told[: MOST_TOLD - 1], f"{left} more would move on", told[-1]]
    return listed(told)


def price_in_words(regret: Regret) -> str:
    """What is lost, to follow "that": "costs 310 points"."""
    lost: list[str] = []
    gained: list[str] = []
    for value, one, many in (
        (regret.participation_lost or 0, "mentee with a mentor", "mentees with a mentor"),
        (regret.pairs_lost or 0, "pair", "pairs"),
        (regret.score_lost or 0, "point", "points"),
    ):
        if value:
            (lost if value > 0 else gained).append(counted(abs(value), one, many))
    if not lost and not gained:
        return "costs nothing"
    text = f"costs {listed(lost)}" if lost else ""
    if gained:
        text += f"{' and ' if lost else ''}gains {listed(gained)}"
    return text
