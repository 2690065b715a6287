"""What a programme did: a number that can be defended, with its interval and its limits. No web framework.

What is listed here is the public interface; each is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from wayfellow.impact.errors import BadInput, PlanChanged, Problem
from wayfellow.impact.power import power  # at once: its home has the same name, which would take its place

if TYPE_CHECKING:
    from wayfellow.impact.analysis import analyse
    from wayfellow.impact.people import People, read_people
    from wayfellow.impact.plan import Plan, lock_plan, read_plan
    from wayfellow.impact.power import PowerReport
    from wayfellow.impact.report import Report
    from wayfellow.impact.scoring import Instrument, Scores, read_instrument, score

# Where each name of the public interface is at home.
_HOMES = {
    "plan": ("Plan", "lock_plan", "read_plan"),
    "people": ("People", "read_people"),
    "analysis": ("analyse",),
    "report": ("Report",),
    "power": ("PowerReport",),
    "scoring": ("Instrument", "Scores", "read_instrument", "score"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BadInput",
    "Instrument",
    "People",
    "Plan",
    "PlanChanged",
    "PowerReport",
    "Problem",
    "Report",
    "Scores",
    "analyse",
    "lock_plan",
    "power",
    "read_instrument",
    "read_people",
    "read_plan",
    "score",
]


def __getattr__(name: str) -> Any:
    """A public name, from where it is at home.

    Raises:
        AttributeError: there is no such name.
    """
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
