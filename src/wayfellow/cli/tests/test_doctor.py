import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink


def test_all_is_well(migrated):
    proxied = {"WAYFELLOW_BASE_URL": "https://w.example.org", "WAYFELLOW_TRUSTED_PROXIES": "1"}
    done = migrated.run("doctor", WAYFELLOW_MAIL_URL="smtp://127.0.0.1:25", **proxied)
    assert done.returncode == 0, done.stdout + done.stderr
    looked_at = (
        "settings",
        "files",
        "disk",
        "address",
        "security",
        "passwords",
        "jobs",
        "database",
        "migrations",
        "clock",
        "queue",
    )
    for subject in (*looked_at, "mail"):
        assert f"ok     {subject}: " in done.stdout
    assert "hint" not in done.stdout


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


def test_every_hint_and_wrong_says_how_to_mend_it(installation):
    lines = installation.run("doctor", "--events").stdout.splitlines()
    for number, line in enumerate(lines):
        if line.startswith(("WRONG", "hint")):
            assert lines[number + 1].startswith("       ")


def test_check_deploy_is_clean_in_production(installation):
    production = {
        "DJANGO_SETTINGS_MODULE": "wayfellow.settings",
        "WAYFELLOW_BASE_URL": "https://w.example.org",
        "WAYFELLOW_TRUSTED_PROXIES": "1",
        "WAYFELLOW_MAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    }
    done = installation.django("check", "--deploy", "--fail-level", "WARNING", **production)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_events_are_verified_when_asked(migrated):
    migrated.run("init", "--organisation", "Harbour", "--slug", "harbour", "--admin-email", "ada@example.org")
    done = migrated.run("doctor", "--events")
    assert "ok     events: harbour: " in done.stdout
    migrated.execute("UPDATE audit_event SET verb = 'nothing_happened' WHERE sequence = 1")
    done = migrated.run("doctor", "--events")
    assert done.returncode == 1
    assert "WRONG  events: harbour: event 1 (nothing_happened) was changed" in done.stdout
    migrated.execute("DELETE FROM audit_event WHERE sequence = 1")
    assert "WRONG  events: harbour: event 1 is missing" in migrated.run("doctor", "--events").stdout


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
