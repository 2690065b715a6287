"""Cells: roles, counts, skills with levels, lists, yes and no."""

import pytest

from wayfellow.matching.people_files.cells import (
    parse_count,
    parse_phrases,
    parse_role,
    parse_skills,
    parse_yes_no,
    split_list,
)
from wayfellow.tables.errors import Reason

MENTOR, MENTEE = frozenset(["mentor"]), frozenset(["mentee"])


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        *(
            ("mentor", MENTOR),
            ("Mentorin", MENTOR),
            ("Mentor:in", MENTOR),
            ("MENTORA", MENTOR),
            ("as a mentor", MENTOR),
        ),
        *(("mentee", MENTEE), ("Mentees", MENTEE), ("mentorado(a)", MENTEE), ("mentoré", MENTEE), ("Mentorée", MENTEE)),
        *(
            (text, MENTOR | MENTEE)
            for text in ("both", "Beides", "ambos", "les deux", "Mentor/Mentee", "mentor und mentee")
        ),
    ],
)
def test_role(text, sides):
    assert parse_role(text) == sides


@pytest.mark.parametrize("text", ["sponsor", "mentor?!manager", "only", "teacher of mentors"])
def test_role_unknown(text):
    assert parse_role(text).code == "role_unknown"


@pytest.mark.parametrize(("text", "count"), [("0", 0), ("2", 2), ("2.0", 2), ("2,0", 2), ("007", 7)])
def test_count(text, count):
    assert parse_count(text) == count


@pytest.mark.parametrize("text", ["two", "-1", "1.5", "3 mentees", "٣", "1e3", "9999999999999999999999999"])
def test_count_refused(text):
    assert isinstance(parse_count(text), Reason)


def test_lists_split_at_every_sign_but_not_in_brackets():
    assert split_list("a; b,c | d\n• e; ;f (g, h; i)") == ["a", "b", "c", "d", "e", "f (g, h; i)"]


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Python (4); SQL: 5 | Go", {"Python": 4, "SQL": 5, "Go": None}),
        ("Rust [3], Excel (expert), R: Level 2", {"Rust": 3, "Excel": 5, "R": 2}),
        ("Project management (PMP)", {"Project management (PMP)": None}),
        ("Python (2), Python (4), Python", {"Python": 4}),
        ("Stufen: 4/5; Presentar (avanzado)", {"Stufen": 4, "Presentar": 4}),
    ],
)
def test_skills(text, skills):
    assert parse_skills(text) == skills


@pytest.mark.parametrize("text", ["Python (6)", "SQL: 0", "Go (4.5)", "Go: -1"])
def test_level_out_of_range(text):
    assert parse_skills(text).code == "level_unknown"


def test_a_phrase_that_is_a_novel_is_refused():
    assert parse_phrases("x" * 301).code == "text_too_long"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, True) for text in ("yes", "Ja", "sí", "oui", "x", "✓", "1")),
        *((text, False) for text in ("no", "Nein", "0")),
    ],
)
def test_yes_no(text, value):
    assert parse_yes_no(text) is value


def test_yes_no_unknown():
    assert parse_yes_no("perhaps").code == "yes_no_unknown"


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("I want a mentor", MENTEE),
        ("I want to be a mentor", MENTOR),
        ("I want a mentee", MENTOR),
        ("I would like to be a mentee", MENTEE),
        ("I am looking for a mentor", MENTEE),
        ("Ich suche einen Mentor", MENTEE),
        ("Ich möchte einen Mentor", MENTEE),
        ("Ich möchte Mentor sein", MENTOR),
        ("Ich möchte als Mentorin teilnehmen", MENTOR),
        ("Quiero un mentor", MENTEE),
        ("Quiero ser mentor", MENTOR),
        ("Je souhaite être mentor", MENTOR),
        ("Je veux un mentor", MENTEE),
        ("Quero ser mentor(a)", MENTOR),
        ("Los dos", MENTOR | MENTEE),
        ("sowohl als auch", MENTOR | MENTEE),
    ],
)
def test_who_wants_a_mentor_is_a_mentee_and_who_wants_to_be_one_is_a_mentor(text, sides):
    assert parse_role(text) == sides


@pytest.mark.parametrize("text", ["I want to be a mentor and have a mentor", "I am not a mentor"])
def test_a_role_is_not_guessed(text):
    assert isinstance(parse_role(text), Reason)
