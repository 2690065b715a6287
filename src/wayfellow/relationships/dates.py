"""Months on a calendar."""

import calendar
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last of that month: 31 January and one month is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
