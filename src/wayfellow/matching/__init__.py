"""Matching of mentees and mentors: exact, fair, explained, reproducible. No web framework.

What is listed here is the public interface. All but `match` and `verify` is loaded when it is first asked for.

>>> from wayfellow.matching import Mentee, Mentor, Pair, match, problem_from_pairs, verify
>>> problem = problem_from_pairs([Mentee("ana")], [Mentor("li"), Mentor("eva")], [Pair("ana", "eva", 70)])
>>> result = match(problem)
>>> result.pairs, verify(result).ok
([('ana', 'eva')], True)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from wayfellow.matching.solve import match
from wayfellow.matching.verify import Verdict, verify

if TYPE_CHECKING:
    from wayfellow.matching.build import (
        Circle,
        Mentee,
        Mentor,
        Pair,
        Preference,
        Rule,
        problem_from_arrays,
        problem_from_pairs,
    )
    from wayfellow.matching.changes.displacement import displacement_of
    from wayfellow.matching.changes.preview import preview_forbid, preview_pin, preview_seat
    from wayfellow.matching.changes.regret import regrets
    from wayfellow.matching.changes.whatif import forbid, join, leave, pin, reweigh, seat
    from wayfellow.matching.chemistry import Answer, apply_answers, chemistry_round
    from wayfellow.matching.criteria.person import Person
    from wayfellow.matching.criteria.rules import Rules
    from wayfellow.matching.digest import problem_sha256
    from wayfellow.matching.errors import CannotSolve, ProblemError
    from wayfellow.matching.explanations import explain
    from wayfellow.matching.people.candidates import match_people
    from wayfellow.matching.people.from_people import problem_from_people
    from wayfellow.matching.people.verify_people import verify_people
    from wayfellow.matching.problem import Problem
    from wayfellow.matching.report import report_of
    from wayfellow.matching.result import Result

# Where each name of the public interface is at home.
_HOMES = {
    "build": ("Circle", "Mentee", "Mentor", "Pair", "Preference", "Rule", "problem_from_arrays", "problem_from_pairs"),
    "changes.displacement": ("displacement_of",),
    "changes.preview": ("preview_forbid", "preview_pin", "preview_seat"),
    "changes.regret": ("regrets",),
    "changes.whatif": ("forbid", "join", "leave", "pin", "reweigh", "seat"),
    "chemistry": ("Answer", "apply_answers", "chemistry_round"),
    "criteria.person": ("Person",),
    "criteria.rules": ("Rules",),
    "digest": ("problem_sha256",),
    "errors": ("CannotSolve", "ProblemError"),
    "explanations": ("explain",),
    "people.candidates": ("match_people",),
    "people.from_people": ("problem_from_people",),
    "people.verify_people": ("verify_people",),
    "problem": ("Problem",),
    "report": ("report_of",),
    "result": ("Result",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Answer",
    "CannotSolve",
    "Circle",
    "Mentee",
    "Mentor",
    "Pair",
    "Person",
    "Preference",
    "Problem",
    "ProblemError",
    "Result",
    "Rule",
    "Rules",
    "Verdict",
    "apply_answers",
    "chemistry_round",
    "displacement_of",
    "explain",
    "forbid",
    "join",
    "leave",
    "match",
    "match_people",
    "pin",
    "preview_forbid",
    "preview_pin",
    "preview_seat",
    "problem_from_arrays",
    "problem_from_pairs",
    "problem_from_people",
    "problem_sha256",
    "regrets",
    "report_of",
    "reweigh",
    "seat",
    "verify",
    "verify_people",
]


def __getattr__(name: str) -> Any:
    """A public name, from where it is at home.

    Raises:
        AttributeError: there is no such name.
    """
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
