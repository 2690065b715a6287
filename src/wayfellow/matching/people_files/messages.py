"""What can be wrong with a cell, a file or a rule of a match, in words for the person who made it."""

from typing import Any

from wayfellow.tables.errors import Reason, TableError

MESSAGES = {
    "role_unknown": "“{value}” is not a role. Write mentor, mentee or both.",
    "number_unreadable": "“{value}” is not a whole number of 0 or more.",
    "number_too_large": "{value} is more than {limit}.",
    "minimum_above_capacity": "The minimum {minimum} is above the capacity {capacity}.",
    "level_unknown": "The level in “{value}” is not one of 1 to 5.",
    "yes_no_unknown": "“{value}” is neither yes nor no.",
    "hours_unreadable": "“{value}” does not say when. Write it like Mon 9-12; Thu 16-18.",
    "identity_missing": "Neither {columns} is given, so we cannot tell who this is.",
    "identity_missing_one": "The {columns} is missing, so we cannot tell who this is.",
    "id_twice": "“{value}” stands in line {other} too. One person is one row; write both in the role column if they "
    "take part on both sides.",
    "email_twice": "“{value}” stands in line {other} too. One person is one row; write both in the role column if they "
    "take part on both sides.",
    "name_twice": "“{value}” stands in line {other} too, and nothing else tells the two apart. Add an ID or e-mail "
    "column, or write both in the role column if it is one person.",
    "id_of_another": "“{value}” is somebody else in {file}, line {other}: their names differ.",
    "id_differs": "{value} has another ID in {file}, line {other}.",
    "id_is_key": "“{value}” is also what somebody else is known by (line {other}).",
    "text_too_long": "{length} characters are too many; at most {limit} fit.",
    "nobody_named": "“{file}” has no column with an ID, an e-mail or a name, so we cannot tell who is who. "
    "The headings are: {headings}.",
    "role_missing": "“{file}” has no column that says who is a mentor and who a mentee. Add a column Role (mentor, "
    "mentee, both), name it with --columns HEADING=role, or give two files. The headings are: {headings}.",
    "alone": "“{file}” is alone, so it must hold both sides and have a column Role. --first is for two files.",
    "sides_unclear": "We cannot tell which of “{one}” and “{other}” holds the mentees and which the mentors. Say it "
    "with --first mentees or --first mentors, or give both files a column Role.",
    "not_a_result": "“{file}” is not a workbook that `wayfellow match people` wrote: sheet Pairs has no column "
    "{missing}.",
    "column_nowhere": "No file has a column headed “{heading}”. The headings are: {headings}.",
}


def reason(code: str, **facts: Any) -> Reason:
    """Make a `Reason` from a code of `MESSAGES` and its facts."""
    return Reason(code, MESSAGES[code].format(**facts), facts)


def sheet_error(code: str, *, line: int | None = None, column: str | None = None, **facts: Any) -> TableError:
    """Make a `TableError` from a code of `MESSAGES` and its facts."""
    return TableError(code, MESSAGES[code].format(**facts), line=line, column=column, facts=facts)
