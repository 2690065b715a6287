"""Sentences about moves and what they cost, as a person would say them."""

from collections.abc import Iterable, Sequence

from wayfellow.matching.changes.displacement import Move
from wayfellow.matching.changes.regret import Regret
from wayfellow.matching.problem import Problem

_ORDINALS = ("", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
# Moves told one by one; of a longer chain the first and the last are told, and how many lie between.
MOST_TOLD = 3


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
    listed_moves = list(moves)
    if len(listed_moves) > MOST_TOLD:
        first, *others = listed_moves
        # Who would be left with less is told in any case; where nobody would, the last move.
        told = [move for move in others if move.joins is None][:MOST_TOLD] or others[-1:]
        between = len(others) - len(told)
        ends = listed([_move_in_words(problem, move, alone) for move in told])
        way = f"with {counted(between, 'move', 'moves')} in between, " if between else ""
        return f"{_move_in_words(problem, first, alone)} and, {way}{ends}"
    return listed([_move_in_words(problem, move, alone) for move in listed_moves])


def _move_in_words(problem: Problem, move: Move, alone: frozenset[str]) -> str:
    who = problem.name(move.mentee_id)
    if move.leaves is None:
        return f"{who} would get {problem.name(move.joins or '')}"
    if move.joins is not None:
        return f"{who} would move from {problem.name(move.leaves)} to {problem.name(move.joins)}"
    if move.mentee_id in alone:
        return f"{who} would have no mentor"
    return f"{who} would lose {problem.name(move.leaves)}"


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


# For each hard rule what it says of one mentor and of several: "3 share no language with Ana".
_RULED_OUT = {
    "same_person": ("is {name}", "are {name}"),
    "reporting_line": (
        "stands above or below {name} in the reporting line",
        "stand above or below {name} in the reporting line",
    ),
    "no_common_language": ("shares no language with {name}", "share no language with {name}"),
    "no_common_hours": ("shares too few free hours with {name}", "share too few free hours with {name}"),
    "forbidden": ("was ruled out by hand", "were ruled out by hand"),
    "not_allowed": ("is listed as not allowed", "are listed as not allowed"),
    "avoided": ("was to be avoided after the two had talked", "were to be avoided after the two had talked"),
}


def ruled_out(rule: str, count: int, name: str) -> str:
    """How many mentors a hard rule took from a mentee, to follow "No mentor is allowed for Ana:".

    >>> ruled_out("no_common_language", 1, "Ana"), ruled_out("same_site", 23, "Ana")
    ('1 shares no language with Ana', '23 have the same site')
    """
    if rule in _RULED_OUT:
        words = _RULED_OUT[rule][count != 1].format(name=name)
    else:
        kind, _, dimension = rule.partition("_")
        words = f"{'has' if count == 1 else 'have'} {'the same' if kind == 'same' else 'another'} {dimension}"
    return f"{count:,} {words}"


# What a hard rule has against a single pair, to follow "although".
_AGAINST = {
    "no_common_language": "the two share no language",
    "no_common_hours": "the two share too few free hours",
    "forbidden": "it was ruled out by hand",
}


def against(rules: Sequence[str]) -> str:
    """What hard rules have against a pair, to end a sentence that advises to allow it; nothing where none is known.

    >>> against(["no_common_language", "same_site"]), against([])
    (', although the two share no language and both have the same site', '')
    """
    told = []
    for rule in rules:
        kind, _, dimension = rule.partition("_")
        of_dimension = f"both have the same {dimension}" if kind == "same" else f"each has another {dimension}"
        told.append(_AGAINST.get(rule, of_dimension))
    return f", although {listed(told)}" if told else ""
