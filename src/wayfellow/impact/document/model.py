"""What a report shows, before it is a page or a PDF: text and numbers as text, never mark-up."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["good", "warn", "stop", "info", "none"]


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str
    tone: Tone = "none"


@dataclass(frozen=True)
class Bullets:
    """Short statements under a heading of their own; `tone` says whether they are granted or withheld."""

    heading: str
    items: tuple[str, ...]
    tone: Tone = "none"


@dataclass(frozen=True)
class Table:
    """A table. The first column names its row; `numeric` says of every column whether it holds numbers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True)
class Interval:
    """One estimate with its interval on an axis from `low` to `high`, both ends as numbers and as text."""

    name: str
    arm1: str
    arm0: str
    difference: str
    between: str
    estimate: float | None
    ci: tuple[float, float] | None
    low: float
    high: float
    low_text: str
    high_text: str
    reading: str
    tone: Tone
    clear: bool


@dataclass(frozen=True)
class Intervals:
    """Interval plots, one a row."""

    caption: str
    arm1: str
    arm0: str
    rows: tuple[Interval, ...]


@dataclass(frozen=True)
class Standing:
    """A covariate in the Love plot."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class LovePlot:
    """Standardised differences before and after, with the lines at .05 and .25."""

    label: str
    rows: tuple[Standing, ...]


@dataclass(frozen=True)
class Bar:
    """A bar: `share` of the whole, from 0 to 1, and the number in words."""

    name: str
    share: float
    text: str


@dataclass(frozen=True)
class Bars:
    """Bars from zero on one scale, with a line at `mark` where one matters."""

    label: str
    rows: tuple[Bar, ...]
    mark: float | None = None


@dataclass(frozen=True)
class Code:
    """Text that is shown as it stands: a formula, or the plan."""

    label: str
    text: str


Block = Paragraph | Bullets | Table | Intervals | LovePlot | Bars | Code


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Fact:
    """A term, what it is here, and a small addition."""

    term: str
    value: str
    small: str = ""


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder of evidence."""

    number: int
    name: str
    text: str
    here: bool


@dataclass(frozen=True)
class Document:
    """A report, ready to be drawn."""

    title: str
    question: str
    lede: str
    answer: str
    facts: tuple[Fact, ...]
    rungs: tuple[Rung, ...]
    why: tuple[str, ...]
    climb: str
    sections: tuple[Section, ...]
    footer: str
