"""Remember what a cell was read as: a column of a hundred thousand rows holds few different time zones."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

from wayfellow.tables.errors import Reason, reason

LONGEST = 300

P = ParamSpec("P")
R = TypeVar("R")


def remembered(parse: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R | Reason]:
    """Let a parser remember its answers. Texts longer than any it can read are refused, neither parsed nor kept."""
    cached = lru_cache(maxsize=50_000)(parse)

    @wraps(parse)
    def read(text: str, *args: P.args, **kwargs: P.kwargs) -> R | Reason:
        if len(text) > LONGEST:
            return reason("text_too_long", length=f"{len(text):,}", limit=LONGEST)
        return cached(text, *args, **kwargs)  # type: ignore[arg-type]

    return read
