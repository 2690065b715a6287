"""`wayfellow match people` from files to bytes: read, match, prove, explain, and write down.

given = understand(read_files([Path("people.csv")]), MatchRules())
Path("pairs.xlsx").write_bytes(run(given).workbook)
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wayfellow.matching.criteria.rules import Rules
from wayfellow.matching.criteria.scores import PeopleScores
from wayfellow.matching.errors import CannotSolve, ProblemError
from wayfellow.matching.people.candidates import PeopleResult, match_people
from wayfellow.matching.people.from_people import MOST_EXPLICIT, problem_from_people
from wayfellow.matching.people_files.book import book_of
from wayfellow.matching.people_files.cohort import Cohort, cohort_of
from wayfellow.matching.people_files.dimensions import groups_of, perspective_of
from wayfellow.matching.people_files.fields import find_heading
from wayfellow.matching.people_files.last_workbook import Kept, read_kept
from wayfellow.matching.people_files.messages import sheet_error
from wayfellow.matching.people_files.pairs import named_pairs
from wayfellow.matching.people_files.prices import prices_of
from wayfellow.matching.people_files.rows import Sheet, read_sheet
from wayfellow.matching.people_files.rules import MatchRules, RulesError
from wayfellow.matching.people_files.workbook import workbook_bytes
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import Caution, ObjectiveName, Result
from wayfellow.tables.errors import TableError, shown

if TYPE_CHECKING:
    from wayfellow.matching.explanations import Explanation

OnProgress = Callable[[str], None]


@dataclass(frozen=True)
class Input:
    """What was read, before anybody is matched.

    Args:
        cohort: the people.
        rules: the manager's rules.
        perspective, groups: dimension → field or heading.
        pins, forbids: pairs by id, from the rules and from last time's workbook.
        warnings: what to know about last time's workbook.
    """

    cohort: Cohort
    rules: MatchRules
    perspective: Mapping[str, str]
    groups: Mapping[str, str]
    pins: tuple[tuple[str, str], ...]
    forbids: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """A match that was run.

    Args:
        result: the pairs and their proof.
        workbook: the XLSX file.
        report: the JSON report.
    """

    result: Result
    workbook: bytes
    report: bytes


class NotProven(RuntimeError):
    """The result fails its own check, or the solver gave none: a defect of this program, not of the input."""


def read_files(paths: Sequence[Path], *, columns: Mapping[str, str | None] | None = None) -> list[Sheet]:
    """Read one or two files and recognise their columns.

    Args:
        paths: the files.
        columns: heading → field, or None to leave the column out; the others are recognised.

    Raises:
        TableError: a file cannot be read, or no file has one of the columns.
    """
    columns = columns or {}
    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        names = [str(path) for path in paths]
    sheets = []
    for path, name in zip(paths, names, strict=True):
        try:
            sheets.append(read_sheet(path, columns, name=name))
        except TableError as error:
            if name in error.message:
                raise
            raise TableError(error.code, f"“{name}”: {error}", facts=error.facts) from error
    for heading in columns:
        if not any(find_heading(heading, sheet.headers) for sheet in sheets):
            headings = shown(", ".join(heading for sheet in sheets for heading in sheet.headers), length=300)
            raise sheet_error("column_nowhere", heading=shown(heading), headings=headings)
    return sheets


def understand(
    sheets: Sequence[Sheet],
    rules: MatchRules,
    *,
    rules_name: str = "rules",
    first: str | None = None,
    keep: Path | None = None,
    keep_all: bool = False,
    skip_bad_rows: bool = False,
) -> Input:
    """Make people of rows, and pairs of what rules and last time's workbook name.

    Args:
        sheets: the files as read.
        rules: the manager's rules.
        rules_name: what to call the rules in messages.
        first: what the first of two files holds, "mentee" or "mentor", where no role column says it.
        keep: last time's workbook, whose marked pairs are to stay.
        keep_all: all pairs of that workbook.
        skip_bad_rows: go on without rows that cannot be used.

    Raises:
        BadCells: cells cannot be used.
        RulesError: the rules name people or columns that are not there.
        TableError: a file cannot be used.
    """
    try:
        perspective, groups = perspective_of(rules, sheets), groups_of(rules, sheets)
    except RulesError as error:
        raise RulesError([f"{rules_name}: {fault}" for fault in error.faults]) from error
    cohort = cohort_of(
        sheets,
        first=first,
        perspective=perspective,
        groups=groups,
        skip_bad_rows=skip_bad_rows,
        clock_day=rules.clock_day,
    )
    pins, forbids = named_pairs(cohort, rules, rules_name)
    kept = Kept((), ())
    if keep is not None:
        mentees = {person.id for person in cohort.people if person.is_mentee}
        mentors = {person.id for person in cohort.people if person.is_mentor}
        kept = read_kept(keep, mentees=mentees, mentors=mentors, keep_all=keep_all)
    every = tuple(dict.fromkeys((*pins, *kept.pairs)))
    return Input(cohort, rules, perspective, groups, every, forbids, kept.warnings)


def run(
    given: Input,
    *,
    objective: ObjectiveName = "participation_score",
    seed: int = 0,
    min_score: int | None = None,
    on_progress: OnProgress | None = None,
) -> Done:
    """Match people, check the proof, explain, and make workbook and report.

    Args:
        given: what was read.
        objective: what "best" means.
        seed: what ties are drawn with.
        min_score: lowest score of a pair, under "min_pair_score".
        on_progress: called with the name of each step as it begins.

    Raises:
        ProblemError: pins, forbids or rules contradict each other.
        NotProven: the result fails its own check.
    """
    from wayfellow.matching.digest import problem_sha256
    from wayfellow.matching.explanations import explain
    from wayfellow.matching.people.verify_people import verify_people
    from wayfellow.matching.report import report_bytes, report_of
    from wayfellow.matching.verify import verify

    say = on_progress or (lambda step: None)
    people = given.cohort.people
    mentees, mentors = (sum(getattr(person, side) for person in people) for side in ("is_mentee", "is_mentor"))
    say(f"matching {mentees:,} mentees with {mentors:,} mentors")
    matching = _Matching(given, objective, seed, min_score)
    try:
        matched = matching.result(on_progress)
    except CannotSolve as error:
        raise NotProven(f"the solver gave no answer: {error}") from error
    result = matched.result
    say("checking the proof")
    large = len(matched.scores.mentees) * len(matched.scores.mentors) > MOST_EXPLICIT
    verdict = verify_people(result, matched.scores) if large else verify(result)
    if not verdict.ok:
        raise NotProven("; ".join(verdict.faults))
    told = [*(note.text for note in given.cohort.notes), *_left_out(given.cohort), *given.warnings]
    result = replace(result, cautions=(*result.cautions, *(Caution("input", text) for text in told)))
    say("finding reasons")
    explanation = explain(result, reasons_of=matched.scores.reasons, ruled_out_by=matched.scores.ruled_out)
    explanation = _with_points(explanation, matched.scores, result)
    say("pricing the rules")
    prices = prices_of(result, matching.rules, None if large else matching.problem)
    digest = problem_sha256(result.problem)
    say("writing")
    book = book_of(given, result, explanation, matched.scores, prices, input_sha256=digest)
    report = report_bytes(report_of(result, explanation, input_sha256=digest))
    return Done(result, workbook_bytes(book), report)


def _left_out(cohort: Cohort) -> list[str]:
    """How many rows of each file were left out."""
    lines = {(fault.file, fault.problem.line) for fault in cohort.skipped}
    counts = Counter(file for file, _ in lines)
    return [
        f"{file}: {count:,} {'row was' if count == 1 else 'rows were'} left out, because cells cannot be used."
        for file, count in sorted(counts.items())
    ]


class _Matching:
    """The people of one input, under its own rules or under other ones."""

    def __init__(self, given: Input, objective: ObjectiveName, seed: int, min_score: int | None) -> None:
        self.given, self.objective, self.seed, self.min_score = given, objective, seed, min_score
        rules = given.rules
        self.rules = Rules(
            reporting_line=rules.reporting_line,
            common_language=rules.common_language,
            min_hours=rules.common_hours,
            must_differ=rules.must_differ,
            must_agree=rules.must_match,
        )

    def result(self, on_progress: OnProgress | None) -> PeopleResult:
        """The best pairs under its own rules."""
        return match_people(
            self.given.cohort.people,
            objective=self.objective,
            seed=self.seed,
            min_score=self.min_score,
            rules=self.rules,
            on_progress=on_progress,
            **self._what(),
        )

    def problem(self, rules: Rules) -> Problem:
        """The cohort under other rules."""
        return problem_from_people(self.given.cohort.people, rules=rules, **self._what()).problem

    def _what(self) -> dict[str, Any]:
        given = self.given
        return {
            "weights": given.rules.weights,
            "perspective": given.rules.perspective,
            "pins": given.pins,
            "forbids": given.forbids,
            "stratify_by": given.rules.strata,
        }


def _with_points(explanation: "Explanation", scores: PeopleScores, result: Result) -> "Explanation":
    """Fill in what each criterion adds, which the problem of a large cohort does not hold for every pair."""
    if result.problem.points is not None:
        return explanation
    points = scores.points(result.problem.mentee[result.chosen], result.problem.mentor[result.chosen]).tolist()
    pairs = tuple(
        replace(pair, points=dict(zip(scores.criteria, added, strict=True)))
        for pair, added in zip(explanation.pairs, points, strict=True)
    )
    return replace(explanation, pairs=pairs)


def in_words(given: Input, error: ProblemError) -> list[str]:
    """What is wrong with the rules, pins or forbids, a line for each, with the people's names."""
    pairs = {"pins": given.pins, "forbids": given.forbids}
    names = {person.id: person.name or person.id for person in given.cohort.people}
    lines = []
    for finding in error.findings:
        listed = pairs.get(finding.table, ())
        if finding.row is not None and finding.row < len(listed):
            mentee, mentor = (names.get(person_id, person_id) for person_id in listed[finding.row])
            kind = "pinned" if finding.table == "pins" else "forbidden"
            lines.append(f"{mentee} and {mentor}, {kind}: {finding.text}")
        else:
            lines.append(str(finding))
    return lines
