"""The parts of a report below the answer."""

import math
from collections.abc import Sequence

from wayfellow.impact.document.answer import can_say, cannot_say, reading
from wayfellow.impact.document.figures import figures
from wayfellow.impact.document.methods import methods
from wayfellow.impact.document.model import (
    Bar,
    Bars,
    Block,
    Bullets,
    Code,
    Interval,
    Intervals,
    LovePlot,
    Paragraph,
    Section,
    Standing,
    Table,
)
from wayfellow.impact.document.numbers import (
    NOTHING,
    Facts,
    between,
    difference_of,
    fixed,
    is_share,
    level_of,
    people,
    plain,
    share,
)
from wayfellow.impact.plan import Plan

DESIGNS = {
    "lottery": "places drawn by lot",
    "roll-out": "people who started at different times",
    "comparison": "people in the programme and others outside it",
    "before-after": "people before and after the programme, without a comparison group",
}
STATUS = {"fine": "Alike", "adjust": "Close", "fail": "Apart"}
ATTRITION = 0.7


def arms(report: Facts) -> tuple[str, str]:
    """What the two groups are called."""
    if report["design"]["declared"] == "before-after":
        return "After", "Before"
    if report["design"]["declared"] == "roll-out":
        return "Started", "Not started"
    return "Programme", "Comparison"


def outcome_sections(report: Facts) -> tuple[list[Section], list[Section]]:
    """Interval plots: shares of people on one scale, everything else each on its own."""
    shown = [outcome for outcome in report["outcomes"] if outcome.get("estimate") is not None]
    shares = [outcome for outcome in shown if is_share(outcome)]
    others = [outcome for outcome in shown if not is_share(outcome)]
    hidden = [outcome["name"] for outcome in report["outcomes"] if outcome.get("estimate") is None]
    how = "The dot is the best estimate; the bar is where the truth plausibly lies"
    first: list[Section] = []
    second: list[Section] = []
    if shares:
        low, high = _axis([value for outcome in shares for value in _reach(outcome)])
        rows = tuple(_interval(outcome, low, high) for outcome in shares)
        text = f"Share of people, and the difference in percentage points. {how} ({_level(shares)} interval)."
        first.append(_section("happened", "What happened", text, report, rows))
    if others:
        rows = tuple(_interval(outcome, *_axis(_reach(outcome))) for outcome in others)
        text = f"Means, and the difference in the unit of each outcome. {how} ({_level(others)} interval)."
        second.append(_section("measured", "What was measured", text, report, rows))
    if hidden and shown:
        (second or first)[-1] = _with(
            (second or first)[-1], Paragraph(f"Not shown, for the reasons given: {', '.join(hidden)}.")
        )
    return first, second


def _with(section: Section, block: Block) -> Section:
    return Section(section.anchor, section.heading, (*section.blocks, block))


def _section(anchor: str, heading: str, text: str, report: Facts, rows: tuple[Interval, ...]) -> Section:
    arm1, arm0 = arms(report)
    caption = "Interval plot: each outcome's difference with its interval"
    return Section(anchor, heading, (Paragraph(text), Intervals(caption, arm1, arm0, rows)))


def _level(outcomes: Sequence[Facts]) -> str:
    return f"{100 * (outcomes[0].get('level') or 0.95):g}%"


def _reach(outcome: Facts) -> list[float]:
    return [value for value in (*(outcome.get("ci") or ()), outcome["estimate"], 0.0) if value is not None]


def _axis(values: Sequence[float]) -> tuple[float, float]:
    """An axis that holds the values and zero, ending on round numbers."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    step = 10 ** math.floor(math.log10(span))
    step = next(step * factor for factor in (0.2, 0.5, 1, 2) if span / (step * factor) <= 6)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step or step


def _interval(outcome: Facts, low: float, high: float) -> Interval:
    words, tone = reading(outcome)
    found = outcome.get("ci") or ()
    ci = (float(found[0]), float(found[1])) if found and None not in found else None
    scale = 100 if is_share(outcome) else 1
    return Interval(
        name=outcome["name"] + (" (primary)" if outcome["role"] == "primary" else ""),
        arm1=level_of(outcome, (outcome.get("arm1") or {}).get("mean")),
        arm0=level_of(outcome, (outcome.get("arm0") or {}).get("mean")),
        difference=difference_of(outcome, outcome["estimate"]),
        between=between(outcome, ci),
        estimate=outcome["estimate"],
        ci=ci,
        low=low,
        high=high,
        low_text=_end_of_axis(scale * low),
        high_text=_end_of_axis(scale * high),
        reading=words,
        tone=tone,
        clear=ci is not None and not ci[0] <= 0 <= ci[1],
    )


def _end_of_axis(value: float) -> str:
    text = f"{round(value, 10):+,.10f}".rstrip("0").rstrip(".")
    return "0" if text in {"+0", "-0"} else text.replace("-", "−")


def limits(report: Facts) -> tuple[Block, ...]:
    """What can and what cannot be said."""
    rows = (report.get("balance") or {}).get("rows") or ()
    fine = len(rows) if rows and all(row.get("status") == "fine" for row in rows) else 0
    return (
        Bullets("It can say", tuple(can_say(report, fine)), "good"),
        Bullets("It cannot say", tuple(cannot_say(report)), "info"),
    )


def flow(report: Facts) -> tuple[Block, ...]:
    """From the rows of the file to the people who were analysed."""
    found = report["flow"] or {}
    arm1, arm0 = arms(report)
    analysed = found.get("analysed") or {}
    steps = [("People in the file", found.get("people"))]
    steps += [(f"Analysed: {arm}", analysed.get(key)) for arm, key in ((arm1, "arm1"), (arm0, "arm0"))]
    counts = [(name, count) for name, count in steps if count is not None]
    if not counts:
        return ()
    most = max(count for _, count in counts) or 1
    rows = (("Rows in the file", found.get("rows")), *counts)
    return (
        Bars("Sample flow: people in the file and in each group", _bars(counts, most)),
        Table(
            "Sample flow",
            ("Step", "Count"),
            tuple((name, NOTHING if count is None else f"{count:,}") for name, count in rows),
            (False, True),
        ),
    )


def _bars(counts: Sequence[tuple[str, int]], most: int) -> tuple[Bar, ...]:
    return tuple(Bar(name, count / most, people(count)) for name, count in counts)


def response(report: Facts) -> tuple[Block, ...]:
    """Share of answers by outcome and group."""
    arm1, arm0 = arms(report)
    found = report.get("missingness") or ()
    bars = [
        Bar(f"{one['outcome']}: {arm}", one[key], share(one[key]))
        for one in found
        for arm, key in ((arm1, "response_arm1"), (arm0, "response_arm0"))
        if one.get(key) is not None
    ]
    if not bars:
        return ()
    rows = tuple((one["outcome"], share(one.get("response_arm1")), share(one.get("response_arm0"))) for one in found)
    return (
        Paragraph("Below 70 percent in a group, or more than 10 points between groups, the answer is weakened."),
        Bars("Response: share that answered, with a line at 70 percent", tuple(bars), ATTRITION),
        Table("Share that answered", ("Outcome", arm1, arm0), rows, (False, True, True)),
    )


def balance(report: Facts) -> tuple[Block, ...]:
    """The Love plot, its table, and the weights."""
    found = report["balance"]
    rows = found.get("rows") or ()
    if not rows:
        return ()
    label = (
        f"Love plot: standardised differences between the groups in {len(rows)} columns. Largest before "
        f"{fixed(found.get('max_before'), 2)}, largest after {fixed(found.get('max_after'), 2)}."
    )
    standing = tuple(Standing(_column(row), row.get("smd_before"), row.get("smd_after")) for row in rows)
    table = tuple(
        (
            _column(row),
            fixed(row.get("smd_before"), 3),
            fixed(row.get("smd_after"), 3),
            STATUS.get(row.get("status") or "", NOTHING),
        )
        for row in rows
    )
    blocks: list[Block] = [
        Paragraph(
            "Differences at the start, in standard deviations. Up to 0.05 is alike; above 0.25 is too far apart."
        ),
        LovePlot(label, standing),
        Table(
            "Difference at the start, in standard deviations",
            ("Known before the start", "Before weighting", "After", "Reading"),
            table,
            (False, True, True, False),
        ),
    ]
    weights = report.get("weights")
    if weights:
        names = (
            ("method", "Weights by"),
            ("ess_control", "Comparison people they amount to"),
            ("ess_treated", "Programme people they amount to"),
            ("max_weight", "Largest weight"),
            ("max_share", "Largest share of one person"),
        )
        cells = tuple((words, _weight(key, weights.get(key))) for key, words in names if weights.get(key) is not None)
        blocks.append(Table("Weights", ("Measure", "Value"), cells, (False, True)))
    return tuple(blocks)


def _column(row: Facts) -> str:
    return str(row.get("column") or row.get("covariate"))


def _weight(key: str, value: float | str) -> str:
    if isinstance(value, str):
        return value
    return share(value) if key == "max_share" else plain(value)


def breakdown(report: Facts) -> tuple[Block, ...]:
    """Groups within, small ones withheld."""
    arm1, arm0 = arms(report)
    blocks: list[Block] = []
    for one in report.get("breakdown") or ():
        rows = tuple(
            (str(cell["value"]), "Not shown", "Not shown")
            if cell.get("suppressed")
            else (str(cell["value"]), _count(cell.get("n1")), _count(cell.get("n0")))
            for cell in one["cells"]
        )
        blocks.append(Table(f"People by {one['column']}", (one["column"], arm1, arm0), rows, (False, True, True)))
    return tuple(blocks)


def _count(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def sensitivity(report: Facts) -> tuple[Block, ...]:
    """What would change the reading."""
    blocks: list[Block] = []
    rows: list[tuple[str, str, str]] = []
    for outcome in report["outcomes"]:
        name, found = outcome["name"], outcome.get("sensitivity") or {}
        point = (found.get("e_value") or {}).get("point")
        if point is not None:
            words = "Ties that something unmeasured would need, to group and outcome, to explain all of it (E-value)"
            rows.append((name, words, f"{fixed(point, 2)} to 1"))
        if found.get("bounds"):
            rows.append(
                (name, "If all who did not answer had the worst, and the best", between(outcome, found["bounds"]))
            )
        if found.get("honest_did") is not None:
            rows.extend(_honest(outcome, found["honest_did"]))
        if outcome.get("cace"):
            cace = outcome["cace"]
            words = f"Among those who took part ({share(cace.get('first_stage'))} of those drawn)"
            rows.append(
                (name, words, f"{difference_of(outcome, cace.get('estimate'))} ({between(outcome, cace.get('ci'))})")
            )
        plainly = outcome.get("unadjusted") or {}
        if plainly.get("estimate") is not None and outcome.get("estimate") is not None:
            words = "Plain difference, nothing adjusted"
            text = f"{difference_of(outcome, plainly['estimate'])} ({between(outcome, plainly.get('ci'))})"
            rows.append((name, words, text))
        left_out = found.get("leave_one_site_out")
        if left_out:
            cells = tuple((str(one["left_out"]), difference_of(outcome, one.get("estimate"))) for one in left_out)
            caption = f"{name}: the estimate without each site"
            blocks.append(Table(caption, ("Without", "Difference"), cells, (False, True)))
    if rows:
        columns = ("Outcome", "If it were otherwise", "Result")
        blocks.insert(0, Table("What would change the reading", columns, tuple(rows), (False, False, True)))
    return tuple(blocks)


def _honest(outcome: Facts, found: object) -> list[tuple[str, str, str]]:
    """Rows for what departures from parallel trends would do, however deep the facts are nested."""
    if not isinstance(found, dict):
        return []
    rows = []
    for key, value in found.items():
        if isinstance(value, list) and len(value) == 2 and all(isinstance(one, int | float) for one in value):
            text = between(outcome, value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            text = plain(float(value))
        else:
            continue
        rows.append((outcome["name"], f"Trends not quite parallel (HonestDiD): {key.replace('_', ' ')}", text))
    return rows


def method(report: Facts, plan: Plan) -> tuple[Block, ...]:
    """How it was done, with formulas and sources."""
    blocks: list[Block] = []
    for one in methods(report, plan.analysis.method):
        text = f"{one.name}. {one.words} It rests on this: {one.rests_on[0].lower()}{one.rests_on[1:]}"
        blocks += [Paragraph(text), Code(f"Formula: {one.name}", one.formula), Paragraph(f"Source: {one.source}.")]
    analysis = plan.analysis
    settings = [
        ("Estimand", analysis.estimand if report["design"]["declared"] == "comparison" else NOTHING),
        ("Standard errors", analysis.se + (", by cluster" if plan.columns.cluster else "")),
        ("Missing answers", analysis.missing),
        ("Level", f"{100 * analysis.level:g}%"),
        ("Seed", str(report["seed"])),
    ]
    rows = tuple(row for row in settings if row[1] != NOTHING)
    blocks.append(Table("Settings", ("Setting", "Value"), rows, (False, False)))
    return tuple(blocks)


def all_figures(report: Facts) -> tuple[Block, ...]:
    """Every figure of every outcome, a table each."""
    return tuple(block for outcome in report["outcomes"] for block in figures(outcome, *arms(report)))


def the_plan(report: Facts, plan: Plan) -> tuple[Block, ...]:
    """The plan as it was written, and the fingerprints of what went in."""
    blocks: list[Block] = [Code("The plan as it was written", plan.text)] if plan.text else []
    rows = (("Plan", report["plan_sha256"]), ("Data", report["data_sha256"]))
    cells = tuple((name, str(value)) for name, value in rows if value)
    return (*blocks, Table("Fingerprints (SHA-256)", ("File", "Fingerprint"), cells, (False, False)))
