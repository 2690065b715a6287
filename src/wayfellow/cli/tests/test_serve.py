import os
import signal
import socket
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

pytestmark = pytest.mark.peers


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_until(process, words):
    """The lines of a running command up to the one that holds these words."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError("".join(lines))


def rest_of(process):
    """What a running command still says, until it and all its children are gone."""
    said = process.stdout.read()
    process.wait(timeout=30)
    return said


def status(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse().status


def family_of(pid):
    """The processes below this one, with their command lines."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            found[int(entry.name)] = (parent, (entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    family, grown = {pid}, True
    while grown:
        more = {child for child, (parent, _) in found.items() if parent in family} - family
        family, grown = family | more, bool(more)
    return {member: found[member][1] for member in family - {pid}}


def is_gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def wait_for(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_serves_until_told_to_stop_and_leaves_nobody_behind(migrated, port, number):
    with migrated.running("serve", "--port", str(port)) as process:
        read_until(process, "Wayfellow is ready at")
        assert status(port, "/readyz") == 200
        family = family_of(process.pid)
        assert any("wayfellow worker" in command for command in family.values())
        process.send_signal(number)
        rest = rest_of(process)
    assert process.returncode == 0
    assert "Traceback" not in rest
    assert all(is_gone(member) for member in family)


def test_creates_a_new_database_and_prints_a_set_up_link_while_there_is_no_organisation(installation, port):
    with installation.running("serve", "--port", str(port)) as process:
        said = read_until(process, f"http://127.0.0.1:{port}/setup")
    assert "Creating the database ...\n" in said


def test_prints_no_set_up_link_once_there_is_one(migrated, port):
    migrated.run("init", "--organisation", "Harbour", "--slug", "harbour", "--admin-email", "ada@example.org")
    with migrated.running("serve", "--port", str(port)) as process:
        read_until(process, "Wayfellow is ready at")
        process.terminate()
        assert "/setup" not in rest_of(process)


def test_worker_that_dies_is_started_again(migrated, port):
    with migrated.running("serve", "--port", str(port)) as process:
        read_until(process, "Wayfellow is ready at")

        def workers():
            return [member for member, command in family_of(process.pid).items() if "wayfellow worker" in command]

        [first] = workers()
        os.kill(first, signal.SIGKILL)
        read_until(process, "The worker has ended (exit code -9)")
        assert wait_for(lambda: workers() and workers() != [first])


def test_children_end_when_the_supervisor_is_killed(migrated, port):
    with migrated.running("serve", "--port", str(port)) as process:
        read_until(process, "Wayfellow is ready at")
        family = family_of(process.pid)
        assert len(family) >= 2
        process.kill()
        assert wait_for(lambda: all(is_gone(member) for member in family))


def test_ends_when_the_web_server_does(migrated, port):
    with migrated.running("serve", "--port", str(port)) as process:
        read_until(process, "Wayfellow is ready at")
        family = family_of(process.pid)
        web = min(member for member, command in family.items() if "wayfellow.cli.web" in command)
        os.kill(web, signal.SIGKILL)
        rest = rest_of(process)
    assert process.returncode == 1
    assert "The web server has ended (exit code -9)." in rest
    assert all(is_gone(member) for member in family)


def test_refuses_a_taken_port(migrated, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = migrated.run("serve", "--port", str(port))
    assert done.returncode == 2
    assert (
        done.stderr == f"Port {port} on 127.0.0.1 cannot be used: Address already in use. Choose another with --port.\n"
    )


def test_refuses_a_database_that_is_not_up_to_date(migrated, port):
    migrated.execute("DELETE FROM django_migrations WHERE app = 'audit'")
    done = migrated.run("serve", "--port", str(port))
    assert done.returncode == 1
    assert "Run: wayfellow migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_worker_ends_on_sigterm(migrated):
    with migrated.running("worker") as process:
        read_until(process, ": ready, ")
        process.terminate()
        said = rest_of(process)
    assert process.returncode == 0
    assert "Traceback" not in said
