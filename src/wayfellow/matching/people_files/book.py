"""Fill the workbook's sheets from a result."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wayfellow import __version__
from wayfellow.matching.criteria.scores import PeopleScores
from wayfellow.matching.criteria.weights import BY_CODE
from wayfellow.matching.people_files.cohort import Cohort
from wayfellow.matching.people_files.fairness import fairness
from wayfellow.matching.people_files.fields import FIELD_BY_NAME
from wayfellow.matching.people_files.prices import PriceRow
from wayfellow.matching.people_files.workbook import Book, MentorRow, PairRow, Section, UnmatchedRow
from wayfellow.matching.result import Result
from wayfellow.tables.columns import Confidence
from wayfellow.tables.words import fold

if TYPE_CHECKING:
    from wayfellow.matching.explanations import Explanation
    from wayfellow.matching.people_files.run import Input

_OBJECTIVES = {
    "participation_score": "most mentees with a mentor, then most pairs, then the highest total score",
    "free_score": "the highest total score; anybody may stay unmatched",
    "min_pair_score": "as participation_score, on pairs of at least the lowest score",
    "worst_first": "most mentees and pairs, then the highest lowest score, then the total",
    "leximin": "most mentees and pairs, then the lowest scores as high as can be, one after the other",
    "balanced": "most mentees and pairs, then the most even load, then the total",
    "minimums": "most mentees and pairs, then most minimum places filled, then the total",
    "lottery": "places drawn by lot, then the highest total among those admitted",
}
_SHORT = {"goals": "Goals", "hours": "Hours", "readiness": "Training", "perspective": "Perspective"}


def book_of(
    given: "Input",
    result: Result,
    explanation: "Explanation",
    scores: PeopleScores,
    prices: Sequence[PriceRow],
    *,
    input_sha256: str,
) -> Book:
    """All that the workbook says about a result."""
    problem = result.problem
    names = {person.id: person.name or person.id for person in given.cohort.people}
    groups = {person.id: person.groups for person in given.cohort.people}
    pairs, with_mentor = [], {mentor_id: list[str]() for mentor_id in problem.mentor_ids}
    chosen = zip(
        result.pairs, problem.score[result.chosen].tolist(), problem.pinned[result.chosen].tolist(), explanation.pairs,
        strict=True,
    )  # fmt: skip
    for (mentee_id, mentor_id), score, pinned, why in chosen:
        with_mentor[mentor_id].append(names[mentee_id])
        reasons = tuple(why.reasons)
        pairs.append(
            PairRow(names[mentee_id], names[mentor_id], score, reasons, why.points, mentee_id, mentor_id, kept=pinned)
        )
    unmatched = [
        UnmatchedRow(
            names[why.mentee_id], why.text, why.smallest_change.text if why.smallest_change else "", why.mentee_id
        )
        for why in explanation.unmatched
    ]
    mentors = [
        MentorRow(names[mentor_id], capacity, load, tuple(sorted(with_mentor[mentor_id], key=fold)), mentor_id)
        for mentor_id, capacity, load in zip(
            problem.mentor_ids, problem.capacity.tolist(), result.load.tolist(), strict=True
        )
    ]
    return Book(
        criteria={code: _SHORT.get(code, BY_CODE[code].label) for code in scores.criteria},
        pairs=sorted(pairs, key=lambda row: (fold(row.mentee), row.mentee_id, fold(row.mentor), row.mentor_id)),
        unmatched=sorted(unmatched, key=lambda row: (fold(row.mentee), row.mentee_id)),
        mentors=sorted(mentors, key=lambda row: (fold(row.mentor), row.mentor_id)),
        fairness=fairness(result, groups, [name for name in given.groups if name != given.rules.strata]),
        settings=_settings(given, result, scores, prices, input_sha256),
    )


def _settings(
    given: "Input", result: Result, scores: PeopleScores, prices: Sequence[PriceRow], input_sha256: str
) -> list[Section]:
    return [
        Section("Result", (), tuple(_outcome(result))),
        Section("How it was matched", (), tuple(_run(given, result, input_sha256))),
        Section(
            "Warnings",
            (),
            tuple((text,) for text in _warnings(given, result)),
            "There are none.",
        ),
        Section(
            "Rows left out",
            (),
            tuple((str(fault),) for fault in given.cohort.skipped),
            "Every row was read.",
        ),
        Section(
            "Hard rules",
            ("Rule", "Pairs it takes out, alone or with others", "Without it", "Total score without it"),
            tuple((price.rule, price.pairs_removed, price.gain, price.score_without) for price in prices),
            "No rule takes a pair out.",
        ),
        Section(
            "Weights",
            ("Criterion", "Weight of 100", "Default", "Evidence"),
            tuple(
                (BY_CODE[code].label, round(weight, 2), BY_CODE[code].weight, BY_CODE[code].source)
                for code, weight in scores.weights.items()
            ),
            "Nothing is scored: no criterion has data on both sides.",
        ),
        Section(
            "Pinned and forbidden pairs",
            ("Mentee", "Mentor", "What"),
            (
                *((mentee, mentor, "pinned: must be in the result") for mentee, mentor in given.pins),
                *((mentee, mentor, "forbidden") for mentee, mentor in given.forbids),
            ),
            "There are none.",
        ),
        Section("Columns read", ("Column", "Read as", "File", "Note"), tuple(_columns(given.cohort))),
    ]


def _warnings(given: "Input", result: Result) -> list[str]:
    """All warnings, those about the files with their place."""
    placed = {note.text: str(note) for note in given.cohort.notes}
    return list(dict.fromkeys(placed.get(caution.text, caution.text) for caution in result.cautions))


def _outcome(result: Result) -> list[tuple[Any, ...]]:
    problem, certificate = result.problem, result.certificate
    wanting = int((problem.want > 0).sum())
    proven = "yes: its prices were checked, gap 0" if certificate.optimal else f"no: gap at most {certificate.gap:,}"
    if certificate.optimal and certificate.kind != "prices":
        proven = "yes, gap 0"
    scores = problem.score[result.chosen].tolist()
    rows: list[tuple[Any, ...]] = [
        ("Mentees with a mentor", f"{result.participation:,} of {wanting:,}"),
        ("Pairs", len(result.chosen)),
        ("Places taken", f"{int(result.load.sum()):,} of {int(problem.capacity.sum()):,}"),
        ("Total score", result.total_score),
    ]
    if scores:
        rows += [("Lowest score of a pair", min(scores)), ("Mean score of a pair", round(sum(scores) / len(scores), 1))]
    return [*rows, ("Proven to be the best", proven)]


def _run(given: "Input", result: Result, input_sha256: str) -> list[tuple[Any, ...]]:
    rules = given.rules
    rows: list[tuple[Any, ...]] = [
        ("Program", f"wayfellow {__version__}"),
        ("Objective", f"{result.objective}: {_OBJECTIVES.get(result.objective, '')}"),
        ("Seed (decides ties)", str(result.seed)),
    ]
    if result.min_score is not None:
        rows.append(("Lowest score allowed", result.min_score))
    rows += [
        ("Places, where a mentor gives no number", "1, or the minimum"),
        ("Mentors wanted, where a mentee gives no number", 1),
        ("Reporting line", "nobody with anyone above or below them" if rules.reporting_line else "off"),
        ("Common language", "when both state one" if rules.common_language else "off"),
        (
            "Hours in common",
            f"at least {rules.common_hours} a week when both state them" if rules.common_hours else "off",
        ),
        ("Must differ", ", ".join(rules.must_differ) or "nothing"),
        ("Must be the same", ", ".join(rules.must_match) or "nothing"),
        ("Difference of perspective", ", ".join(rules.perspective) or "not scored: no dimension is named"),
        ("Hours compared by the clock of", rules.clock_day.isoformat()),
        ("Hash of what was matched (SHA-256)", input_sha256),
    ]
    return [*rows, *((f"Hash of {sheet.name} (SHA-256)", sheet.sha256) for sheet in given.cohort.sheets)]


def _columns(cohort: Cohort) -> list[tuple[Any, ...]]:
    return [
        (column.header, column_words(column.field), sheet.name, column_note(column))
        for sheet in cohort.sheets
        for column in sheet.columns
    ]


def column_words(field: str | None) -> str:
    """What a column was read as."""
    return FIELD_BY_NAME[field].label if field else "–"


def column_note(column: Any) -> str:
    """Why a column was read so, where that is not plain."""
    return column.reason.message if column.reason and column.confidence is not Confidence.SURE else ""
