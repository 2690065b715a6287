"""What the address of a search says. Anything in it that makes no sense is left out: a link never breaks."""

from django.http import QueryDict

from wayfellow.discovery.queries.find import FACETS, SORTS, Wanted
from wayfellow.web.text import clean_text

LONGEST_TEXT = 200
LONGEST_VALUE = 200
MOST_VALUES = 40
CLOSED = {
    "help": {"free", "waitlist", "away"},
    "time": {"1", "3"},
    "line": {"same", "different"},
    "seniority": {"1", "2", "3", "4", "5"},
}


def read_wanted(data: QueryDict) -> Wanted:
    """Text, facets and order from a query string."""
    sort = data.get("sort", "")
    return Wanted(
        text=read_text(data),
        chosen={name: _values(data, name) for name in FACETS},
        sort=sort if sort in SORTS else "",
    )


def read_text(data: QueryDict) -> str:
    """The text that is searched for."""
    return clean_text(data.get("q", "")).replace("\x00", "")[:LONGEST_TEXT].strip()


def read_goal(data: QueryDict) -> int | None:
    """The id of the goal somebody looks for a mentor for."""
    return int(data["goal"]) if _is_id(data.get("goal", "")) else None


def _values(data: QueryDict, name: str) -> frozenset[str]:
    given = [value for value in data.getlist(name)[:MOST_VALUES] if value and len(value) <= LONGEST_VALUE]
    if name in CLOSED:
        return frozenset(given) & CLOSED[name]
    if name == "skill":
        return frozenset(str(int(value)) for value in given if _is_id(value))
    return frozenset(value for value in given if "\x00" not in value)


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 16
