"""The ladder of evidence: where a report stands, why, and what would climb one."""

from wayfellow.impact.document.model import Rung
from wayfellow.impact.document.numbers import Facts

LADDER = (
    (5, "Fair draw", "More people than places, drawn by lot"),
    (3, "Staggered start", "People began at different times"),
    (2, "Adjusted comparison", "Similar people outside the programme, chosen in the open"),
    (1, "Before and after", "Only the people in the programme, or a design that did not hold"),
    (0, "Too few", "Too few people for any figure"),
)
DECLARED = {"lottery": 5, "roll-out": 3, "comparison": 2, "before-after": 1}


def rungs(report: Facts) -> tuple[Rung, ...]:
    """The ladder, with the rung of this report marked."""
    at = report["design"]["rung"]
    return tuple(Rung(number, name, text, number == at) for number, name, text in LADDER)


def why(report: Facts) -> tuple[str, ...]:
    """Why the report stands on its rung, from the declared design down."""
    design = report["design"]
    declared = next(name for number, name, _ in LADDER if number == design["rung_declared"])
    reasons = [reason["text"] for reason in design["reasons"]]
    start = f"The design ({declared.lower()}) starts on rung {design['rung_declared']}"
    if design["rung"] < design["rung_declared"]:
        return (f"{start}. It falls to rung {design['rung']}:", *reasons)
    may = [f"What it may say: {design['may_say']}"] if design.get("may_say") else []
    return (f"{start}, and keeps it.", *reasons, *may)


def climb(report: Facts) -> str:
    """What would make the next answer stronger."""
    rung = report["design"]["rung"]
    if rung == 5:
        return "This is the strongest design there is. Keep the lottery, and ask everybody who drew for their answers."
    if rung == 0:
        return "Wait for more people, or join several cohorts into one plan before anybody looks at the results."
    if rung == 3:
        return "Where more people want a place than there are, draw the last places by lot: that is the top rung."
    if report["design"]["rung_declared"] > rung:
        return "Mend what is listed above, and the same design stands higher: often it takes more answers or people."
    return (
        "Next time, ask everybody the same questions before the start, and let people start at different times, or "
        "draw the last places by lot."
    )
