"""Dates as people and HR systems write them. Whether day or month comes first is decided for a whole column."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import Enum

from wayfellow.tables.errors import Reason, reason, shown
from wayfellow.tables.values.remembered import remembered
from wayfellow.tables.words import fold

FIRST_YEAR, LAST_YEAR = 1900, 2100
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?$")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_NUMERIC = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})")
_WORDED = re.compile(r"(?:(\d{1,2})\W+(?:de\s+)?([^\W\d]+)|([^\W\d]+)\W+(\d{1,2}))\W+(?:del?\s+)?(\d{4}|\d{2})")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^[^\W\d]+,\s+(?=.*[^\W\d]{3})")
_MONTHS = {
    1: "january jan januar janner jänner enero ene",
    2: "february feb februar feber febrero",
    3: "march mar marz mrz marzo maerz",
    4: "april apr abril abr",
    5: "may mai mayo",
    6: "june jun juni junio",
    7: "july jul juli julio",
    8: "august aug agosto ago",
    9: "september sep sept septiembre setiembre set",
    10: "october oct oktober okt octubre",
    11: "november nov noviembre",
    12: "december dec dezember dez diciembre dic",
}
_MONTH_NUMBERS = {fold(name): number for number, names in _MONTHS.items() for name in names.split()}


class DateOrder(Enum):
    """What comes first where dates are written 03/04/2024."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    MIXED = "mixed"
    """The column has dates of both kinds, so one that could be either is refused."""


class OrderEvidence:
    """Gathers a column's values one by one and says which order they prove."""

    def __init__(self) -> None:
        self.day_first: str | None = None
        self.month_first: str | None = None
        self.unclear: str | None = None

    def add(self, text: str) -> None:
        """Take one value of the column into account."""
        found = _NUMERIC.match(text)
        if not found or found.group(2) == ".":
            return
        first, second = int(found.group(1)), int(found.group(3))
        if first > 12 >= second:
            self.day_first = self.day_first or text
        elif second > 12 >= first:
            self.month_first = self.month_first or text
        elif first != second and first <= 12 and second <= 12:
            self.unclear = self.unclear or text

    @property
    def order(self) -> DateOrder:
        """The order to read the column by; day first where nothing proves otherwise."""
        if self.day_first and self.month_first:
            return DateOrder.MIXED
        return DateOrder.MONTH_FIRST if self.month_first else DateOrder.DAY_FIRST

    @property
    def doubt(self) -> Reason | None:
        """Why the order is not sure, or None."""
        if self.day_first and self.month_first:
            return reason("day_and_month_mixed", first=shown(self.day_first), second=shown(self.month_first))
        if self.unclear and not self.day_first and not self.month_first:
            read = parse_date(self.unclear)
            if isinstance(read, dt.date):
                return reason("day_and_month", value=shown(self.unclear), read_as=read.isoformat())
        return None


def date_order(values: Iterable[str]) -> OrderEvidence:
    """The evidence of a whole column."""
    evidence = OrderEvidence()
    for value in values:
        evidence.add(value)
    return evidence


@remembered
def parse_date(text: str, order: DateOrder = DateOrder.DAY_FIRST) -> dt.date | Reason:
    """Read one date; a time of day after it is dropped. Dates with dots always have the day first.

    Returns:
        the date, or the reason why it is none.
    """
    written = shown(text)
    text = _TIME.sub("", " ".join(text.split()))
    found = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups())
        return _date(year, month, day, written)
    if _SERIAL.fullmatch(text):
        return _in_range(_EXCEL_EPOCH + dt.timedelta(days=int(float(text))), written)
    found = _NUMERIC.fullmatch(text)
    if found:
        first, second = int(found.group(1)), int(found.group(3))
        year = _year(found.group(4))
        if found.group(2) == ".":
            return _date(year, second, first, written)
        if order is DateOrder.MIXED:
            if first <= 12 and second <= 12 and first != second:
                return reason("date_unclear", value=written)
            order = DateOrder.MONTH_FIRST if second > 12 else DateOrder.DAY_FIRST
        day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
        return _date(year, month, day, written)
    found = _WORDED.fullmatch(_WEEKDAY.sub("", _ORDINAL.sub(r"\1", text)))
    if found:
        named = _MONTH_NUMBERS.get(fold(found.group(2) or found.group(3)))
        if named:
            return _date(_year(found.group(5)), named, int(found.group(1) or found.group(4)), written)
    return reason("date_wrong", value=written)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _date(year: int, month: int, day: int, written: str) -> dt.date | Reason:
    try:
        return _in_range(dt.date(year, month, day), written)
    except ValueError:
        return reason("date_impossible", value=written)


def _in_range(date: dt.date, written: str) -> dt.date | Reason:
    if FIRST_YEAR <= date.year <= LAST_YEAR:
        return date
    return reason("date_far", value=written, first=FIRST_YEAR, last=LAST_YEAR)
