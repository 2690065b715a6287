"""Databases for benchmarks that need the whole application: one of each kind, thrown away afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

from benchmarks.measure import ROOT

KINDS = ("SQLite", "PostgreSQL")


def on_each(module: str, *arguments: str) -> None:
    """Run `python -m module alone KIND …` on a fresh database of each kind, in a process of its own.

    Raises:
        SystemExit: one of them failed.
    """
    for kind in KINDS:
        with _environment(kind) as environment:
            command = [sys.executable, "-m", module, "alone", kind, *arguments]
            if subprocess.run(command, env=environment, cwd=ROOT).returncode:
                sys.exit(f"{module} failed on {kind}")


def open_site() -> None:
    """Set Django up and make the tables, in the process that `on_each` started."""
    from wayfellow.cli.site import migrate_database, set_up

    set_up()
    migrate_database(verbosity=0)


@contextmanager
def _environment(kind: str) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="wayfellow-bench-") as home:
        path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        here = {**os.environ, "PYTHONPATH": path, "WAYFELLOW_HOME": home, "WAYFELLOW_LOG_LEVEL": "ERROR"}
        here.pop("DATABASE_URL", None)
        if kind == "SQLite":
            yield here
            return
        with _dev().postgres() as url:
            yield {**here, "DATABASE_URL": url.replace("/wayfellow", "/postgres")}


def _dev():
    """The script ./dev, which knows how to start a PostgreSQL."""
    loader = SourceFileLoader("wayfellow_dev", str(ROOT / "dev"))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module
