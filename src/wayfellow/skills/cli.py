"""`wayfellow skills`: import public taxonomies and look at what there is. Imported once Django is set up."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from wayfellow.core.errors import InvalidInput, NotFound
from wayfellow.skills import actions
from wayfellow.skills.importing.content import Content
from wayfellow.skills.importing.esco import read_esco
from wayfellow.skills.importing.files import Progress
from wayfellow.skills.importing.onet import read_onet
from wayfellow.skills.importing.writing import Written, known_of
from wayfellow.skills.models import Source
from wayfellow.skills.notices import notices, text_of
from wayfellow.skills.queries import NEED_COLUMNS, SKILL_COLUMNS, listed_needs, listed_roles, listed_skills
from wayfellow.tables.writing import write_csv, write_xlsx

EXIT_REFUSED = 2
FAULTS_SHOWN = 50
MERGED_SHOWN = 20
_WRITERS: dict[str, Callable[..., None]] = {".csv": write_csv, ".xlsx": write_xlsx}
_OUT = click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write a table instead: FILE.csv or FILE.xlsx.",
)
_SOURCE = click.Choice(Source.values)


@click.group()
def skills() -> None:
    """The skills people choose from: import O*NET or ESCO, list skills and occupations."""


@skills.command("import")
@click.argument("taxonomy", type=_SOURCE)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@click.option("--language", default="", metavar="CODE", help="ESCO: the language of names, such as de.")
@click.option("--release", default="", metavar="NUMBER", help="Which release the files are of, such as 30.2.")
@click.option("--skip-refused", is_flag=True, help="Import the other rows when some are refused.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for other programs.")
def import_skills(
    taxonomy: str,
    files: tuple[Path, ...],
    dry_run: bool,
    language: str,
    release: str,
    skip_refused: bool,
    as_json: bool,
) -> None:
    """Merge the skills of a public taxonomy with those that are there, for all organisations of this server.

    FILE is a file as O*NET (text or Excel) or ESCO (CSV) publish it, or a folder of them; what is of no use is passed
    over. The same files again change nothing. A skill that means the same becomes one with it, and what people chose
    stays. When rows are refused nothing is changed, unless --skip-refused is given; the exit code is then 2.
    """
    progress, known = _progress(quiet=as_json), known_of(taxonomy)
    if taxonomy == Source.ONET:
        if language:
            raise InvalidInput("language_unused", "The O*NET database is in English; --language is for ESCO.")
        content = read_onet(files, known=known, progress=progress, release=release)
    else:
        content = read_esco(files, known=known, progress=progress, language=language, release=release)
    if taxonomy == Source.ONET and not content.release:
        raise InvalidInput(
            "release_missing",
            "Say which release of the O*NET database this is with --release, such as 30.2: its notice must name it.",
        )
    done = None
    if skip_refused or not content.faults:
        progress("merging")
        done = actions.import_taxonomy(content, dry_run=dry_run)
    progress("")
    if as_json:
        click.echo(json.dumps(_told(content, done, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        _show(content, done, dry_run=dry_run)
    if content.faults and not skip_refused:
        sys.exit(EXIT_REFUSED)


@skills.command("list")
@click.option("--source", type=click.Choice(["starter", *Source.values]), help="Only those of one list.")
@click.option("--search", "text", default="", metavar="TEXT", help="Only those that fit, best first.")
@_OUT
def list_skills(source: str | None, text: str, out: Path | None) -> None:
    """List the skills that all organisations of this server can choose from."""
    rows = listed_skills(source=source, text=text)
    if out:
        _write(rows, SKILL_COLUMNS, out)
        return
    for key, name, _family, origin, _kind, also, _about, state in rows:
        end = f"  ({state})" if state != "in use" else ""
        click.echo(f"{key}  {name}  [{origin}]{end}" + (f"\n    also: {also}" if also else ""))
    _say_notices()


@skills.command("roles")
@click.argument("identifier", required=False)
@click.option("--source", type=_SOURCE, help="Only occupations of one taxonomy.")
@click.option("--search", "text", default="", metavar="TEXT", help="Only occupations with this in their name.")
@_OUT
def list_roles(identifier: str | None, source: str | None, text: str, out: Path | None) -> None:
    """List occupations; with IDENTIFIER, the skills that one asks for. --out writes all of these with their skills."""
    roles = listed_roles(source=source, text=text, identifier=identifier)
    if identifier and not roles:
        raise NotFound("role_unknown", f"No occupation has the identifier {identifier}.")
    if out:
        _write(listed_needs(roles), NEED_COLUMNS, out)
        return
    for role in roles:
        click.echo(f"{role.identifier}  {role.name}  [{role.get_source_display()}]")
    if identifier:
        for _source, _code, _name, key, skill, relation, importance, level in listed_needs(roles):
            rated = f"importance {importance}" if importance != "" else relation.replace("_", " ")
            click.echo(f"    {key}  {skill}  {rated}" + (f", level {level}" if level != "" else ""))
    _say_notices()


def _progress(*, quiet: bool) -> Progress:
    """One line on stderr that says how far it is, when somebody looks; an empty text ends it."""
    if quiet or not sys.stderr.isatty():
        return lambda text: None
    return lambda text: click.echo(f"\r\033[K{text}", nl=False, err=True)


def _told(content: Content, done: Written | None, *, dry_run: bool) -> dict[str, Any]:
    return {
        "applied": done is not None and not dry_run,
        "release": content.release,
        "languages": sorted(content.languages),
        "added": done.added if done else None,
        "changed": done.changed if done else None,
        "retired": done.retired if done else None,
        "unchanged": done.left if done else None,
        "merged": [{"concept": name, "skill": skill} for name, skill in done.merged] if done else None,
        "links": done.links if done else None,
        "occupations": done.roles if done else None,
        "needs": done.needs if done else None,
        "notes": content.notes,
        "refused": [
            {"file": fault.file, "line": fault.line, "column": fault.column, "reason": fault.reason}
            for fault in content.faults
        ],
    }


def _show(content: Content, done: Written | None, *, dry_run: bool) -> None:
    for note in content.notes:
        click.echo(note)
    for fault in content.faults[:FAULTS_SHOWN]:
        place = [fault.file, f"line {fault.line}" if fault.line else "", f"“{fault.column}”" if fault.column else ""]
        click.echo(f"{', '.join(part for part in place if part)}: {fault.reason}", err=True)
    if len(content.faults) > FAULTS_SHOWN:
        click.echo(f"… and {len(content.faults) - FAULTS_SHOWN:,} more rows that are refused.", err=True)
    if done is None:
        click.echo("Nothing was changed: rows are refused. Mend them, or import the rest with --skip-refused.")
        return
    for label, count in (
        ("Skills added", done.added),
        ("Skills merged", len(done.merged)),
        ("Skills changed", done.changed),
        ("Skills retired", done.retired),
        ("Left alone", done.left),
        ("Links changed", done.links),
        ("Occupations changed", done.roles),
        ("What they ask for, changed", done.needs),
    ):
        click.echo(f"{label + ':':<28}{count:>9,}")
    for name, skill in done.merged[:MERGED_SHOWN]:
        click.echo(f"    {name} is one with {skill}")
    if len(done.merged) > MERGED_SHOWN:
        click.echo(f"    … and {len(done.merged) - MERGED_SHOWN:,} more; --json names them all.")
    if dry_run:
        click.echo("Nothing was changed: this was a dry run.")
    elif done.is_nothing:
        click.echo("Nothing was changed: all is as the files say.")
    else:
        _say_notices()


def _say_notices() -> None:
    for notice in notices():
        click.echo(text_of(notice), err=True)


def _write(rows: Iterable[tuple[Any, ...]], columns: tuple[str, ...], out: Path) -> None:
    write = _WRITERS.get(out.suffix.lower())
    if write is None:
        raise InvalidInput("unknown_format", "The name of the file must end in .csv or .xlsx.", field="out")
    count = 0

    def counted() -> Iterator[tuple[Any, ...]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    write(counted(), list(columns), out)
    click.echo(f"{count:,} rows are in {out}.")
    _say_notices()
