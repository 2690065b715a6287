"""Whatever stands in the files, `wayfellow match pairs` gives a proven result or a message and nothing else."""

import csv
import io
import re
import tempfile
from collections import Counter
from pathlib import Path

from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wayfellow.cli import wayfellow
from wayfellow.cli.match_pairs import OBJECTIVES

HEADERS = {
    "mentees": ["mentee_id", "want"],
    "mentors": ["mentor_id", "capacity", "minimum"],
    "pairs": ["mentee_id", "mentor_id", "score", "allowed"],
    "rules": ["kind", "mentee_id", "mentor_id"],
    "preferences": ["side", "person_id", "choice_id", "rank"],
    "circles": ["mentor_id", "min_size", "max_size"],
}
REQUIRED = ("mentees", "mentors", "pairs")
PLACE = re.compile(
    r"(mentees|mentors|pairs|rules|preferences|circles)\.csv( line \d+)?(, column '.+')?: .+|and [\d,]+ more"
)

MENTEES, MENTORS = ["a", "b", "c", "d", "é"], ["x", "y", "z", "a"]
mentee, mentor = st.sampled_from(MENTEES), st.sampled_from(MENTORS)
scores = st.one_of(st.integers(-3, 9), st.sampled_from([10**12, -(10**12), 0]))


def table(*cells, most, key):
    """Rows of these cells, no two with the same key."""
    return st.lists(st.tuples(*cells), max_size=most, unique_by=lambda row: tuple(row[at] for at in key))


sound_tables = st.fixed_dictionaries(
    {
        "mentees": table(mentee, st.integers(0, 2), most=5, key=[0]),
        "mentors": st.lists(mentor, unique=True, max_size=4).flatmap(
            lambda ids: st.tuples(
                *(
                    st.integers(0, 3).flatmap(lambda c, i=i: st.tuples(st.just(i), st.just(c), st.integers(0, c)))
                    for i in ids
                )
            )
        ),
        "pairs": table(mentee, mentor, scores, st.sampled_from([1, 1, 1, 0]), most=14, key=[0, 1]),
    },
    optional={
        "rules": table(st.sampled_from(["pin", "forbid"]), mentee, mentor, most=2, key=[1, 2]),
        "preferences": table(st.sampled_from(["mentee"]), mentee, mentor, st.integers(1, 3), most=6, key=[1, 2]),
        "circles": table(mentor, st.integers(0, 1), st.integers(1, 3), most=3, key=[0]),
    },
)
harms = st.lists(
    st.tuples(
        st.sampled_from(sorted(HEADERS)),
        st.integers(0, 200),
        st.integers(0, 3),
        st.sampled_from(
            [
                b"",
                b",",
                b"\n",
                b'"',
                b"\0",
                b"\xff",
                b"-",
                b"9" * 20,
                b" ",
                b"a",
                b"x",
                b"\r\n",
                b"4.5",
                b"\xef\xbb\xbf",
                b";",
            ]
        ),
    ),
    max_size=3,
)


def as_bytes(name, rows):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([HEADERS[name], *rows])
    return text.getvalue().encode()


def known_people_only(tables):
    """The tables without rows that name nobody: most generated cohorts are sound then."""
    mentees, mentors = ({row[0] for row in tables[name]} for name in ("mentees", "mentors"))
    kept = dict(tables)
    kept["pairs"] = [row for row in tables["pairs"] if row[0] in mentees and row[1] in mentors]
    for name, at in (("rules", 1), ("preferences", 1)):
        if name in kept:
            kept[name] = [row for row in kept[name] if row[at] in mentees and row[at + 1] in mentors]
    if "circles" in kept:
        kept["circles"] = [row for row in kept["circles"] if row[0] in mentors]
    return kept


def is_sound(files):
    """Whether the files hold a cohort, looked at cell by cell. Written apart from the reader, to hold it to account."""
    tables = {}
    for name in HEADERS:
        if name not in files:
            if name in REQUIRED:
                return False
            continue
        try:
            text = files[name].decode("utf-8-sig")
            rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
        except (UnicodeDecodeError, csv.Error):
            return False
        if "\0" in text or not rows:
            return False
        header = [cell.strip() for cell in rows[0]]
        if any(header.count(column) != 1 for column in HEADERS[name]) or any(len(row) != len(header) for row in rows):
            return False
        tables[name] = [[row[header.index(column)] for column in HEADERS[name]] for row in rows[1:]]

    def whole(cell, low, high):
        return re.fullmatch(r"\s*[+-]?[0-9]+\s*", cell) is not None and low <= int(cell) <= high

    def once(keys):
        return all(count == 1 for count in Counter(keys).values())

    people, mentors, pairs = (tables[name] for name in REQUIRED)
    mentee_ids, mentor_ids = [row[0] for row in people], [row[0] for row in mentors]
    listed = [row for row in pairs if row[0] != row[1]]
    if not (once(mentee_ids) and once(mentor_ids) and all(mentee_ids) and all(mentor_ids)):
        return False
    if not all(whole(row[1], 0, 10**6) for row in people):
        return False
    if not all(whole(row[1], 0, 10**6) and whole(row[2], 0, int(row[1])) for row in mentors):
        return False
    if not all(row[0] in mentee_ids and row[1] in mentor_ids for row in pairs) or not once(
        tuple(row[:2]) for row in listed
    ):
        return False
    if not all(whole(row[2], -(10**12), 10**12) and row[3].strip() in ("0", "1") for row in pairs):
        return False
    rules = tables.get("rules", [])
    if not all(row[0] in ("pin", "forbid") and row[1] in mentee_ids and row[2] in mentor_ids for row in rules):
        return False
    allowed = {tuple(row[:2]) for row in listed if row[3].strip() == "1"}
    pins = [tuple(row[1:]) for row in rules if row[0] == "pin"]
    if not once(tuple(row[1:]) for row in rules) or not set(pins) <= allowed:
        return False
    want, capacity = {row[0]: int(row[1]) for row in people}, {row[0]: int(row[1]) for row in mentors}
    for at, most in ((0, want), (1, capacity)):
        if any(count > most[person] for person, count in Counter(pin[at] for pin in pins).items()):
            return False
    choices = tables.get("preferences", [])
    for side, person, choice, rank in choices:
        sides = {"mentee": (mentee_ids, mentor_ids), "mentor": (mentor_ids, mentee_ids)}.get(side)
        if sides is None or person not in sides[0] or choice not in sides[1] or not whole(rank, 1, 10**6):
            return False
    if not once(tuple(row[:3]) for row in choices if row[1] != row[2]):
        return False
    circles = tables.get("circles", [])
    return once(row[0] for row in circles) and all(
        row[0] in mentor_ids and whole(row[2], 0, 10**6) and whole(row[1], 0, int(row[2])) for row in circles
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables=sound_tables, harms=harms, objective=st.sampled_from(OBJECTIVES), known=st.booleans())
@example(tables={"mentees": [], "mentors": [], "pairs": []}, harms=[], objective="leximin", known=True)
def test_proven_or_refused(tables, harms, objective, known):
    files = {name: as_bytes(name, rows) for name, rows in (known_people_only(tables) if known else tables).items()}
    for name, at, length, put in harms:
        if name in files:
            content = files[name]
            at %= len(content) + 1
            files[name] = content[:at] + put + content[at + length :]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "cohort"
        folder.mkdir()
        for name, content in files.items():
            (folder / f"{name}.csv").write_bytes(content)
        out, report = Path(place) / "out.csv", Path(place) / "report.json"
        options = ["--objective", objective, "--out", str(out), "--report", str(report)]
        options += ["--min-score", "2"] if objective == "min_pair_score" else []
        done = CliRunner().invoke(wayfellow, ["match", "pairs", str(folder), *options])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        assert done.exit_code in (0, 2), done.output
        if objective == "circles" and b"pin" in files.get("rules", b""):
            assert done.exit_code == 2 or is_sound(files), done.output  # circles may have no room for a pin
        else:
            assert (done.exit_code == 0) == is_sound(files), done.output
        assert (out.exists(), report.exists()) == (done.exit_code == 0,) * 2
        assert done.stdout == ""
        if done.exit_code == 2:
            assert all(PLACE.fullmatch(line) for line in done.stderr.splitlines()), done.stderr
        else:
            rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8"), newline="")))
            assert rows[0] == ["mentee_id", "mentor_id"]
            assert rows[1:] == sorted(rows[1:])
