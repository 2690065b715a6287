"""A click group whose commands are imported when they are asked for, so that help costs nothing."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

SERVER_PACKAGES = ("django", "allauth", "granian")
IMPACT_PACKAGES = ("statsmodels", "diff_diff", "typst")


@dataclass(frozen=True)
class Command:
    """Where a command is.

    Attributes:
        target: `module:attribute`.
        help: one line for the list of commands.
        site: whether the module needs a set-up Django before it can be imported.
        server: whether it needs the packages of the server extra.
        impact: whether it needs the packages of the impact extra.
    """

    target: str
    help: str
    site: bool = False
    server: bool = True
    impact: bool = False


class NeedsExtra(click.ClickException):
    """A command was asked for that this install cannot run."""

    exit_code = 2

    def __init__(self, command: str, extra: str) -> None:
        super().__init__(f"{command} needs the {extra} extra: pip install 'wayfellow[{extra}]'")


def _are_installed(packages: tuple[str, ...]) -> bool:
    try:
        return all(find_spec(package) is not None for package in packages)
    except ImportError:
        return False


class LazyGroup(click.Group):
    """A group that knows its commands by `lazy`, a mapping of name to `Command`."""

    def __init__(self, *args: Any, lazy: dict[str, Command], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazy:
            return None
        entry = self.lazy[cmd_name]
        if entry.server and not _are_installed(SERVER_PACKAGES):
            raise NeedsExtra(f"{ctx.command_path} {cmd_name}", "server")
        if entry.impact and not _are_installed(IMPACT_PACKAGES):
            raise NeedsExtra(f"{ctx.command_path} {cmd_name}", "impact")
        if entry.site:
            from wayfellow.cli.site import set_up

            set_up()
        module, _, attribute = entry.target.partition(":")
        return getattr(import_module(module), attribute)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.lazy.items()])
