import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

SOURCE = Path(__file__).resolve().parents[3]


@dataclass
class Installation:
    """A Wayfellow of its own in a temporary folder, used through the command line as a host does."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def home(self):
        return self.folder / "home"

    def _options(self, environment):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAYFELLOW_", "DATABASE_"))}
        own = {"PYTHONPATH": str(SOURCE), "WAYFELLOW_HOME": str(self.home), **self.environment, **environment}
        return {"cwd": self.folder, "env": kept | own, "stdin": subprocess.DEVNULL, "text": True}

    def run(self, *arguments, **environment):
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "wayfellow", *arguments],
            capture_output=True,
            check=False,
            timeout=100,
            **self._options(environment),
        )

    def django(self, *arguments, **environment):
        """Run one of Django's own commands to its end."""
        return subprocess.run(
            [sys.executable, "-m", "django", *arguments],
            capture_output=True,
            check=False,
            timeout=100,
            **self._options(environment),
        )

    def execute(self, sql):
        """Run a statement on the database, past Wayfellow."""
        url = self.environment.get("DATABASE_URL")
        connection = psycopg.connect(url) if url else sqlite3.connect(self.home / "wayfellow.sqlite3")
        with closing(connection), connection:
            connection.execute(sql)

    @contextmanager
    def running(self, *arguments, **environment):
        """A command that goes on until the block ends."""
        process = subprocess.Popen(
            [sys.executable, "-m", "wayfellow", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **self._options(environment),
        )
        try:
            yield process
        finally:
            process.terminate()
            process.stdout.read()
            process.wait(timeout=40)


@contextmanager
def _installation(folder, template=None):
    """An installation on the database that the tests run on: SQLite, or a new one on the PostgreSQL server.

    Args:
        template: another one, whose home and database it begins with.
    """
    url = os.environ.get("DATABASE_URL")
    if template is not None:
        shutil.copytree(template.home, folder / "home")
    if not url:
        yield Installation(folder)
        return
    server, name = url.rpartition("/")[0], f"wayfellow_cli_{uuid4().hex}"
    like = f' TEMPLATE "{template.environment["DATABASE_URL"].rpartition("/")[2]}"' if template is not None else ""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{like}')
        try:
            yield Installation(folder, {"DATABASE_URL": f"{server}/{name}"})
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def installation(tmp_path):
    """An installation with nothing in it yet."""
    with _installation(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def migrated_once(tmp_path_factory):
    """What `wayfellow migrate` makes, to be copied."""
    with _installation(tmp_path_factory.mktemp("migrated")) as made:
        done = made.run("migrate")
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def migrated(migrated_once, tmp_path):
    """An installation with an up-to-date, empty database."""
    with _installation(tmp_path, template=migrated_once) as made:
        yield made
