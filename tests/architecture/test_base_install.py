"""What the base install, which has no Django, can do and say."""

import pytest

from tests.architecture.places import IMPACT_ONLY, SERVER_ONLY, SOURCE, run_without
from wayfellow.cli import COMMANDS

RUN = "from wayfellow.cli import main\nmain(sys.argv[1:])"


def test_help_lists_every_command():
    done = run_without(SERVER_ONLY, RUN, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    for name, command in COMMANDS.items():
        assert f"  {name} " in done.stdout
        assert command.help in done.stdout


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if command.server])
def test_command_names_the_server_extra(name):
    done = run_without(SERVER_ONLY, RUN, name)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == f"wayfellow {name} needs the server extra: pip install 'wayfellow[server]'\n"


def test_match_needs_no_server_extra():
    for command in ("pairs", "regret"):
        done = run_without(SERVER_ONLY, RUN, "match", command, "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"Usage: wayfellow match {command} ")


def test_survey_needs_the_impact_extra_and_not_the_server_one():
    done = run_without(SERVER_ONLY, RUN, "survey", "score", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: wayfellow survey score ")
    done = run_without((*SERVER_ONLY, *IMPACT_ONLY), RUN, "survey", "score", "I.toml", "--responses", "r.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "wayfellow survey score needs the impact extra: pip install 'wayfellow[impact]'\n"


@pytest.mark.parametrize("layout", ["json", "html", "pdf"])
def test_impact_needs_no_server_extra(tmp_path, layout):
    examples = SOURCE / "impact" / "tests" / "data"
    plan, data, out = examples / "plans" / "mpdta_simple.toml", examples / "data" / "mpdta.csv", tmp_path / "report"
    arguments = ("impact", "analyse", plan, "--data", data, "--format", layout, "--out", out)
    done = run_without(SERVER_ONLY, RUN, *map(str, arguments))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert out.read_bytes().lstrip().startswith({"json": b"{", "html": b"<!", "pdf": b"%PDF"}[layout])


@pytest.mark.parametrize("arguments", [("plan", "P.toml"), ("analyse", "P.toml", "--data", "p.csv")])
def test_impact_names_the_impact_extra(arguments):
    done = run_without((*SERVER_ONLY, *IMPACT_ONLY), RUN, "impact", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    needs = f"wayfellow impact {arguments[0]} needs the impact extra: pip install 'wayfellow[impact]'\n"
    assert done.stderr == needs


def test_django_alone_is_not_the_server_extra():
    done = run_without(("granian",), RUN, "serve")
    assert done.returncode == 2
    assert "wayfellow[server]" in done.stderr


def test_help_imports_neither_django_nor_rich():
    code = RUN.replace("main(sys", "import atexit\natexit.register(lambda: print(sorted(sys.modules)))\nmain(sys")
    done = run_without((), code, "--help")
    assert done.returncode == 0
    assert "'click'" in done.stdout
    for heavy in ("'django'", "'rich'", "'granian'", "'python_calamine'", "'xlsxwriter'", "'numpy'"):
        assert heavy not in done.stdout
