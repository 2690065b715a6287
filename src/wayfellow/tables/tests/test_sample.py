"""The sample file that ships: it is what its maker makes, and holds the faults that are said to be in it."""

from pathlib import Path

import pytest

from wayfellow.tables.columns import Confidence
from wayfellow.tables.people import PeopleFile, read_people
from wayfellow.tables.tests import people_sample

SHIPPED = Path(__file__).parents[4] / "docs" / "samples" / "people.csv"


@pytest.fixture(scope="module")
def sample() -> PeopleFile:
    return read_people(SHIPPED)


def test_the_shipped_file_is_what_its_maker_makes() -> None:
    assert SHIPPED.read_bytes() == people_sample.make_sample()


def test_it_has_300_rows_and_24_columns(sample: PeopleFile) -> None:
    assert len(sample.columns) == 24
    assert sample.row_count == len(list(sample)) == 300


def test_two_columns_are_unsure_and_pay_is_left_out(sample: PeopleFile) -> None:
    by_confidence = {
        confidence: [column.header for column in sample.columns if column.confidence is confidence]
        for confidence in Confidence
    }
    assert by_confidence[Confidence.UNSURE] == ["Site", "Band"]
    assert len(by_confidence[Confidence.SURE]) == 10
    pay = [column.header for column in sample.columns if column.reason and column.reason.code == "left_out_pay"]
    assert pay == ["Salary group"]
    band = next(column for column in sample.columns if column.header == "Band")
    assert band.reason is not None
    assert band.reason.message == "12 rows say S1, which is not like the others."


def test_the_planted_faults_are_found_and_no_others(sample: PeopleFile) -> None:
    refused = {row.line: [(found.column, found.code) for found in row.problems] for row in sample if row.problems}
    assert refused == {
        14: [("Start date", "date_impossible")],
        37: [(None, "key_missing")],
        45: [("Work e-mail", "email_twice")],
        88: [("Work e-mail", "email_twice")],
        112: [("Languages", "language_unknown")],
        169: [("Surname, first name", "text_too_long")],
    }
    assert sorted(refused) == people_sample.REFUSED_LINES
    warned = {row.line: [(found.column, found.code) for found in row.warnings] for row in sample if row.warnings}
    assert warned == {people_sample.FORMULA_TITLE: [("Job title", "formula_kept")]}


def test_oddities_that_harm_nobody_are_cleaned(sample: PeopleFile) -> None:
    rows = {row.line: row for row in sample}
    assert rows[people_sample.FORMULA_TITLE].values["job_title"].startswith("=HYPERLINK(")
    assert rows[people_sample.RIGHT_TO_LEFT].values["name"].isascii()
    spaced = rows[people_sample.NO_BREAK_SPACES].values
    assert "\u00a0" not in spaced["department"] + spaced["email"]
    assert "\n" in rows[people_sample.QUOTED_BREAKS].cells[-1]
    # The break in the note above counts as lines of the file.
    assert rows[people_sample.QUOTED_BREAKS + 5].values["job_title"] == "Planner, Grid control"


def test_people_are_in_six_time_zones_eight_languages_and_eleven_business_lines(sample: PeopleFile) -> None:
    good = [row.values for row in sample if not row.problems]
    assert len({values["time_zone"] for values in good}) == 6
    assert len({code for values in good for code in values["languages"]}) == 8
    assert len({values["department"] for values in good}) == 11
    assert all(values["email"].endswith("@larkmoor.example") for values in good)


def test_the_reporting_line_is_one_tree_without_anyone_refused(sample: PeopleFile) -> None:
    managers = {row.values["employee_number"]: row.values.get("manager_number") for row in sample if not row.problems}
    tops = [number for number, manager in managers.items() if manager is None]
    assert len(tops) == 1
    for number in managers:
        steps = 0
        while number != tops[0]:
            number, steps = managers[number], steps + 1
            assert number in managers and steps < 5
