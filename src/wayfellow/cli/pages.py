"""The reference pages that are written from the code: `python -m wayfellow.cli.pages FOLDER`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from wayfellow.cli import wayfellow
from wayfellow.cli.site import set_up

WRITTEN = "<!-- Written by `./dev docs` from the code. Do not edit. -->"


def settings_page() -> str:
    """docs/settings.md: each setting, its default and what it says."""
    from wayfellow.settings import env

    lines = [
        "# Settings",
        "",
        WRITTEN,
        "",
        "Wayfellow is set up by environment variables alone. A `WAYFELLOW_…` variable that is not in this list is "
        "refused at the start: it is a typing error, or out of date.",
        "",
        "Lists are separated by commas. Yes is `1`, `true`, `yes` or `on`; no is `0`, `false`, `no` or `off`. "
        "Instead of a secret itself, `NAME_FILE` can name a file that holds it.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for name in sorted(env.known):
        default = env.defaults.get(name, "")
        lines.append(f"| `{name}` | {f'`{default}`' if default else '–'} | {_cell(env.known[name])} |")
    return "\n".join(lines) + "\n"


def cli_page() -> str:
    """docs/cli.md: the help of every command, as the command line prints it."""
    lines = [
        "# Command line",
        "",
        WRITTEN,
        "",
        "Exit codes: 0 done, 1 failed, 2 wrong input, 3 a rule says no, 4 not found, 5 somebody else was faster.",
        "",
    ]
    whole = click.Context(wayfellow, info_name="wayfellow", terminal_width=100, **wayfellow.context_settings)
    for path, text in _helps(wayfellow, whole):
        lines += [f"## {path}", "", "```text", text.rstrip(), "```", ""]
    return "\n".join(lines)


def weights_page() -> str:
    """docs/reference/weights.md: what each criterion weighs, how it is measured, why, and what is never scored."""
    from wayfellow.matching.criteria.weights import BEST_SCORE, CRITERIA, NEVER_SCORED

    lines = [
        "# What a score from attributes is made of",
        "",
        WRITTEN,
        "",
        "`wayfellow match people` and `problem_from_people` score a pair by these criteria. Each is measured from 0 to "
        "1 and counts by its weight; the weights of the criteria that have data are rescaled to a whole of "
        f"{BEST_SCORE:,} points. An empty cell counts as the mean of its column, never as zero. You can change every "
        "weight; each pair shows its parts.",
        "",
        "The defaults are a prior from research, not a law. Estimate your own only from 200 or more rated "
        "relationships, and out of sample; else keep the prior.",
        "",
        "| criterion | weight | how it is measured | evidence | source |",
        "|---|---|---|---|---|",
    ]
    for criterion in CRITERIA:
        cells = (criterion.label, f"{criterion.weight:g}", criterion.measure, criterion.evidence, criterion.source)
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    lines += ["", "## Never scored", "", "| what | why | source |", "|---|---|---|"]
    lines += [f"| {_cell(never.label)} | {_cell(never.why)} | {_cell(never.source)} |" for never in NEVER_SCORED]
    return "\n".join(lines) + "\n"


def _helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _helps(child, click.Context(child, info_name=name, parent=context))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES = {"settings.md": settings_page, "cli.md": cli_page, "reference/weights.md": weights_page}


def main(folder: Path) -> None:
    """Write the pages into a folder."""
    set_up()
    for name, write in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(write(), encoding="utf-8")
        click.echo(str(folder / name))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
