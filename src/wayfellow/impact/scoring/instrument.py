"""Read an instrument: whose questions they are, in which language, and how their answers make scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wayfellow.impact.errors import BadInput, Problem
from wayfellow.impact.plan.reading import parse_toml, read_small
from wayfellow.impact.plan.values import Values, quoted

SCHEMA = "wayfellow-instrument/1"
ABOUT = ("name", "version", "language", "licence", "source")
KNOWN = ("schema", *ABOUT, "rights_note", "min_answered", "scale", "subscale")
LARGEST_FILE = 1_000_000  # bytes
FARTHEST = 1000  # of a scale's ends from 0
MIN_ANSWERED = 0.5


@dataclass(frozen=True, slots=True)
class Subscale:
    """Items whose answers are averaged into one score; those in `reverse` are turned round first."""

    name: str
    items: tuple[str, ...]
    reverse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire in one language: a translation is an instrument of its own.

    Attributes:
        file: the file as it was named, for messages.
        min_answered: share of a subscale's items that a person must have answered to have a score.
        low, high: ends of the scale of every item.
    """

    file: str
    name: str
    version: str
    language: str
    licence: str
    source: str
    rights_note: str | None
    min_answered: float
    low: int
    high: int
    subscales: tuple[Subscale, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Every item once, in the order of the subscales."""
        return tuple(dict.fromkeys(item for subscale in self.subscales for item in subscale.items))


def read_instrument(path: Path | str) -> Instrument:
    """Read and check an instrument.

    Args:
        path: a TOML file.

    Raises:
        BadInput: with every problem of the file.
    """
    file = str(path)
    table, _ = parse_toml(read_small(path, largest=LARGEST_FILE), file=file)
    problems: list[Problem] = []
    values = Values(table, at="", known=KNOWN, file=file, problems=problems)
    if table.get("schema") != SCHEMA:
        given = quoted(table["schema"]) if "schema" in table else "nothing"
        values.problem("schema", f"{given} is not '{SCHEMA}'")
    about = {key: values.text(key, required=True) or "" for key in ABOUT}
    low, high = _scale(values)
    instrument = Instrument(
        file=file,
        **about,
        rights_note=values.text("rights_note"),
        min_answered=values.number("min_answered", MIN_ANSWERED, low=1e-9, high=1),
        low=low,
        high=high,
        subscales=tuple(_subscales(values)),
    )
    if problems:
        raise BadInput(problems)
    return instrument


def _scale(values: Values) -> tuple[int, int]:
    if "scale" not in values:
        values.problem("scale", "is required, as {min = 1, max = 5}")
        return 0, 1
    known = ("min", "max")
    scale = Values(values.table["scale"], at="scale", known=known, file=values.file, problems=values.problems)
    before = len(values.problems)
    for key in known:
        if key not in scale:
            scale.problem(key, "is required")
    low, high = (scale.whole(key, 0, low=-FARTHEST, high=FARTHEST) for key in known)
    if len(values.problems) == before and low >= high:
        scale.problem("max", f"'{high}' is not more than min, '{low}'")
    return low, high


def _subscales(values: Values) -> Iterator[Subscale]:
    tables = values.table.get("subscale")
    if not isinstance(tables, list) or not tables:
        values.problem("subscale", "at least one [[subscale]] is required")
        return
    names: list[str] = []
    for number, table in enumerate(tables, 1):
        subscale = _subscale(
            Values(
                table,
                at=f"subscale {number}",
                known=("name", "items", "reverse"),
                file=values.file,
                problems=values.problems,
            )
        )
        if subscale.name and subscale.name in (*names, "id"):
            why = "is the name of the column of people" if subscale.name == "id" else "stands there twice"
            values.problem(f"subscale {number}.name", f"{quoted(subscale.name)} {why}")
        names.append(subscale.name)
        yield subscale


def _subscale(values: Values) -> Subscale:
    items = values.texts("items")
    if "items" not in values or values.table["items"] == []:
        values.problem("items", "at least one item is required")
    if "id" in items:
        values.problem("items", "'id' is the column of people")
    reverse = values.texts("reverse")
    for item in reverse:
        if item not in items:
            values.problem("reverse", f"{quoted(item)} is not among the items")
    return Subscale(values.text("name", required=True) or "", items, reverse)
