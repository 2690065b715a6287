"""Turns an error into a message on stderr and an exit code."""

import os
import tempfile
import traceback

import click

from wayfellow.core.environment import SettingsError
from wayfellow.core.errors import DomainError


def explain(error: BaseException) -> int:
    """Say on stderr what went wrong, for a person; the exit code for it."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        click.echo("Stopped.", err=True)
        return 130
    if isinstance(error, click.UsageError):
        error.show()
        return error.exit_code
    if isinstance(error, click.ClickException):
        click.echo(error.format_message(), err=True)
        return error.exit_code
    if isinstance(error, DomainError):
        click.echo(str(error), err=True)
        return error.exit_code
    if isinstance(error, SettingsError):
        click.echo(str(error), err=True)
        return 2
    if isinstance(error, BrokenPipeError):
        # The reader (`| head`) has gone; keep the interpreter from saying so again when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    if isinstance(error, OSError) and error.filename is not None:
        click.echo(f"{error.filename}: {error.strerror}", err=True)
        return 1
    return _explain_foreign(error)


def _explain_foreign(error: BaseException) -> int:
    """Errors that come through Django, and those that nobody foresaw."""
    family = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    first_line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if "django.core.exceptions.ImproperlyConfigured" in family:
        click.echo(f"settings: {first_line}", err=True)
        return 2
    if "django.db.utils.Error" in family:
        click.echo(f"database: {first_line}\n`wayfellow doctor` looks for it.", err=True)
        return 1
    with tempfile.NamedTemporaryFile(
        "w", prefix="wayfellow-error-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("".join(traceback.format_exception(error)))
    click.echo(f"unexpected error: {type(error).__name__}: {first_line}\nDetails for a report: {file.name}", err=True)
    return 1
