"""A click group whose commands are imported when they are asked for, so that help costs nothing."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

SERVER_PACKAGES = ("django", "allauth", "granian")


@dataclass(frozen=True)
class Command:
    """Where a command is.

    Attributes:
        target: `module:attribute`.
        help: one line for the list of commands.
        site: whether the module needs a set-up Django before it can be imported.
        server: whether it needs the packages of the server extra.
    """

    target: str
    help: str
    site: bool = False
    server: bool = True


class NeedsServer(click.ClickException):
    """A command was asked for that the base install cannot run."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"wayfellow {name} needs the server extra: pip install 'wayfellow[server]'")


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
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
        if entry.server and not all(_is_installed(package) for package in SERVER_PACKAGES):
            raise NeedsServer(cmd_name)
        if entry.site:
            from wayfellow.cli.site import set_up

            set_up()
        module, _, attribute = entry.target.partition(":")
        return getattr(import_module(module), attribute)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.lazy.items()])
