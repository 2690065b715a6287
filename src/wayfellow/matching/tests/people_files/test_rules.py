"""Rules files: what they may say, and every fault named at once."""

import datetime as dt

import pytest

from wayfellow.matching.people_files.dimensions import groups_of, perspective_of
from wayfellow.matching.people_files.pairs import named_pairs
from wayfellow.matching.people_files.rows import read_sheet
from wayfellow.matching.people_files.rules import MatchRules, RulesError, columns_of, read_rules

WHOLE = """
objective = "min_pair_score"
min_score = 3000
seed = 7

[weights]
skills = 50
goals = 12.5

[rules]
reporting_line = false
common_language = false
common_hours = 2
must_differ = ["department"]
must_match = "site"
clock_day = 2026-07-15

[[pin]]
mentee = "ana@x.example"
mentor = "Bo"

[[forbid]]
mentee = "1"
mentor = "2"

[perspective]
dimensions = ["function"]

[fairness]
groups = ["grade", "Gender"]

[lottery]
strata = "site"

[columns]
"Team role" = "role"
"Notes" = "-"
"""


def rules(tmp_path, text):
    path = tmp_path / "rules.toml"
    path.write_text(text)
    return read_rules(path)


def test_every_key(tmp_path):
    assert rules(tmp_path, WHOLE) == MatchRules(
        objective="min_pair_score",
        min_score=3000,
        seed=7,
        weights={"skills": 50.0, "goals": 12.5},
        reporting_line=False,
        common_language=False,
        common_hours=2,
        must_differ=("department",),
        must_match=("site",),
        clock_day=dt.date(2026, 7, 15),
        pins=(("ana@x.example", "Bo"),),
        forbids=(("1", "2"),),
        perspective=("function",),
        fairness=("grade", "Gender"),
        strata="site",
        columns={"Team role": "role", "Notes": None},
    )


def test_an_empty_file_is_the_default(tmp_path):
    assert rules(tmp_path, "") == MatchRules()


def test_all_faults_at_once_each_with_its_key(tmp_path):
    text = (
        'objektive = "x"\nobjective = "best"\nseed = -1\nfairness = 3\n[weights]\nskill = 3\ngoals = -1\n'
        '[rules]\ncommon_huors = 2\nreporting_line = "no"\ncommon_hours = 1.5\nmust_differ = [1]\nclock_day = "July"\n'
        '[[pin]]\nmentee = "a"\nmentro = "b"\n[columns]\n"X" = "roll"\n'
    )
    with pytest.raises(RulesError) as error:
        rules(tmp_path, text)
    said = str(error.value)
    for part in (
        *(
            "objektive: there is no such key. Did you mean objective?",
            "objective: is one of",
            "seed: is a whole number",
        ),
        *(
            "fairness: is a table",
            "[weights] skill: there is no such key. Did you mean skills?",
            "[weights] goals: is a",
        ),
        *(
            "[rules] common_huors",
            "Did you mean common_hours?",
            "[rules] reporting_line: is true or false",
            "must_differ",
        ),
        *(
            "[rules] common_hours: is a whole number",
            "clock_day",
            "[[pin]] number 1: needs mentee and mentor",
            "mentro",
        ),
        *("[columns]", "Did you mean role?"),
    ):
        assert part in said
    assert all(line.startswith("rules.toml: ") for line in said.splitlines())


def test_what_is_not_toml(tmp_path):
    with pytest.raises(RulesError, match=r"is not TOML: .*line 1"):
        rules(tmp_path, "a = = 3")
    (tmp_path / "rules.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(RulesError, match="not UTF-8"):
        read_rules(tmp_path / "rules.toml")


def test_columns_on_the_command_line():
    assert columns_of(["Team=role", "A=B=goals", "X="]) == {"Team": "role", "A=B": "goals", "X": None}
    with pytest.raises(RulesError, match="HEADING=FIELD"):
        columns_of(["Team"])
    with pytest.raises(RulesError, match="cannot be read as"):
        columns_of(["Team=boss"])


def test_pins_by_id_email_and_name(read):
    cohort = read(
        {"p.csv": "ID,Name,E-mail,Role\n1,Ana,a@x.example,mentee\n2,Bo Li,b@x.example,mentor\n3,Ana,,mentor\n"}
    )
    made = MatchRules(pins=(("Ana", "BO LI"), ("A@x.example", "3")), forbids=(("1", "b@x.example"),))
    assert named_pairs(cohort, made, "r.toml") == ((("1", "2"), ("1", "3")), (("1", "2"),))


def test_pins_that_name_nobody_or_several(read):
    cohort = read({"p.csv": "ID,Name,Role\n1,Ana,mentee\n2,Bo,mentor\n3,Bo,mentor\n"})
    with pytest.raises(RulesError) as error:
        named_pairs(cohort, MatchRules(pins=(("Bo", "Bo"),), forbids=(("1", "9"),)), "r.toml")
    assert str(error.value).splitlines() == [
        "r.toml: [[pin]] number 1, mentee: “Bo” is not among the mentees.",
        "r.toml: [[pin]] number 1, mentor: 2 mentors are called “Bo”; give the ID or e-mail.",
        "r.toml: [[forbid]] number 1, mentor: “9” is not among the mentors.",
    ]


def test_dimensions_by_field_and_by_heading(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("Name,Role,Team,House colour,Gender,Salary\nAna,mentor,Sales,red,f,3\n")
    sheets = [read_sheet(path)]
    asked = MatchRules(perspective=("department", "house colour"), fairness=("Gender",))
    assert perspective_of(asked, sheets) == {"department": "department", "house colour": "House colour"}
    assert groups_of(asked, sheets) == {"Gender": "Gender"}
    assert groups_of(MatchRules(), sheets) == {"department": "department"}
    for wrong in (
        MatchRules(perspective=("Gender",)),
        MatchRules(must_differ=("gender",)),
        MatchRules(must_match=("X",)),
    ):
        with pytest.raises(RulesError):
            perspective_of(wrong, sheets)
    with pytest.raises(RulesError, match="never read"):
        groups_of(MatchRules(fairness=("Salary",)), sheets)
