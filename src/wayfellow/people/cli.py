"""`wayfellow members`: import and export an organisation's people. Imported once Django is set up."""

import json
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from wayfellow.audit.actions import record
from wayfellow.core.errors import InvalidInput, NotFound
from wayfellow.people.actions import imports as actions
from wayfellow.people.actions.factors import drop_factors
from wayfellow.people.importing.words import COLUMN_LABELS, fault_in_words, problem_in_words
from wayfellow.people.models import Account, ImportRow, Member, MemberImport, Organisation
from wayfellow.people.queries.exports import MEMBER_COLUMNS, exported_members
from wayfellow.people.queries.imports import refused_rows, refused_table
from wayfellow.tables.limits import MAX_FILE_BYTES
from wayfellow.tables.writing import write_csv, write_xlsx

REFUSED_SHOWN = 50
WARNINGS_SHOWN = 20
EXIT_REFUSED = 2
_ENDINGS: dict[str, Callable[..., None]] = {".csv": write_csv, ".xlsx": write_xlsx}


@click.group()
def members() -> None:
    """Import and export an organisation's members."""


@members.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", "slug", required=True, metavar="SLUG", help="Whose people they are.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help='What columns are, under [columns]: "Heading" = "field", or "" to leave it out.',
)
@click.option("--skip-refused", is_flag=True, help="Import the other rows when some are refused.")
@click.option(
    "--refused",
    "refused_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE.csv",
    help="Write the refused rows there, with a column that says why.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for other programs.")
def import_members(
    file: Path,
    slug: str,
    dry_run: bool,
    mapping_file: Path | None,
    skip_refused: bool,
    refused_file: Path | None,
    as_json: bool,
) -> None:
    """Create and change members from a CSV or XLSX file.

    People are known by employee number or e-mail; the same file twice changes nothing, and whoever is missing from it
    stays. When rows are refused nothing is changed, unless --skip-refused is given; the exit code is then 2.
    """
    organisation = _organisation(slug)
    if file.stat().st_size > MAX_FILE_BYTES:
        raise InvalidInput("file_too_large", f"{file.name} is larger than {MAX_FILE_BYTES // 1024 // 1024} MB.")
    mapping = _read_mapping(mapping_file) if mapping_file else {}
    found = actions.check_import(
        None, organisation, file=file.read_bytes(), file_name=file.name, mapping=mapping, at_once=True
    )
    apply = False
    try:
        if found.fault:
            _refuse_file(found)
        apply = not dry_run and bool(found.to_apply) and (skip_refused or not found.to_refuse)
        if apply:
            found = _apply(found, quiet=as_json)
        told = _told(found, applied=apply)
        if refused_file:
            headers, rows = refused_table(MemberImport.objects.get(pk=found.pk))
            write_csv(rows, headers, refused_file)
        if as_json:
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            _show(found, told, applied=apply, dry_run=dry_run, refused_file=refused_file)
    finally:
        if not apply:
            actions.discard_import(None, found)
    if told["refused"] and not skip_refused:
        sys.exit(EXIT_REFUSED)


def _organisation(slug: str) -> Organisation:
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise NotFound("organisation_unknown", f"No organisation has the short name {slug}.")
    return organisation


def _read_mapping(path: Path) -> dict[str, str | None]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput("mapping_broken", f"{path.name} is not TOML: {error}") from error
    columns = content.get("columns")
    if not isinstance(columns, dict) or set(content) != {"columns"}:
        raise InvalidInput("mapping_broken", f"{path.name} must hold one table, [columns].")
    for heading, field in columns.items():
        if not isinstance(field, str) or (field and field not in COLUMN_LABELS):
            known = ", ".join(COLUMN_LABELS)
            words = f"{path.name}: “{heading}” is given {field!r}, which is no field. Fields: {known}."
            raise InvalidInput("mapping_field", words)
    return {heading: field or None for heading, field in columns.items()}


def _refuse_file(found: MemberImport) -> None:
    sentences = [fault_in_words(found.fault), *_doubts(found), "Say what columns are with --mapping."]
    raise InvalidInput(found.fault["code"], "\n".join(sentences))


def _doubts(found: MemberImport) -> list[str]:
    """Why we are not sure of columns, a sentence each."""
    unsure = (column for column in found.columns if column["confidence"] == "unsure" and column["why"])
    return [problem_in_words({"column": column["header"], **column["why"]}) for column in unsure]


def _apply(found: MemberImport, *, quiet: bool) -> MemberImport:
    started = actions.apply_import(None, found, here=True)
    actions.apply_here(started.pk, started.turn, progress=_progress(started.pk, quiet=quiet))
    return MemberImport.objects.defer("file").get(pk=started.pk)


def _progress(pk: int, *, quiet: bool) -> Callable[[], None]:
    """A line on stderr that says how far it is, at most five times a second, when somebody looks."""
    if quiet or not sys.stderr.isatty():
        return lambda: None
    last = 0.0

    def show() -> None:
        nonlocal last
        if time.monotonic() - last < 0.2:
            return
        last = time.monotonic()
        found = MemberImport.objects.only("rows_done", "to_create", "to_change").get(pk=pk)
        end = "\n" if found.rows_done == found.to_apply else ""
        click.echo(f"\r{found.rows_done} of {found.to_apply} people done{end}", nl=False, err=True)

    return show


def _told(found: MemberImport, *, applied: bool) -> dict[str, Any]:
    return {
        "columns": {column["header"]: column["field"] for column in found.columns},
        "created": found.created if applied else found.to_create,
        "changed": found.changed if applied else found.to_change,
        "unchanged": found.to_leave,
        "refused": list(refused_rows(found)),
    }


def _show(
    found: MemberImport, told: dict[str, Any], *, applied: bool, dry_run: bool, refused_file: Path | None
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    counts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    refused = found.to_refuse + found.refused_on_the_way
    labels = ("Created", "Changed") if applied else ("Would create", "Would change")
    for label, count in (
        (labels[0], told["created"]),
        (labels[1], told["changed"]),
        ("Left alone", told["unchanged"]),
        ("Refused", refused),
    ):
        counts.add_row(label, str(count))
    console.print(counts)
    left_out = [header for header, field in told["columns"].items() if field is None]
    if left_out:
        console.print(Text(f"Columns left out: {', '.join(left_out)}"))
    for doubt in _doubts(found):
        console.print(Text(f"Not sure. {doubt}"))
    warned = ImportRow.objects.filter(member_import=found).exclude(warnings=[])
    for row in warned.order_by("line")[:WARNINGS_SHOWN]:
        for warning in row.warnings:
            console.print(Text(f"Line {row.line}. {problem_in_words(warning)}"))
    more = warned.count() - WARNINGS_SHOWN
    if more > 0:
        console.print(f"… and {more} more lines with something to know.")
    if told["refused"]:
        table = Table(box=None, padding=(0, 2, 0, 0))
        for heading in ("Line", "Column", "Why refused"):
            table.add_column(heading)
        for entry in told["refused"][:REFUSED_SHOWN]:
            table.add_row(str(entry["line"]), Text(entry["column"] or ""), Text(entry["reason"]))
        console.print(table)
        if len(told["refused"]) > REFUSED_SHOWN:
            console.print(f"… and {len(told['refused']) - REFUSED_SHOWN} more; --refused FILE.csv writes them all.")
    if refused_file:
        console.print(Text(f"The refused rows are in {refused_file}."))
    if not applied:
        why = "this was a dry run" if dry_run else "rows are refused" if told["refused"] else "all is as the file says"
        hint = "" if dry_run or not told["refused"] else " Mend them, or import the rest with --skip-refused."
        console.print(f"Nothing was changed: {why}.{hint}")


@members.command("export")
@click.option("--organisation", "slug", required=True, metavar="SLUG", help="Whose people.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to: FILE.csv or FILE.xlsx.",
)
def export_members(slug: str, out: Path) -> None:
    """Write an organisation's members to a file that `members import` reads back.

    Text that a spreadsheet would take for a formula gets an apostrophe. Telephone numbers and people who left stay out.
    """
    organisation = _organisation(slug)
    write = _ENDINGS.get(out.suffix.lower())
    if write is None:
        raise InvalidInput("unknown_format", "The name of the file must end in .csv or .xlsx.", field="out")
    rows = Member.objects.filter(organisation=organisation).exclude(state=Member.State.LEFT)
    count = rows.count()
    write(exported_members(rows.order_by("full_name", "pk")), MEMBER_COLUMNS, out)
    with transaction.atomic():
        record("members_exported", actor=None, organisation=organisation, details={"count": count})
    click.echo(f"{count} members are in {out}.")


@members.command("drop-factors")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
def drop_second_factors(email: str, yes: bool) -> None:
    """Remove all second factors of an account whose owner has lost everything.

    Make sure that it is they who ask, in person or by telephone. They are signed out everywhere, get a mail, and sign
    in with a code by mail from then on; their organisations' records say that the host did it.
    """
    account = Account.objects.filter(email__iexact=email.strip()).first()
    if account is None:
        raise NotFound("unknown_account", f"There is no account with the address {email}.")
    if not yes:
        click.confirm(f"Remove all second factors of {account.email}?", abort=True)
    count = drop_factors(account)
    click.echo(f"{count} second factor{'' if count == 1 else 's'} removed." if count else f"{account.email} has none.")
