"""People from one or two files: who is who, who reports to whom, one spelling for each word."""

import pytest

from wayfellow.matching.people_files.cohort import BadCells
from wayfellow.tables.errors import TableError

HEAD = "Name,E-mail,Role,Manager,Skills,Places,Least,Languages,Time zone,Availability,Team\n"


def by_id(cohort):
    return {person.id: person for person in cohort.people}


def faults(error):
    return str(error.value).splitlines()


def test_all_bad_cells_in_one_message_with_file_line_and_column_as_spelt(read):
    text = (
        "Name;E-Mail;Rolle;Plätze;Mindestens;Sprachen;Zeitzone;Verfügbarkeit;Schulung\n"
        "Ana;ana@x.example;Mentorin;zwei;;Deutsch;Europe/Vienna;Mo 9-12;ja\n"
        "\n"
        "Bo;bo(at)x;Chefin;-1;;Klingonisch;Wien/Wien;irgendwann;vielleicht\n"
        "Cy;cy@x.example;Mentor;1;2;;;;\n"
        ";;Mentee;;;;;;\n"
    )
    with pytest.raises(BadCells) as error:
        read({"people.csv": text})
    assert faults(error) == [
        "people.csv, line 2, column “Plätze”: “zwei” is not a whole number of 0 or more.",
        "people.csv, line 4, column “E-Mail”: “bo(at)x” is not an e-mail address.",
        "people.csv, line 4, column “Rolle”: “Chefin” is not a role. Write mentor, mentee or both.",
        "people.csv, line 4, column “Plätze”: “-1” is not a whole number of 0 or more.",
        "people.csv, line 4, column “Sprachen”: We do not know the language “Klingonisch”. "
        "Write its name or its two-letter code.",
        "people.csv, line 4, column “Zeitzone”: “Wien/Wien” is not a time zone we know. Write it like Europe/Vienna.",
        "people.csv, line 4, column “Verfügbarkeit”: “irgendwann” does not say when. "
        "Write it like Mon 9-12; Thu 16-18.",
        "people.csv, line 4, column “Schulung”: “vielleicht” is neither yes nor no.",
        "people.csv, line 5, column “Mindestens”: The minimum 2 is above the capacity 1.",
        "people.csv, line 6, column “E-Mail”: Neither e-mail nor name is given, so we cannot tell who this is.",
    ]


def test_bad_rows_can_be_left_out_and_are_listed(read):
    cohort = read(
        {"p.csv": "Name,E-mail,Role,Places\nAna,a@x.example,mentor,two\nBo,b@x.example,mentee,\n"}, skip_bad_rows=True
    )
    assert [person.id for person in cohort.people] == ["b@x.example"]
    assert [str(fault) for fault in cohort.skipped] == [
        "p.csv, line 2, column “Places”: “two” is not a whole number of 0 or more."
    ]


def test_a_row_left_out_still_says_who_reports_to_whom(read):
    rows = "Ana,mentee,Bo,\nBo,mentor,Cy,two\nCy,mentor,,1\n"
    cohort = read({"p.csv": f"Name,Role,Manager,Places\n{rows}"}, skip_bad_rows=True)
    assert by_id(cohort)["Ana"].manager_id == "Cy"


def test_an_id_is_the_id_column_else_the_email_else_the_name(read):
    cohort = read({"p.csv": "ID,Name,E-mail,Role\n7,Ana,a@x.example,mentor\n,Bo,B@x.example,mentee\n,Cy,,mentee\n"})
    assert [person.id for person in cohort.people] == ["7", "Cy", "b@x.example"]
    assert [person.id for person in read({"q.csv": "Name,E-mail,Role\nAna,a@x.example,mentor\n"}).people] == [
        "a@x.example"
    ]
    assert [person.id for person in read({"r.csv": "Name,Role\nAna,mentor\n"}).people] == ["Ana"]
    assert [str(note) for note in cohort.notes] == [
        "p.csv, line 3, column “ID”: No ID, so the e-mail stands for it: Bo.",
        "p.csv, line 4, column “ID”: No ID, so the name stands for it: Cy.",
    ]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("ID,Name,Role\n1,Ana,mentor\n1,Bo,mentee\n", "ID"),
        ("Name,E-mail,Role\nAna,a@x.example,mentor\nBo,A@x.example,mentee\n", "E-mail"),
        ("Name,Role\nAna,mentor\nana,mentee\n", "Name"),
        ("ID,E-mail,Name,Role\n1,a@x.example,Ana,mentor\n2,a@x.example,Bo,mentor\n", "E-mail"),
    ],
)
def test_twice_in_one_file_is_a_fault_of_both_rows(read, text, column):
    with pytest.raises(BadCells) as error:
        read({"p.csv": text})
    assert [line.partition(": ")[0] for line in faults(error)] == [
        f"p.csv, line 2, column “{column}”",
        f"p.csv, line 3, column “{column}”",
    ]


def test_an_id_that_is_what_somebody_else_goes_by(read):
    with pytest.raises(BadCells, match="also what somebody else is known by"):
        read({"p.csv": "ID,Name,Role\nAna,Bo,mentor\n,Ana,mentee\n"})


def test_two_files_by_name_and_who_is_in_both_is_one_person(read):
    cohort = read(
        {
            "Mentees 2026.csv": "Name,E-mail,Skills,Languages\nAna,a@x.example,Go (3),en\nBo,b@x.example,Go,\n",
            "mentoren.csv": "Name,E-mail,Skills,Places,Languages\nBo,b@x.example,SQL,2,de\n",
        }
    )
    people = by_id(cohort)
    assert (people["a@x.example"].is_mentee, people["a@x.example"].is_mentor) == (True, False)
    bo = people["b@x.example"]
    assert (bo.is_mentee, bo.is_mentor, bo.capacity) == (True, True, 2)
    assert (bo.skills_wanted, bo.skills_offered, bo.languages) == ({"Go": None}, {"SQL": None}, {"German"})


def test_two_files_by_their_columns(read):
    cohort = read({"a.csv": "Name,Places\nAna,1\n", "b.csv": "Name,Mentors wanted\nBo,1\n"})
    assert by_id(cohort)["Ana"].is_mentor
    assert by_id(cohort)["Bo"].is_mentee


def test_one_side_known_tells_the_other(read):
    cohort = read({"a.csv": "Name\nAna\n", "mentors.csv": "Name\nBo\n"})
    assert by_id(cohort)["Ana"].is_mentee


def test_two_files_that_nobody_can_tell_apart(read):
    files = {"a.csv": "Name\nAna\n", "b.csv": "Name\nBo\n"}
    with pytest.raises(TableError, match="--first"):
        read(files)
    assert by_id(read(files, first="mentor"))["Ana"].is_mentor
    with pytest.raises(TableError, match="which of"):
        read({"mentees a.csv": "Name\nAna\n", "mentees b.csv": "Name\nBo\n"})


def test_one_file_without_a_role(read):
    with pytest.raises(TableError, match="Add a column Role"):
        read({"a.csv": "Name,Places\nAna,1\n"})


def test_a_file_without_anything_that_tells_who_is_who(read):
    with pytest.raises(TableError, match="who is who"):
        read({"a.csv": "Role,Places\nmentor,1\n"})


def test_one_id_for_two_people_in_two_files(read):
    with pytest.raises(
        BadCells, match=r"mentees\.csv, line 2, column “ID”: “1” is somebody else in mentors\.csv, line 2"
    ):
        read({"mentors.csv": "ID,Name\n1,Ana\n", "mentees.csv": "ID,Name\n1,Bo\n"})


def test_managers_by_id_email_name_and_number_in_brackets(read):
    cohort = read(
        {
            "p.csv": "ID,Name,E-mail,Role,Manager\n1,Ana,a@x.example,mentor,\n2,Bo Li,b@x.example,mentor,1\n"
            '3,Cy,c@x.example,mentee,B@x.example\n4,Di,d@x.example,mentee,bo li\n5,Ed,e@x.example,mentee,"Li, Bo"\n'
            "6,Fi,f@x.example,mentee,Ana (1)\n"
        }
    )
    assert [person.manager_id for person in cohort.people] == [None, "1", "2", "2", "2", "1"]
    assert not cohort.notes


def test_a_manager_not_in_the_file_or_several_of_one_name_is_a_warning(read):
    rows = "1,Ana,mentor,Zed\n2,Bo,mentor,\n3,Bo,mentor,\n4,Cy,mentee,Bo\n5,Di,mentee,Di\n"
    cohort = read({"p.csv": f"ID,Name,Role,Manager\n{rows}"})
    assert [person.manager_id for person in cohort.people] == [None] * 5
    assert [str(note).partition(": ")[0] for note in cohort.notes] == [
        f"p.csv, line {line}, column “Manager”" for line in (6, 2, 5)
    ]


def test_who_has_no_role_takes_no_part_and_the_line_runs_through_them(read):
    rows = "Ana,mentee,Bo\nBo,,Cy\nCy,,Di\nDi,mentor,\n"
    cohort = read({"p.csv": f"Name,Role,Manager\n{rows}"})
    assert {person.id: person.manager_id for person in cohort.people} == {"Ana": "Di", "Di": None}


def test_a_circle_of_those_who_take_no_part_ends(read):
    cohort = read({"p.csv": "Name,Role,Manager\nAna,mentee,Bo\nBo,,Cy\nCy,,Bo\nDi,mentor,\n"})
    assert by_id(cohort)["Ana"].manager_id is None
    assert any("circle" in note.text for note in cohort.notes)


def test_one_spelling_for_each_word_whatever_the_order_of_rows(read):
    head, rows = (
        "Name,Role,Skills,Team\n",
        ["Ana,mentor,sql;C++,Sales", "Bo,mentee,SQL;C#,sales", "Cy,mentee,SQL ,SALES"],
    )
    for order in (rows, rows[::-1]):
        cohort = read({"p.csv": head + "\n".join(order)}, groups={"department": "department"})
        ana = by_id(cohort)["Ana"]
        assert ana.skills_offered == {"SQL": None, "C++": None}
        assert by_id(cohort)["Bo"].skills_wanted == {"SQL": None, "C#": None}
        assert {person.groups["department"] for person in cohort.people} == {"SALES"}


def test_empty_cells_are_never_at_fault(read):
    cohort = read({"p.csv": HEAD + "Ana,a@x.example,mentor,,,,,,,,\nBo,b@x.example,mentee,-,n/a,–,,,,,\n"})
    ana = by_id(cohort)["a@x.example"]
    assert (ana.capacity, ana.minimum, ana.hours, ana.utc_offset, ana.trained) == (1, 0, None, None, None)
    assert not cohort.notes


def test_a_minimum_without_capacity_is_the_capacity(read):
    person = read({"p.csv": "Name,Role,Capacity,Minimum\nAna,mentor,,3\n"}).people[0]
    assert (person.capacity, person.minimum) == (3, 3)


def test_hours_without_a_time_zone(read):
    alone = read({"p.csv": "Name,Role,Availability\nAna,mentor,Mon 0-1\n"})
    assert alone.people[0].hours == 1
    beside = read({"p.csv": "Name,Role,Availability,Time zone\nAna,mentor,Mon 0-1,\nBo,mentee,Mon 1-2,Europe/Vienna\n"})
    assert [person.hours for person in beside.people] == [None, 1]
    assert "time zone" in beside.notes[0].text


def test_names_that_look_like_nothing_are_names(read):
    assert [person.name for person in read({"p.csv": "Name,Role\nNan,mentor\nNull,mentee\n"}).people] == ["Nan", "Null"]


def test_an_export_of_excel_in_cp1252(read):
    text = "Name;Rolle;Ziele\nJürgen Größ;Mentor;Führen\nZoë;Mentee;Führen\n".encode("cp1252")
    assert [person.name for person in read({"p.csv": text}).people] == ["Jürgen Größ", "Zoë"]


def test_notes_of_one_kind_are_one_line_in_any_order_of_rows(read):
    rows = [f"P{at},mentee,Gone" for at in range(8)]
    notes = [read({"p.csv": "\n".join(["Name,Role,Manager", *order])}).notes for order in (rows, rows[::-1])]
    assert [str(note) for note in notes[0]] == [
        "p.csv, lines 2, 3, 4, 5, 6 and 3 more, column “Manager”: The manager “Gone” of P0, P1, P2, P3, P4 and 3 more "
        "is not among the people read, so that reporting line is not known."
    ]
    assert notes[0][0].text == notes[1][0].text


def test_the_id_counts_whichever_file_has_it(read):
    files = {"mentees.csv": "Name,E-mail\nAna,a@x.example\n", "mentors.csv": "ID,Name,E-mail\n7,Ana,a@x.example\n"}
    for order in (list(files), list(files)[::-1]):
        assert [person.id for person in read({name: files[name] for name in order}).people] == ["7"]


def test_groups_by_a_heading_that_is_called_like_a_field(read):
    cohort = read({"p.csv": "Name,role\nAna,mentor\nBo,-\nCy,mentee\n"}, groups={"role": "role"})
    assert [person.groups for person in cohort.people] == [{"role": "mentor"}, {"role": "mentee"}]
