"""The `[[outcome]]` tables of a plan."""

from typing import Any

from wayfellow.impact.errors import Problem
from wayfellow.impact.plan.model import Outcome
from wayfellow.impact.plan.values import Values, quoted

ALWAYS = ("name", "kind", "role", "sensitive", "higher_is", "expected_control", "expected_effect", "expected_sd")
OF_VALUES = ("column", "baseline")
OF_TIMES = ("time", "event", "event_date", "competing_date", "end_date", "horizon", "unit", "measure")
KINDS = ("binary", "continuous", "scale", "time-to-event")


def read_outcomes(tables: Any, *, design: str, has_index: bool, file: str, problems: list[Problem]) -> list[Outcome]:
    """The outcomes of a plan, in its order.

    Args:
        tables: what stands under `outcome`.
        has_index: whether the plan names a column with the index date.
    """
    if not isinstance(tables, list) or not tables:
        problems.append(Problem(file=file, key="outcome", text="at least one [[outcome]] is required"))
        return []
    found = [
        _outcome(table, number, design=design, has_index=has_index, file=file, problems=problems)
        for number, table in enumerate(tables, 1)
    ]
    names = [outcome.name for outcome in found]
    for number, name in enumerate(names, 1):
        if name in names[: number - 1]:
            problems.append(Problem(file=file, key=f"outcome {number}.name", text=f"{quoted(name)} stands there twice"))
    primary = [outcome.name for outcome in found if outcome.role == "primary"]
    if len(primary) != 1:
        told = "none has" if not primary else f"{', '.join(map(quoted, primary))} have"
        text = f"exactly one outcome must have role = 'primary'; {told} it"
        problems.append(Problem(file=file, key="outcome.role", text=text))
    return found


def _outcome(table: Any, number: int, *, design: str, has_index: bool, file: str, problems: list[Problem]) -> Outcome:
    at = f"outcome {number}"
    values = Values(table, at=at, known=(*ALWAYS, *OF_VALUES, *OF_TIMES), file=file, problems=problems)
    kind = values.choice("kind", KINDS)
    timed = kind == "time-to-event"
    for key in OF_VALUES if timed else OF_TIMES:
        if key in values:
            values.problem(key, f"is not a key of a {kind} outcome")
    outcome = Outcome(
        name=values.text("name", required=True) or "",
        kind=kind,
        role=values.choice("role", ("primary", "secondary", "placebo"), "secondary"),
        sensitive=values.flag("sensitive"),
        higher_is=values.choice("higher_is", ("better", "worse"), "better"),
        expected_control=values.number("expected_control", None, low=0, high=1, open_ends=True),
        expected_effect=values.number("expected_effect", None),
        expected_sd=values.number("expected_sd", 1.0, low=0, open_ends=True),
        column=None if timed else values.text("column", required=True),
        baseline=None if timed else values.text("baseline"),
        **(_times(values, has_index=has_index) if timed else {}),
    )
    if design == "before-after" and not timed and "baseline" not in values:
        values.problem("baseline", "is required when the design is 'before-after'")
    if timed and design in ("before-after", "roll-out"):
        values.problem("kind", f"'time-to-event' is not for the design {quoted(design)}")
    return outcome


def _times(values: Values, *, has_index: bool) -> dict[str, Any]:
    """The fields of a time-to-event outcome."""
    dated = any(key in values for key in ("event_date", "competing_date", "end_date"))
    needed, other = (("event_date", "end_date"), ("time", "event")) if dated else (("time", "event"), ())
    for key in other:
        if key in values:
            values.problem(key, "is not used together with dates; give time and event, or event_date and end_date")
    if dated and not has_index:
        values.problem("event_date", "dates need a column index_date under [columns]")
    measure = values.choice("measure", ("cumulative-incidence", "rmst", "hazard-ratio"), "cumulative-incidence")
    if "horizon" not in values and measure != "hazard-ratio":
        values.problem("horizon", "is required")
    return {
        **{key: values.text(key, required=True) for key in needed},
        "competing_date": values.text("competing_date"),
        "horizon": values.number("horizon", None, low=0, open_ends=True),
        "unit": values.choice("unit", ("days", "weeks", "months", "years"), "days"),
        "measure": measure,
    }
