import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink


def test_all_is_well(migrated):
    proxied = {"WAYFELLOW_BASE_URL": "https://w.example.org", "WAYFELLOW_TRUSTED_PROXIES": "1"}
    done = migrated.run("doctor", WAYFELLOW_MAIL_URL="smtp://127.0.0.1:25", **proxied)
    assert done.returncode == 0, done.stdout + done.stderr
    for subject in ("settings", "files", "address", "database", "migrations", "queue", "mail"):
        assert f"ok     {subject}: " in done.stdout


def test_nothing_there_yet(installation):
    done = installation.run("doctor")
    assert done.returncode == 1
    assert "WRONG  migrations: " in done.stdout
    assert "Run: wayfellow migrate" in done.stdout
    assert "WRONG  mail: no mail server is set" in done.stdout


def test_an_https_address_without_a_proxy(migrated):
    done = migrated.run("doctor", WAYFELLOW_BASE_URL="https://w.example.org")
    assert done.returncode == 1
    assert "WRONG  address: no proxy is trusted" in done.stdout
    assert "set WAYFELLOW_TRUSTED_PROXIES=1" in done.stdout


def test_open_files(migrated):
    migrated.home.chmod(0o755)
    done = migrated.run("doctor")
    assert done.returncode == 1
    assert f"Run: chmod go-rwx {migrated.home}" in done.stdout


def test_unknown_setting(migrated):
    done = migrated.run("doctor", WAYFELLOW_PROT="8000")
    assert done.returncode == 2
    assert done.stderr == "unknown settings: WAYFELLOW_PROT. See docs/settings.md\n"


def test_database_that_does_not_answer(installation):
    done = installation.run("doctor", DATABASE_URL="postgres://nobody@127.0.0.1:1/wayfellow")
    assert done.returncode == 1
    assert "WRONG  database: " in done.stdout
    assert "Check DATABASE_URL" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.peers
def test_mail_server_is_tried_when_asked(migrated):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        done = migrated.run("doctor", "--mail", WAYFELLOW_MAIL_URL=f"smtp://127.0.0.1:{port}")
    finally:
        controller.stop()
    assert f"ok     mail: 127.0.0.1:{port} lets us in" in done.stdout
    done = migrated.run("doctor", "--mail", WAYFELLOW_MAIL_URL=f"smtp://127.0.0.1:{port}")
    assert done.returncode == 1
    assert f"WRONG  mail: 127.0.0.1:{port} says: " in done.stdout
