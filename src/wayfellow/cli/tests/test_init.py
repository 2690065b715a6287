import re
import stat

HARBOUR = ("--organisation", "Harbour", "--slug", "harbour", "--admin-email", "ada@example.org")


def test_creates_database_organisation_and_link(installation):
    done = installation.run("init", *HARBOUR)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^Harbour is ready\. .*: http://127\.0\.0\.1:8000/\S+$", done.stdout, re.MULTILINE)
    assert not stat.S_IMODE(installation.home.stat().st_mode) & 0o077
    for path in installation.home.rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_says_what_is_missing_when_nobody_can_be_asked(installation):
    done = installation.run("init", "--slug", "harbour")
    assert done.returncode == 2
    assert "missing: --organisation, --admin-email" in done.stderr
    assert not installation.home.exists()


def test_taken_slug_is_a_message(migrated):
    assert migrated.run("init", *HARBOUR).returncode == 0
    done = migrated.run("init", *HARBOUR)
    assert done.returncode in {2, 3, 5}
    assert done.stderr.strip()
    assert "unexpected error" not in done.stderr


def test_wrong_address_is_a_message(migrated):
    done = migrated.run("init", "--organisation", "Harbour", "--slug", "harbour", "--admin-email", "nobody")
    assert done.returncode == 2
    assert "unexpected error" not in done.stderr
