"""A folder of CSV files: what is read from it, and how whatever is wrong is named."""

import csv
import io
import random
from pathlib import Path

import pytest

from wayfellow.matching.digest import problem_sha256
from wayfellow.matching.errors import Finding, ProblemError
from wayfellow.matching.pairs_files import FilesRefused, read_folder, refused_later

GOOD = {
    "mentees.csv": "mentee_id,want\nb,1\na,2\nx,0\n",
    "mentors.csv": "mentor_id,capacity,minimum\nx,2,1\nk,1,0\n",
    "pairs.csv": "mentee_id,mentor_id,score,allowed\nb,x,3,1\na,k,-4,1\nx,x,9,1\na,x,5,0\nb,k,8,1\n",
}
OPTIONAL = {
    "rules.csv": "kind,mentee_id,mentor_id\npin,b,x\nforbid,a,k\n",
    "preferences.csv": "side,person_id,choice_id,rank\nmentee,b,k,2\nmentee,b,x,1\nmentor,k,b,1\n",
    "circles.csv": "mentor_id,min_size,max_size\nk,1,2\n",
}


@pytest.fixture
def folder(tmp_path):
    """Writes the good files, some of them replaced; None takes one away."""

    def write(**changed):
        files = dict(GOOD)
        for name, content in changed.items():
            files[f"{name}.csv"] = content
        for name, content in files.items():
            if isinstance(content, str):
                content = content.encode()
            if content is None:
                (tmp_path / name).unlink(missing_ok=True)
            else:
                (tmp_path / name).write_bytes(content)
        return tmp_path

    return write


def refused(path):
    with pytest.raises(FilesRefused) as caught:
        read_folder(path)
    return str(caught.value).splitlines()


def pairs_of(problem):
    people = zip(problem.mentee, problem.mentor, problem.score.tolist(), strict=True)
    return [(problem.mentee_ids[i], problem.mentor_ids[j], score) for i, j, score in people]


def test_good_files(folder):
    problem = read_folder(folder(**{name.removesuffix(".csv"): text for name, text in OPTIONAL.items()}))
    assert pairs_of(problem) == [("b", "k", 8), ("b", "x", 3)]
    assert problem.pinned.tolist() == [False, True]
    assert problem.capacity.tolist() == [1, 2]
    assert {rule: counts.tolist() for rule, counts in problem.removed.items()} == {
        "forbidden": [1, 0, 0],
        "not_allowed": [1, 0, 0],
    }
    assert problem.preferences.mentee_rank.tolist() == [1, 2]
    assert problem.circles.max_size.tolist() == [2]


def test_optional_files_may_be_away(folder):
    problem = read_folder(folder())
    assert (problem.preferences, problem.circles, problem.pinned.any()) == (None, None, False)


def written_otherwise(text, *, seed):
    """The same table with rows, columns and quotation otherwise."""
    chance = random.Random(seed)
    header, *rows = list(csv.reader(io.StringIO(text)))
    chance.shuffle(rows)
    order = list(range(len(header)))
    chance.shuffle(order)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([header[at] for at in order] + ["a remark"])
    writer.writerows([row[at] for at in order] + ["one,\ntwo"] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode() + b"\r\n"


@pytest.mark.parametrize("seed", range(4))
def test_order_of_rows_and_columns_changes_nothing(folder, seed):
    plain = problem_sha256(read_folder(folder(**{name.removesuffix(".csv"): text for name, text in OPTIONAL.items()})))
    other = {name[:-4]: written_otherwise(text, seed=seed) for name, text in (GOOD | OPTIONAL).items()}
    assert problem_sha256(read_folder(folder(**other))) == plain


def test_strata_are_read_where_they_are_there(folder):
    problem = read_folder(folder(mentees="stratum,mentee_id,want\nsite B,b,1\n,a,1\nsite A,x,0\n"))
    assert (problem.strata, problem.stratum.tolist()) == (("", "site A", "site B"), [0, 2, 1])
    assert read_folder(folder()).stratum is None
    found = refused(folder(mentees="stratum,mentee_id,want,stratum\nsite B,b,1,x\n", pairs=HEADS["pairs"]))
    assert found == ["mentees.csv line 1, column 'stratum': this column stands here 2 times"]


def test_headers_alone_are_an_empty_cohort(folder):
    problem = read_folder(folder(**{name[:-4]: text.splitlines()[0] for name, text in (GOOD | OPTIONAL).items()}))
    assert (problem.mentee_ids, problem.mentor_ids, problem.score.size) == ((), (), 0)


def test_ids_are_compared_exactly(folder):
    path = folder(
        mentees='mentee_id,want\n" b",1\nB,1\nb,1\nb ,1\ne\u0301,1\n\u00e9,1\n', pairs=GOOD["pairs.csv"].splitlines()[0]
    )
    assert read_folder(path).mentee_ids == (" b", "B", "b", "b ", "e\u0301", "\u00e9")


def test_numbers_may_be_large_negative_and_in_spaces(folder):
    path = folder(pairs="mentee_id,mentor_id,score,allowed\nb,x, -999999999999 , 1\na,k,+07, 0 \na,x,1000000000000,1\n")
    assert pairs_of(read_folder(path)) == [("a", "x", 10**12), ("b", "x", -999999999999)]


HEADS = {name[:-4]: text.splitlines()[0] for name, text in (GOOD | OPTIONAL).items()}
BAD_ROWS = [
    ("mentees", "c,-1", "mentees.csv line {line}, column 'want': -1 is less than 0"),
    ("mentees", "c,", "mentees.csv line {line}, column 'want': the cell is empty"),
    ("mentees", "c,two", "mentees.csv line {line}, column 'want': 'two' is not a whole number"),
    ("mentees", "c,1e3", "mentees.csv line {line}, column 'want': '1e3' is not a whole number"),
    ("mentees", "c,1_0", "mentees.csv line {line}, column 'want': '1_0' is not a whole number"),
    ("mentees", "c,٣", "mentees.csv line {line}, column 'want': '٣' is not a whole number"),
    ("mentees", "c,5-", "mentees.csv line {line}, column 'want': '5-' is not a whole number"),
    ("mentees", "c,1000001", "mentees.csv line {line}, column 'want': 1000001 is more than 1,000,000"),
    ("mentees", "b,1", "mentees.csv line {line}, column 'mentee_id': 'b' stands here twice"),
    ("mentees", ",1", "mentees.csv line {line}, column 'mentee_id': the cell is empty"),
    ("mentees", "c", "mentees.csv line {line}, column 'want': 1 cell instead of 2"),
    ("mentees", "c,1,2", "mentees.csv line {line}: 3 cells instead of 2"),
    ("mentors", "m,-1,0", "mentors.csv line {line}, column 'capacity': -1 is less than 0"),
    ("mentors", "m,1,-1", "mentors.csv line {line}, column 'minimum': -1 is less than 0"),
    ("mentors", "m,1,2", "mentors.csv line {line}, column 'minimum': 2 is more than the capacity, 1"),
    ("mentors", "m,1.0,0", "mentors.csv line {line}, column 'capacity': '1.0' is not a whole number"),
    ("mentors", "k,1,0", "mentors.csv line {line}, column 'mentor_id': 'k' stands here twice"),
    ("pairs", "a,q,1,1", "pairs.csv line {line}, column 'mentor_id': 'q' is not among the mentors"),
    ("pairs", "q,k,1,1", "pairs.csv line {line}, column 'mentee_id': 'q' is not among the mentees"),
    ("pairs", "x,k,4.5,1", "pairs.csv line {line}, column 'score': '4.5' is not a whole number"),
    ("pairs", "x,k,,0", "pairs.csv line {line}, column 'score': the cell is empty"),
    ("pairs", "x,k,1,2", "pairs.csv line {line}, column 'allowed': '2' is neither 0 nor 1"),
    ("pairs", "x,k,1,", "pairs.csv line {line}, column 'allowed': the cell is empty"),
    ("pairs", "x,k,1,true", "pairs.csv line {line}, column 'allowed': 'true' is neither 0 nor 1"),
    (
        "pairs",
        "x,k,-1000000000001,1",
        "pairs.csv line {line}, column 'score': -1000000000001 is beyond the largest score, "
        "1,000,000,000,000 either way",
    ),
    ("pairs", "b,k,8,1", "pairs.csv line {line}, column 'mentee_id': mentee 'b' and mentor 'k' stand here twice"),
    ("pairs", "x,x,much,1", "pairs.csv line {line}, column 'score': 'much' is not a whole number"),
    ("rules", "Pin,b,x", "rules.csv line {line}, column 'kind': 'Pin' is neither 'pin' nor 'forbid'"),
    ("rules", "pin,b,q", "rules.csv line {line}, column 'mentor_id': 'q' is not among the mentors"),
    (
        "rules",
        "pin,b,x",
        "rules.csv line {line}, column 'mentee_id': the pin of mentee 'b' with mentor 'x' stands here twice",
    ),
    ("rules", "forbid,b,x", "rules.csv line {line}, column 'kind': mentee 'b' with mentor 'x' is pinned and forbidden"),
    (
        "rules",
        "pin,a,x",
        "rules.csv line {line}, column 'mentor_id': the pin of mentee 'a' with mentor 'x' "
        "is a pair that is not allowed",
    ),
    (
        "rules",
        "pin,x,k",
        "rules.csv line {line}, column 'mentor_id': the pin of mentee 'x' with mentor 'k' is not in the pairs",
    ),
    (
        "rules",
        "pin,x,x",
        "rules.csv line {line}, column 'mentor_id': the pin of mentee 'x' with mentor 'x' is one person",
    ),
    ("rules", "pin,b,k", "rules.csv line {line}, column 'mentee_id': mentee 'b' wants 1; pinned: 2"),
    (
        "preferences",
        "both,b,k,1",
        "preferences.csv line {line}, column 'side': 'both' is neither 'mentee' nor 'mentor'",
    ),
    ("preferences", "mentee,b,k,0", None),
    ("preferences", "mentee,a,k,0", "preferences.csv line {line}, column 'rank': 0 is less than 1"),
    ("preferences", "mentor,k,a,first", "preferences.csv line {line}, column 'rank': 'first' is not a whole number"),
    ("preferences", "mentor,k,q,1", "preferences.csv line {line}, column 'choice_id': 'q' is not among the mentees"),
    ("preferences", "mentor,b,k,1", None),
    ("circles", "x,3,2", "circles.csv line {line}, column 'min_size': 3 is more than the largest size, 2"),
    ("circles", "x,-1,2", "circles.csv line {line}, column 'min_size': -1 is less than 0"),
    ("circles", "k,1,2", "circles.csv line {line}, column 'mentor_id': 'k' stands here twice"),
    ("circles", "b,1,2", "circles.csv line {line}, column 'mentor_id': 'b' is not among the mentors"),
]


@pytest.mark.parametrize(("name", "row", "said"), BAD_ROWS, ids=[f"{name}: {row}" for name, row, _said in BAD_ROWS])
def test_bad_row(folder, name, row, said):
    good = (GOOD | OPTIONAL)[f"{name}.csv"]
    optional = {name.removesuffix(".csv"): text for name, text in OPTIONAL.items()}
    line = good.count("\n") + 1
    found = refused(folder(**(optional | {name: f"{good}{row}\n"})))
    if said is None:
        assert len(found) == 2
    else:
        assert found == [said.format(line=line)]
    assert all(one.startswith(f"{name}.csv line {line}") for one in found)


def test_lines_are_those_of_the_file(folder):
    text = '\n"mentee_id","want",note\r\n\r\nb,1,"two\nlines"\r\n\na,-1,"and\r\nagain"\nc,x,\n'
    path = folder(mentees=text, pairs=HEADS["pairs"])
    assert refused(path) == [
        "mentees.csv line 7, column 'want': -1 is less than 0",
        "mentees.csv line 9, column 'want': 'x' is not a whole number",
    ]


def test_one_message_for_all_files(folder):
    path = folder(
        mentees="mentee_id,want\nb,0.5\nc,1\n",
        mentors=b"mentor_id,capacity,minimum\nx,2,1\nk\xe9,1,0\n",
        pairs="mentee_id,mentor_id,score,allowed\na,x,1,1\nb,x,0x1,1\n",
        rules="",
        circles="mentor_id,min\nx,3\n",
        preferences='side,person_id,choice_id,rank\nmentee,b,"k,1\n',
    )
    assert refused(path) == [
        "mentees.csv line 2, column 'want': '0.5' is not a whole number",
        "mentors.csv line 3: byte 0xe9 is not UTF-8",
        "pairs.csv line 2, column 'mentee_id': 'a' is not among the mentees",
        "pairs.csv line 3, column 'score': '0x1' is not a whole number",
        "rules.csv: the file is empty; its first line names the columns",
        "preferences.csv line 2: a quotation mark is opened and never closed",
        "circles.csv line 1, column 'min_size': there is no such column",
        "circles.csv line 1, column 'max_size': there is no such column",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "pairs.csv: the file is missing"),
        (b"", "pairs.csv: the file is empty; its first line names the columns"),
        (b"\xef\xbb\xbf\n\n", "pairs.csv: the file is empty; its first line names the columns"),
        (b"mentee_id,mentor_id,score,allowed\r\nb,x,\x001,1\r\n", "pairs.csv line 2: here is a NUL character"),
        (b"\xff\xfem\x00", "pairs.csv line 1: byte 0xff is not UTF-8"),
        (
            b"mentee_id,mentor_id,score,allowed\nb,x,1,1\n\xef\xbb\xbfb,k,1,\xc3",
            "pairs.csv line 3: byte 0xc3 is not UTF-8",
        ),
        (b"mentee_id,mentor_id,score,allowed,score\n", "column 'score': this column stands here 2 times"),
        (b'mentee_id,mentor_id,score,allowed\n"b"x,x,1,1\n', "pairs.csv line 2: text follows a closing quotation mark"),
        (
            b'mentee_id,mentor_id,score,allowed\n"' + b"b" * 200_000 + b",x,1,1\n",
            "pairs.csv line 2: a cell is too long",
        ),
    ],
)
def test_file_that_cannot_be_read(folder, content, said):
    found = refused(folder(pairs=content, rules=OPTIONAL["rules.csv"]))
    assert len(found) == 1
    assert said in found[0]


def test_semicolons_are_named(folder):
    found = refused(folder(mentees="mentee_id;want\nb;1\n"))
    assert found[0].endswith("column 'mentee_id': there is no such column; cells are separated by commas")


def test_folder_that_is_none(tmp_path, folder):
    assert refused(tmp_path / "away") == [f"{tmp_path / 'away'}: there is no such folder"]
    path = folder() / "mentees.csv"
    assert refused(path) == [f"{path}: this is not a folder"]
    (tmp_path / "rules.csv").mkdir()
    assert refused(tmp_path) == ["rules.csv: the file cannot be read: Is a directory"]


def test_long_cells_are_shortened(folder):
    found = refused(folder(pairs=f"{HEADS['pairs']}\n{'q' * 5000},x,{'1' * 5000},1\n"))
    assert [len(one) < 200 for one in found] == [True, True]


def test_beyond_a_hundred_findings_are_counted(folder):
    rows = "".join(f"q{at},x,1,1\n" for at in range(12_445))
    found = refused(
        folder(mentees="mentee_id,want\nb,-1\na,-1\n", pairs=f"{HEADS['pairs']}\n{rows}", circles="mentor_id\n")
    )
    assert len(found) == 101
    assert found[0].startswith("mentees.csv line 2")
    assert found[99] == "pairs.csv line 99, column 'mentee_id': 'q97' is not among the mentees"
    assert found[100] == "and 12,349 more"


def test_wrong_rows_deep_in_a_long_file(folder):
    ids = [f"e{at}" for at in range(60_000)]
    rows = [f"{name},x,7,1" for name in ids]
    rows[55_000] = "e55000,x,?,1"
    path = folder(
        mentees="mentee_id,want\n" + "".join(f"{name},1\n" for name in ids),
        pairs="\n".join([HEADS["pairs"], *rows, "e1,k"]),
    )
    assert refused(path) == [
        "pairs.csv line 55002, column 'score': '?' is not a whole number",
        "pairs.csv line 60002, column 'score': 2 cells instead of 4",
    ]


def test_reads_from_a_link(folder, tmp_path):
    path = folder()
    elsewhere = Path(tmp_path / "elsewhere.csv")
    (path / "pairs.csv").rename(elsewhere)
    (path / "pairs.csv").symlink_to(elsewhere)
    assert read_folder(path).score.size == 3
    elsewhere.unlink()
    assert refused(path) == ["pairs.csv: the file is missing"]


def test_what_an_objective_finds_stands_at_its_line(folder):
    path = folder(rules=OPTIONAL["rules.csv"])
    error = ProblemError(
        [
            Finding("b is pinned to x, who leads no circle", "rules", pair=("b", "x")),
            Finding("too few people for this circle", "circles"),
        ]
    )
    assert str(refused_later(path, error)).splitlines() == [
        "rules.csv line 2, column 'mentor_id': b is pinned to x, who leads no circle",
        "circles.csv: too few people for this circle",
    ]
