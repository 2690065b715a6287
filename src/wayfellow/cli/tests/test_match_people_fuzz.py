"""Whatever stands in the file, `wayfellow match people` gives a workbook or a message, never a traceback."""

import csv
import io
import json
from collections import Counter

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wayfellow.cli import wayfellow

HEADINGS = (
    *("ID", "Name", "E-mail", "Role", "Manager", "Skills offered", "Skills wanted", "Goals", "Languages", "Time zone"),
    *("Availability", "Places", "Minimum", "Mentors wanted", "Training done", "Department"),
)
CELLS = {
    "ID": ("1", "2", "3", "x y", "=1"),
    "Name": ("Ana", "Bo", "Li, Wei", "ana", "\u202eevil"),
    "E-mail": ("a@x.example", "b@x.example", "not one", "A@X.example"),
    "Role": ("mentor", "mentee", "both", "Mentorin", "boss"),
    "Manager": ("1", "Ana", "a@x.example", "nobody"),
    "Skills offered": ("Go (3); SQL", "Go (9)", "a,b|c", ";;"),
    "Skills wanted": ("Go: 3", "SQL", "@SUM(A1)"),
    "Goals": ("lead; grow", "lead", "-"),
    "Languages": ("en, de", "German", "Klingon"),
    "Time zone": ("Europe/Vienna", "CET", "Mars"),
    "Availability": ("Mon 9-12", "Di 9-10", "soon"),
    "Places": ("0", "1", "2", "two", "-1", "999999999"),
    "Minimum": ("0", "1", "3"),
    "Mentors wanted": ("0", "1", "2", "x"),
    "Training done": ("yes", "no", "maybe"),
    "Department": ("A", "B", "a"),
}


@st.composite
def sheets(draw):
    """A sheet with some of the columns, some of the cells bad, some of the text noise."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, unique=True))
    rows = []
    for _ in range(draw(st.integers(0, 7))):
        cells = [
            draw(st.one_of(st.just(""), st.sampled_from(CELLS[name]), st.sampled_from(CELLS[name])))
            for name in headings
        ]
        if draw(st.integers(0, 9)) == 0:
            cells[0] = draw(st.text(max_size=12))
        rows.append(cells)
    file = io.StringIO()
    csv.writer(file, delimiter=draw(st.sampled_from(",;\t"))).writerows([headings, *rows])
    return file.getvalue().encode("utf-8", "surrogatepass")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=sheets(), skip=st.booleans())
def test_a_workbook_or_a_message(tmp_path, content, skip):
    people, out, report = tmp_path / "p.csv", tmp_path / "o.xlsx", tmp_path / "o.json"
    people.write_bytes(content)
    for path in (out, report):
        path.unlink(missing_ok=True)
    done = CliRunner().invoke(
        wayfellow,
        [
            *("match", "people", str(people), "--out", str(out), "--report", str(report)),
            *(["--skip-bad-rows"] if skip else []),
        ],
    )
    assert done.exit_code in (0, 2), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert out.exists() == report.exists() == (done.exit_code == 0)
    if done.exit_code:
        assert "p.csv" in done.stderr
        return
    found = json.loads(report.read_text())
    load = Counter(pair["mentor_id"] for pair in found["pairs"])
    assert all(load[mentor["mentor_id"]] == mentor["load"] <= mentor["capacity"] for mentor in found["mentors"])
    assert all(pair["mentee_id"] != pair["mentor_id"] for pair in found["pairs"])
    assert all(sum(pair["points"].values()) == pair["score"] for pair in found["pairs"])
