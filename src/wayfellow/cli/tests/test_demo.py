import json
import os
import socket

import pytest

from wayfellow.cli.demo import _fingerprint, _is_current
from wayfellow.cli.tests.test_serve import read_until, status

pytestmark = [
    pytest.mark.peers,
    pytest.mark.timeout(400),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the demo keeps to SQLite, whatever the rest uses"),
]


def test_loads_once_and_is_ready(installation):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = f"Wayfellow demo is ready at http://127.0.0.1:{port}"
    # A real installation's database is never touched by a demo, even when the environment names one.
    elsewhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/wayfellow"}
    # One that is too old lies there already, so that it is made anew. The browser's tests begin with nothing at all.
    installation.home.mkdir()
    (installation.home / "wayfellow.sqlite3").write_bytes(b"an old demo's")
    note = installation.home / "demo.json"
    note.write_text(json.dumps(_fingerprint() | {"day": "2020-01-01"}))
    with installation.running("demo", "--port", str(port), **elsewhere) as process:
        said = read_until(process, line)
        assert said[-1] == line + "\n"
        assert "Creating the demo's database ...\n" in said
        assert status(port, "/readyz") == 200
    assert json.loads(note.read_text()) == _fingerprint()
    with installation.running("demo", "--port", str(port), **elsewhere) as process:
        assert read_until(process, line) == [line + "\n"]


def test_leaves_a_database_alone_that_no_demo_wrote(installation):
    installation.home.mkdir()
    database = installation.home / "wayfellow.sqlite3"
    database.write_bytes(b"somebody's")
    done = installation.run("demo", "--port", "8999")
    assert done.returncode == 1
    assert "holds a database that is not a demo's" in done.stderr
    assert database.read_bytes() == b"somebody's"


def test_refuses_a_taken_port_before_anything_else(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = installation.run("demo", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.startswith(f"Port {port} on 127.0.0.1 cannot be used: Address already in use.")
    assert not installation.home.exists()


@pytest.mark.parametrize(
    ("found", "current"),
    [
        ({"day": "2026-11-24", "version": "1", "made": "a"}, True),
        ({"day": "2026-11-17", "version": "1", "made": "a"}, True),
        ({"day": "2026-11-16", "version": "1", "made": "a"}, False),
        ({"day": "2026-11-25", "version": "1", "made": "a"}, False),
        ({"day": "2026-11-24", "version": "1", "made": "b"}, False),
        ({"day": "2026-11-24", "version": "0", "made": "a"}, False),
        ({"day": "some day", "version": "1", "made": "a"}, False),
        ({"made": "unfinished"}, False),
        (None, False),
    ],
)
def test_what_a_visitor_did_is_kept_for_a_week(found, current):
    assert _is_current(found, {"day": "2026-11-24", "version": "1", "made": "a"}) is current
