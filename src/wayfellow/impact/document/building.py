"""From a report and its plan to a document."""

from wayfellow.impact.document import parts
from wayfellow.impact.document.answer import QUESTION, answer
from wayfellow.impact.document.model import Document, Fact, Paragraph, Section
from wayfellow.impact.document.numbers import Facts, people, share
from wayfellow.impact.document.rungs import climb, rungs, why
from wayfellow.impact.plan import Plan


def document(report: Facts, plan: Plan) -> Document:
    """What a report shows, answer first.

    Args:
        report: `Report.to_dict()`.
        plan: the plan it was made with.
    """
    outcomes = report["outcomes"]
    primary = next((outcome for outcome in outcomes if outcome["role"] == "primary"), None)
    shares, measures = parts.outcome_sections(report)
    sections = [
        *shares,
        *measures,
        Section("says", "What this can and cannot say", parts.limits(report)),
        Section("words", "The findings in words", tuple(Paragraph(text) for text in report["sentences"])),
        Section("flow", "Who was looked at", parts.flow(report)),
        Section("response", "Who answered", parts.response(report)),
        *([Section("alike", "Were the groups alike?", parts.balance(report))] if report.get("balance") else []),
        Section("breakdown", "Groups within", parts.breakdown(report)),
        Section("sensitivity", "How far could this be wrong?", parts.sensitivity(report)),
        Section("method", "Method", parts.method(report, plan)),
        Section("figures", "All figures", parts.all_figures(report)),
        Section("plan", "The plan", parts.the_plan(report, plan)),
    ]
    return Document(
        title=report["title"],
        question=QUESTION,
        lede=f"{report['title']}: {parts.DESIGNS[report['design']['declared']]}.",
        answer=answer(report, primary),
        facts=_facts(report, primary),
        rungs=rungs(report),
        why=why(report),
        climb=climb(report),
        sections=tuple(section for section in sections if section.blocks),
        footer=f"Groups smaller than {_smallest(report, plan)} are never shown. No names, no single person's values.",
    )


def _smallest(report: Facts, plan: Plan) -> int:
    return int((report.get("suppression") or {}).get("k") or plan.smallest_group)


def _facts(report: Facts, primary: Facts | None) -> tuple[Fact, ...]:
    arm1, arm0 = parts.arms(report)
    analysed = (report["flow"] or {}).get("analysed") or {}
    answered: Facts = next(
        (one for one in report.get("missingness") or () if primary and one["outcome"] == primary["name"]), {}
    )
    facts = []
    for arm, key, response in ((arm1, "arm1", "response_arm1"), (arm0, "arm0", "response_arm0")):
        if analysed.get(key) is not None:
            small = f"{share(answered[response])} answered" if answered.get(response) is not None else ""
            facts.append(Fact(arm, people(analysed[key]), small))
    if report.get("exploratory"):
        registered = Fact("Plan", "Changed", "after it was locked: this is exploratory")
    elif report.get("plan_locked"):
        registered = Fact("Plan", "Locked", "and unchanged since")
    else:
        registered = Fact("Plan", "Not registered", "it was never locked")
    rung = report["design"]["rung"]
    return (*facts, Fact("Rung", f"{rung} of 5", "of the ladder of evidence"), registered)
