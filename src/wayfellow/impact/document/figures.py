"""Every figure of an outcome, as tables."""

from wayfellow.impact.document.model import Block, Table
from wayfellow.impact.document.numbers import NOTHING, Facts, between, chance, difference_of, fixed, level_of, plain

KINDS = {"binary": "yes or no", "continuous": "number", "scale": "scale", "time-to-event": "time until an event"}


def figures(outcome: Facts, arm1: str, arm0: str) -> list[Block]:
    """One table of the outcome's figures, and those of a roll-out below it; empty rows are left out."""
    level = f"{100 * (outcome.get('level') or 0.95):g}% interval"
    rows: list[tuple[str, str]] = [
        ("Role", outcome["role"]),
        ("Kind", KINDS[outcome["kind"]]),
        ("Measure", _words(outcome.get("measure"))),
        ("Method", _words(outcome.get("method"))),
        (f"People: {arm1}", _count(outcome.get("n1"))),
        (f"People: {arm0}", _count(outcome.get("n0"))),
        (arm1, _mean(outcome, "arm1")),
        (arm0, _mean(outcome, "arm0")),
        ("Difference", difference_of(outcome, outcome.get("estimate"), unit=True)),
        (level, between(outcome, outcome.get("ci"))),
        ("Standard error", _width(outcome, outcome.get("se"))),
        ("p-value", chance(outcome.get("p"))),
        ("p-value, adjusted for several outcomes", chance(outcome.get("p_adjusted"))),
        ("p-value from drawing the lots again", chance(outcome.get("p_randomisation"))),
        ("p-value, wild cluster bootstrap", chance(outcome.get("p_wild"))),
        ("Smallest difference seen four times in five", _width(outcome, outcome.get("mde"))),
        ("Events", _events(outcome)),
        ("Horizon", plain(outcome.get("horizon"))),
    ]
    rows += _plainly(outcome) + _timed(outcome)
    cells = tuple((name, value) for name, value in rows if value not in (NOTHING, ""))
    blocks: list[Block] = [Table(outcome["name"], ("Figure", "Value"), cells, (False, True))]
    return blocks + _rollout(outcome)


def _words(value: object) -> str:
    return str(value).replace("_", " ").replace("-", " ") if value else ""


def _count(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def _width(outcome: Facts, value: float | None) -> str:
    return difference_of(outcome, value, unit=True).lstrip("+")


def _mean(outcome: Facts, arm: str) -> str:
    found = outcome.get(arm) or {}
    text = level_of(outcome, found.get("mean"))
    return f"{text} (SE {_width(outcome, found['se'])})" if found.get("se") is not None else text


def _events(outcome: Facts) -> str:
    counts = (outcome.get("events1"), outcome.get("events0"))
    return "" if None in counts else f"{counts[0]:,} and {counts[1]:,}"


def _plainly(outcome: Facts) -> list[tuple[str, str]]:
    found = outcome.get("unadjusted") or {}
    if found.get("estimate") is None:
        return []
    return [
        ("Plain difference", f"{difference_of(outcome, found['estimate'])} ({between(outcome, found.get('ci'))})"),
        ("Plain difference, p-value", chance(found.get("p"))),
    ]


def _timed(outcome: Facts) -> list[tuple[str, str]]:
    rows = []
    if outcome.get("ratio"):
        ci = outcome["ratio"].get("ci") or (None, None)
        text = f"{fixed(outcome['ratio'].get('estimate'), 2)} ({fixed(ci[0], 2)} to {fixed(ci[1], 2)})"
        rows.append(("Ratio of hazards", text))
    if outcome.get("logrank"):
        found = outcome["logrank"]
        rows.append(("Log-rank test", f"{fixed(found.get('chi2'), 2)}, p {chance(found.get('p'))}"))
    return rows


def _rollout(outcome: Facts) -> list[Block]:
    found = outcome.get("rollout") or {}
    blocks: list[Block] = []
    name = outcome["name"]

    def one(value: float | None) -> str:
        return difference_of(outcome, value)

    def width(value: float | None) -> str:
        return _width(outcome, value)

    if found.get("event_study"):
        rows = tuple(
            (str(row["event"]), one(row.get("estimate")), width(row.get("se"))) for row in found["event_study"]
        )
        heads = ("Periods since the start", "Difference", "Standard error")
        blocks.append(Table(f"{name}: before and after the start", heads, rows, (True, True, True)))
    if found.get("groups"):
        groups = tuple(
            (str(row["group"]), _count(row.get("n")), one(row.get("estimate")), width(row.get("se")))
            for row in found["groups"]
        )
        heads_of_groups = ("Started in", "People", "Difference", "Standard error")
        blocks.append(Table(f"{name}: by start", heads_of_groups, groups, (True, True, True, True)))
    if found.get("att_gt"):
        cells = tuple(
            (f"{row['group']} in {row['period']}", one(row.get("estimate")), width(row.get("se")))
            for row in found["att_gt"]
        )
        blocks.append(
            Table(
                f"{name}: each start in each period",
                ("Start", "Difference", "Standard error"),
                cells,
                (False, True, True),
            )
        )
    facts = [
        ("Mean over periods since the start", one((found.get("event_overall") or {}).get("estimate"))),
        ("Mean over starts", one((found.get("group_overall") or {}).get("estimate"))),
        ("Joint test of the periods before the start, p-value", chance(found.get("pretrend_p"))),
    ]
    overall = tuple((words, value) for words, value in facts if value != NOTHING)
    if overall:
        blocks.append(Table(f"{name}: taken together", ("Figure", "Value"), overall, (False, True)))
    return blocks
