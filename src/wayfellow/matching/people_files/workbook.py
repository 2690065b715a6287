"""The result as a workbook for people: sheets Pairs, Unmatched, Mentors, Fairness and Settings.

The same result gives the same bytes. Every text is written as text, so no spreadsheet computes any of it.
"""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wayfellow.matching.people_files.fairness import GroupRow
from wayfellow.matching.people_files.last_workbook import KEEP, MENTEE_ID, MENTOR_ID, SHEET
from wayfellow.tables.cells import neutralise

PINE, PLUM, INK, QUIET = "#0A5C4A", "#7C2D5E", "#14302B", "#4A6059"
BAND, LINE, SOFT, SUN = "#F4F6F1", "#D3DBD2", "#DCEBE4", "#FDF3DC"
_FONT = "Calibri"
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  a workbook has no time zones
_LONGEST = 32_000
_NOT_SHOWN = "not shown"
_WHY_NOT_SHOWN = "Groups under five people are not shown, nor is the next larger one where theirs could be worked out."
_LINE_HEIGHT = 15.0
_SETTINGS = (38, 44, 44, 44)


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair as the sheet shows it."""

    mentee: str
    mentor: str
    score: int
    reasons: tuple[str, ...]
    points: Mapping[str, int]
    mentee_id: str
    mentor_id: str
    kept: bool


@dataclass(frozen=True, slots=True)
class UnmatchedRow:
    """One mentee who has nobody."""

    mentee: str
    reason: str
    smallest_change: str
    mentee_id: str


@dataclass(frozen=True, slots=True)
class MentorRow:
    """One mentor and who is with them."""

    mentor: str
    capacity: int
    load: int
    mentees: tuple[str, ...]
    mentor_id: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of sheet Settings: a title, column titles, and rows of texts and numbers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    nothing: str = ""


@dataclass(frozen=True)
class Book:
    """All that the workbook says."""

    criteria: Mapping[str, str]
    pairs: Sequence[PairRow]
    unmatched: Sequence[UnmatchedRow]
    mentors: Sequence[MentorRow]
    fairness: Sequence[GroupRow]
    settings: Sequence[Section]
    title: str = "Mentoring match"
    nobody: str = "Nobody could be matched. Sheet Unmatched says why."
    everybody: str = "Everybody who wants a mentor has one."


def workbook_bytes(book: Book) -> bytes:
    """The workbook as an XLSX file."""
    import xlsxwriter  # costs more to import than most commands take

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    file = xlsxwriter.Workbook(buffer, options)
    file.set_properties({"title": book.title, "comments": "Written by wayfellow match people", "created": _CREATED})
    looks = _Looks(file)
    _pairs(file, looks, book)
    _unmatched(file, looks, book)
    _mentors(file, looks, book)
    _fairness(file, looks, book)
    _settings(file, looks, book)
    file.close()
    return buffer.getvalue()


class _Looks:
    """The formats of the workbook, each made once."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **more: Any) -> Any:
        key = tuple(sorted(more.items()))
        if key not in self._made:
            base = {"font_name": _FONT, "font_size": 11, "font_color": INK, "valign": "top"}
            self._made[key] = self._file.add_format({**base, **more})
        return self._made[key]

    def head(self, *, align: str) -> Any:
        """The heading of a column, aligned as its cells are."""
        look = {"bold": True, "font_color": "#FFFFFF", "bg_color": PINE, "text_wrap": True, "valign": "vcenter"}
        return self(**look, align=align, indent=1 if align == "left" else 0)

    def cell(self, at: int, **more: Any) -> Any:
        """A cell of the table's row `at`: every second row is tinted, a hairline runs below each."""
        band = {"bg_color": BAND} if at % 2 else {}
        return self(**{"bottom": 1, "bottom_color": LINE, **band, **more})


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table: its heading, its width in characters, and how its cells look."""

    heading: str
    width: float
    look: Mapping[str, Any] = field(default_factory=dict)


_NAME_MENTEE = {"font_color": PLUM, "bold": True, "text_wrap": True, "indent": 1, "align": "left"}
_NAME_MENTOR = {"font_color": PINE, "bold": True, "text_wrap": True, "indent": 1, "align": "left"}
_WRAP = {"text_wrap": True, "indent": 1, "align": "left"}
_NUMBER = {"num_format": "#,##0", "align": "right"}
_SHARE = {"num_format": "0%", "align": "right"}
_ID = {"font_color": QUIET, "indent": 1, "align": "left"}


def _pairs(file: Any, looks: _Looks, book: Book) -> None:
    points = [_Column(label, 10, {**_NUMBER, "font_color": QUIET}) for label in book.criteria.values()]
    columns = [
        _Column("Mentee", 24, _NAME_MENTEE),
        _Column("Mentor", 24, _NAME_MENTOR),
        _Column("Score", 9, {**_NUMBER, "bold": True}),
        _Column("Reasons", 64, _WRAP),
        _Column(KEEP, 8, {"align": "center", "bg_color": SUN}),
        *points,
        _Column(MENTEE_ID, 20, _ID),
        _Column(MENTOR_ID, 20, _ID),
    ]
    rows = [
        (
            *(pair.mentee, pair.mentor, pair.score, "\n".join(pair.reasons), "yes" if pair.kept else ""),
            *(pair.points.get(code, 0) for code in book.criteria),
            *(pair.mentee_id, pair.mentor_id),
        )
        for pair in book.pairs
    ]
    sheet = _table(file, looks, SHEET, PINE, columns, rows, nothing=book.nobody)
    if rows:
        bar = {"type": "data_bar", "bar_color": "#A9CFC2", "bar_solid": True, "min_type": "num", "min_value": 0}
        sheet.conditional_format(1, 2, len(rows), 2, {**bar, "max_type": "num", "max_value": 10_000})
        sheet.data_validation(1, 4, len(rows), 4, {"validate": "list", "source": ["yes"], "ignore_blank": True})
    sheet.write_comment(
        0,
        4,
        "Write yes beside pairs that must stay, save, and give this file to the next run with --keep.",
        {"x_scale": 2},
    )


def _unmatched(file: Any, looks: _Looks, book: Book) -> None:
    columns = [
        _Column("Mentee", 24, _NAME_MENTEE),
        _Column("Reason", 64, _WRAP),
        _Column("Smallest change", 64, _WRAP),
        _Column(MENTEE_ID, 20, _ID),
    ]
    rows = [(row.mentee, row.reason, row.smallest_change, row.mentee_id) for row in book.unmatched]
    _table(file, looks, "Unmatched", PLUM, columns, rows, nothing=book.everybody)


def _mentors(file: Any, looks: _Looks, book: Book) -> None:
    columns = [
        _Column("Mentor", 24, _NAME_MENTOR),
        _Column("Capacity", 10, _NUMBER),
        _Column("Load", 10, {**_NUMBER, "bold": True}),
        _Column("Free", 10, _NUMBER),
        _Column("Mentees", 64, _WRAP),
        _Column(MENTOR_ID, 20, _ID),
    ]
    rows = [
        (row.mentor, row.capacity, row.load, row.capacity - row.load, "\n".join(row.mentees), row.mentor_id)
        for row in book.mentors
    ]
    _table(file, looks, "Mentors", PINE, columns, rows, nothing="Nobody is a mentor.")


def _fairness(file: Any, looks: _Looks, book: Book) -> None:
    columns = [
        _Column("Counted by", 20, {"bold": True, "indent": 1, "align": "left"}),
        _Column("Group", 30, _WRAP),
        _Column("Mentees", 12, _NUMBER),
        _Column("Matched", 12, _SHARE),
        _Column("Mean score", 12, _NUMBER),
    ]
    rows = [
        (
            row.dimension.replace("_", " ").capitalize() or "All",
            row.group,
            _NOT_SHOWN if row.mentees is None else row.mentees,
            "" if row.matched_share is None else row.matched_share,
            _mean_shown(row),
        )
        for row in book.fairness
    ]
    sheet = _table(file, looks, "Fairness", PINE, columns, rows, nothing="")
    _write(sheet, len(rows) + 2, 0, _WHY_NOT_SHOWN, looks(italic=True, font_color=QUIET))


def _mean_shown(row: GroupRow) -> float | str:
    if row.mean_score is not None:
        return row.mean_score
    return "" if row.mentees is None or row.unmatched_all else _NOT_SHOWN


def _settings(file: Any, looks: _Looks, book: Book) -> None:
    sheet = file.add_worksheet("Settings")
    sheet.set_tab_color(QUIET)
    sheet.hide_gridlines(2)
    for at, width in enumerate(_SETTINGS):
        sheet.set_column(at, at, width)
    title = looks(bold=True, font_name="Georgia", font_size=20, font_color=PINE)
    heading = looks(bold=True, font_name="Georgia", font_size=14, font_color=PINE, bottom=2, bottom_color=PINE)
    _write(sheet, 0, 0, book.title, title)
    sheet.set_row(0, 30)
    line = 2
    for section in book.settings:
        for at in range(len(_SETTINGS)):
            _write(sheet, line, at, section.title if not at else "", heading)
        sheet.set_row(line, 22)
        line += 1
        if section.headings and section.rows:
            for at, text in enumerate(section.headings):
                _write(sheet, line, at, text, looks(bold=True, font_color=QUIET))
            line += 1
        look = looks(text_wrap=True, align="left", num_format="#,##0.##")
        for row in section.rows or ((section.nothing,),):
            if len(row) == 1:
                sheet.merge_range(line, 0, line, len(_SETTINGS) - 1, None, look)
            for at, value in enumerate(row):
                _write(sheet, line, at, value, look)
            sheet.set_row(line, _height(row, _SETTINGS if len(row) > 1 else (sum(_SETTINGS),)))
            line += 1
        line += 1
    _print_setup(sheet, None)


def _table(
    file: Any,
    looks: _Looks,
    name: str,
    colour: str,
    columns: Sequence[_Column],
    rows: Sequence[Sequence[Any]],
    *,
    nothing: str,
) -> Any:
    """A sheet that is one table: headings that stay in sight and filter, wrapped texts, a width for each column."""
    sheet = file.add_worksheet(name)
    sheet.set_tab_color(colour)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32 if any(len(column.heading) > column.width - 2 for column in columns) else 24)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        _write(sheet, 0, at, column.heading, looks.head(align=column.look.get("align", "left")))
    widths = [column.width for column in columns]
    for line, row in enumerate(rows, start=1):
        for at, (value, column) in enumerate(zip(row, columns, strict=True)):
            _write(sheet, line, at, value, looks.cell(line - 1, **column.look))
        sheet.set_row(line, _height(row, widths))
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    elif nothing:
        _write(sheet, 1, 0, nothing, looks(italic=True, font_color=QUIET))
    _print_setup(sheet, 0)
    return sheet


def _print_setup(sheet: Any, repeated: int | None) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")
    if repeated is not None:
        sheet.repeat_rows(repeated)


def _height(row: Sequence[Any], widths: Sequence[float]) -> float:
    """How high a row must be for its wrapped texts."""
    lines = [
        sum(max(1, -(-len(part) // max(int(width * 1.1), 1))) for part in str(value).split("\n"))
        for value, width in zip(row, widths, strict=False)
        if isinstance(value, str)
    ]
    return min(409.0, _LINE_HEIGHT * max([1, *lines]) + 4)


def _write(sheet: Any, line: int, column: int, value: Any, look: Any) -> None:
    """One cell: a number as a number, everything else as text that no spreadsheet computes."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(line, column, value, look)
    elif value == "":
        sheet.write_blank(line, column, None, look)
    else:
        text = neutralise(str(value))
        sheet.write_string(line, column, text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…", look)
