"""The clock of a time-to-event outcome. It starts at the index date for everybody, never at a first meeting."""

import numpy as np

from wayfellow.impact.people.cells import Cells
from wayfellow.impact.people.model import Floats, Times
from wayfellow.impact.plan import Outcome

DAYS_PER = {"days": 1.0, "weeks": 7.0, "months": 365.25 / 12, "years": 365.25}


def read_times(cells: Cells, outcome: Outcome, *, index: str | None) -> Times:
    """Times and events, from numbers or from dates.

    From dates, the first of event, competing event and end counts; an event after the end was not seen. Days become
    the outcome's unit: a month is 365.25 / 12 days, a year 365.25.
    """
    if outcome.time is not None and outcome.event is not None:
        time = cells.numbers(outcome.time, required=True, low=0.0)
        event = cells.choice(outcome.event, (0, 1, 2), required=True)
        return Times(time=np.nan_to_num(time), event=np.nan_to_num(event).astype(np.int64))
    assert index is not None and outcome.event_date is not None and outcome.end_date is not None  # noqa: S101
    start = cells.dates(index, required=True)
    end = _after(cells, outcome.end_date, start, required=True)
    happened = _after(cells, outcome.event_date, start, required=False)
    competing = np.full_like(start, np.inf)
    if outcome.competing_date is not None:
        competing = np.nan_to_num(_after(cells, outcome.competing_date, start, required=False), nan=np.inf)
    happened = np.nan_to_num(happened, nan=np.inf)
    end = np.nan_to_num(end, nan=0.0)
    first = np.minimum(np.minimum(happened, competing), end)
    event = np.where(happened == first, 1, np.where(competing == first, 2, 0))
    return Times(time=first / DAYS_PER[outcome.unit], event=event.astype(np.int64))


def _after(cells: Cells, column: str, start: Floats, *, required: bool) -> Floats:
    """Days from the index date to each date of a column; a date before it is a problem."""
    days = cells.dates(column, required=required) - start
    for row in np.flatnonzero(days < 0):
        cell = cells.table.cells[column][row]
        cells.problem(int(row), column, f"'{cell}' is before the index date")
    return days
