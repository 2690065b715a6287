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
    for path, text in _helps(wayfellow, click.Context(wayfellow, info_name="wayfellow", terminal_width=100)):
        lines += [f"## {path}", "", "```text", text.rstrip(), "```", ""]
    return "\n".join(lines)


def _helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _helps(child, click.Context(child, info_name=name, parent=context))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES = {"settings.md": settings_page, "cli.md": cli_page}


def main(folder: Path) -> None:
    """Write the pages into a folder."""
    set_up()
    folder.mkdir(exist_ok=True)
    for name, write in PAGES.items():
        (folder / name).write_text(write(), encoding="utf-8")
        click.echo(str(folder / name))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
