"""Take values out of a TOML table, keeping a problem for each that is not as it should be."""

import math
from collections.abc import Collection, Mapping
from typing import Any

from wayfellow.impact.errors import Problem


def quoted(value: Any) -> str:
    """A value as a plan writes it, cut where it is long."""
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    text = str(value)
    return f"'{text if len(text) <= 80 else text[:77] + '…'}'"


class Values:
    """The keys of one table.

    Args:
        table: what TOML gave; something else than a table counts as a problem and as empty.
        at: the key of the table itself, such as `analysis`; empty for the file.
        known: keys that may stand there.
    """

    def __init__(self, table: Any, *, at: str, known: Collection[str], file: str, problems: list[Problem]) -> None:
        self.at = at
        self.file = file
        self.problems = problems
        self.table: Mapping[str, Any] = table if isinstance(table, dict) else {}
        if not isinstance(table, dict):
            self.problem("", f"{quoted(table)} is not a table")
        for key in self.table:
            if key not in known:
                self.problem(key, f"unknown key '{key}'; known are {', '.join(known)}")

    def __contains__(self, key: str) -> bool:
        return key in self.table

    def problem(self, key: str, text: str) -> None:
        """Keep a problem with the value of `key`."""
        place = ".".join(part for part in (self.at, key) if part)
        self.problems.append(Problem(file=self.file, key=place, text=text))

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A text that is not empty."""
        if key not in self.table:
            if required:
                self.problem(key, "is required")
            return None
        value = self.table[key]
        if not isinstance(value, str) or not value.strip():
            self.problem(key, f"{quoted(value)} is not a text")
            return None
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> Any:
        """One of some words; `default` None makes it required."""
        if key not in self.table:
            if default is None:
                self.problem(key, f"is required; one of {', '.join(choices)}")
                return choices[0]
            return default
        value = self.table[key]
        if not isinstance(value, str) or value not in choices:
            self.problem(key, f"{quoted(value)} is not one of {', '.join(choices)}")
            return default if default is not None else choices[0]
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """true or false."""
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            self.problem(key, f"{quoted(value)} is not one of true, false")
            return default
        return value

    def number(
        self, key: str, default: Any, *, low: float = -math.inf, high: float = math.inf, open_ends: bool = False
    ) -> Any:
        """A finite number from `low` to `high`, the ends left out with `open_ends`."""
        if key not in self.table:
            return default
        value = self.table[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
            self.problem(key, f"{quoted(value)} is not a number")
            return default
        inside = low < value < high if open_ends else low <= value <= high
        if not inside:
            self.problem(key, f"{quoted(value)} is not {_range(low, high, open_ends=open_ends)}")
            return default
        return float(value)

    def whole(self, key: str, default: int, *, low: int, high: int = 2**63 - 1) -> int:
        """A whole number from `low` to `high`."""
        if key not in self.table:
            return default
        value = self.table[key]
        if isinstance(value, bool) or not isinstance(value, int):
            self.problem(key, f"{quoted(value)} is not a whole number")
            return default
        if not low <= value <= high:
            self.problem(key, f"{quoted(value)} is not a whole number of at least {low}")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none twice; one text alone counts as a list of one."""
        value = self.table.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.problem(key, f"{quoted(value)} is not a list of texts")
            return ()
        for one in {one for one in value if value.count(one) > 1}:
            self.problem(key, f"{quoted(one)} stands there twice")
        return tuple(value)


def _is_finite(value: int | float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number that no float can hold
        return False


def _range(low: float, high: float, *, open_ends: bool) -> str:
    if high == math.inf:
        return f"more than {low:g}" if open_ends else f"at least {low:g}"
    return f"between {low:g} and {high:g}"
