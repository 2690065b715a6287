import stat
from pathlib import Path

import click
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from wayfellow.cli.trouble import explain
from wayfellow.core.environment import SettingsError
from wayfellow.core.errors import Conflict, InvalidInput, NotFound, Refused


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (InvalidInput("bad", "Row 3: no name."), 2, "Row 3: no name.\n"),
        (Refused("no", "This mentor has no room."), 3, "This mentor has no room.\n"),
        (NotFound("gone", "There is no organisation harbour."), 4, "There is no organisation harbour.\n"),
        (Conflict("late", "Somebody was faster."), 5, "Somebody was faster.\n"),
        (SettingsError("WAYFELLOW_PORT: 'x' is not a whole number"), 2, "WAYFELLOW_PORT: 'x' is not a whole number\n"),
        (ImproperlyConfigured("no such engine"), 2, "settings: no such engine\n"),
        (OperationalError("no such table\nLINE 1"), 1, "database: no such table\n`wayfellow doctor` looks for it.\n"),
        (FileNotFoundError(2, "No such file or directory", "a.csv"), 1, "a.csv: No such file or directory\n"),
        (KeyboardInterrupt(), 130, "Stopped.\n"),
        (click.ClickException("Not so."), 1, "Not so.\n"),
        (SystemExit(7), 7, ""),
    ],
)
def test_each_error_has_words_and_a_code(error, code, words, capsys):
    assert explain(error) == code
    assert capsys.readouterr().err == words


def test_unforeseen_error_leaves_its_details_in_a_private_file(capsys):
    try:
        raise ZeroDivisionError("by nothing")
    except ZeroDivisionError as error:
        assert explain(error) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first == "unexpected error: ZeroDivisionError: by nothing"
    details = Path(second.removeprefix("Details for a report: "))
    try:
        assert "test_trouble.py" in details.read_text()
        assert not stat.S_IMODE(details.stat().st_mode) & 0o077
    finally:
        details.unlink()
