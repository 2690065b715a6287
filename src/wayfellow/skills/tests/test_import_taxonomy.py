"""`wayfellow skills import`: what is read, what it is merged with, and what it says when something is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from wayfellow.cli.trouble import explain
from wayfellow.skills.actions import add_skill, set_member_skills, sync_starter_skills
from wayfellow.skills.cli import skills
from wayfellow.skills.models import Concept, MemberSkill, Role, RoleNeed, Skill, SkillWords, Taxonomy
from wayfellow.skills.starter import Written
from wayfellow.skills.tests import published
from wayfellow.tables.writing import write_xlsx

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> Result:
    """Run `wayfellow skills …` and say on stderr what went wrong, as the command line does."""
    runner = CliRunner()
    with runner.isolation() as (out, err, _):
        code = 0
        try:
            # click remembers a command's help option, which the reference page shows: so as the whole command has it.
            returned = skills.main(
                [str(argument) for argument in arguments], standalone_mode=False, help_option_names=["-h", "--help"]
            )
            code = returned if isinstance(returned, int) else 0
        except BaseException as error:
            code = explain(error)
        stdout, stderr = out.getvalue().decode(), err.getvalue().decode()
    return Result(runner, stdout.encode(), stderr.encode(), b"", None, code, None, None)


def told(*arguments: Any, code: int = 0) -> dict[str, Any]:
    """What an import says to a program."""
    result = run("import", *arguments, "--json")
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)


def everything() -> dict[str, Any]:
    """All rows an import could touch, to compare before with after."""
    models = (Skill, SkillWords, Taxonomy, Concept, Role, RoleNeed)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.fixture
def onet(tmp_path: Path) -> Path:
    return published.write_onet(tmp_path)


@pytest.fixture
def esco(tmp_path: Path) -> Path:
    return published.write_esco(tmp_path)


def test_onet_brings_skills_knowledge_software_and_what_occupations_ask_for(onet: Path) -> None:
    said = told("onet", onet)
    assert (said["applied"], said["release"], said["refused"]) == (True, "30.2", [])
    assert (said["added"], said["occupations"]) == (6, 2)
    assert said["merged"] == [
        {"concept": "Active Listening", "skill": "Listening"},
        {"concept": "Negotiating", "skill": "Negotiating"},
    ]
    reading = Skill.objects.get(key="onet-2-a-1-a")
    assert (reading.name, reading.about) == ("Reading Comprehension", "Understanding what is written at work.")
    assert not Skill.objects.filter(name__in=["Content", "Oral Comprehension"]).exists()
    assert {skill.name for skill in Skill.objects.filter(family="onet-software")} == {"C", "C++", "Tableau"}
    need = RoleNeed.objects.get(role__identifier="11-1011.00", concept__identifier="2.B.1.d")
    assert (need.relation, need.importance, need.level) == ("rated", 4.38, 4.88)
    assert need.concept.skill.key == "negotiating"
    in_demand = RoleNeed.objects.filter(relation="in_demand").values_list("concept__identifier", flat=True)
    assert list(in_demand) == ["c++"]


def test_onet_reads_the_files_of_release_30_3_and_excel(tmp_path: Path) -> None:
    folder = tmp_path / "db_30_3_excel"
    folder.mkdir()
    for name, prefix in (("Essential Skills", "2.A"), ("Transferable Skills", "2.B"), ("Knowledge", "2.C")):
        lines = published.ratings([row for row in published.RATED if row[1].startswith(prefix)]).splitlines()
        head, *rows = (line.split("\t") for line in lines)
        write_xlsx(rows, head, folder / f"{name}.xlsx")
    for name, text in (("Occupation Data", published.OCCUPATIONS), ("Software Skills", published.SOFTWARE)):
        head, *rows = (line.split("\t") for line in text.splitlines())
        write_xlsx(rows, head, folder / f"{name}.xlsx")
    said = told("onet", folder)
    assert (said["release"], said["added"], said["needs"]) == ("30.3", 5, 8)


def test_ratings_that_are_not_relevant_or_too_vague_are_left_out(tmp_path: Path) -> None:
    lines = published.ratings(published.RATED).splitlines()
    lines[4] = lines[4].replace("\tN\tN\t", "\tN\tY\t")  # the level of Negotiating
    lines[5] = lines[5].replace("\tN\tn/a\t", "\tY\tn/a\t")  # the importance of Instructing
    told("onet", published.write_onet(tmp_path, skills="\n".join(lines)))
    needs = RoleNeed.objects.filter(role__identifier="11-1011.00", relation="rated")
    assert sorted(needs.values_list("concept__identifier", "level")) == [("2.A.1.a", 4.75), ("2.B.1.d", None)]


def test_esco_brings_names_in_several_languages(esco: Path, tmp_path: Path) -> None:
    said = told("esco", esco, published.write_esco(tmp_path, language="de"))
    assert (said["release"], said["languages"], said["added"]) == ("1.2.1", ["de", "en"], 5)
    sew = Skill.objects.get(key="esco-bb1")
    assert (str(sew), sew.about) == ("Sew by hand", "Join fabric with a needle.")
    with translation.override("de"):
        assert (str(sew), sew.about) == ("Von Hand nähen", "Stoff verbinden.")
        assert "Sew by hand" in sew.other_names
    assert {"stitch", "needlework", "Näharbeit", "Von Hand nähen"} <= set(sew.other_names)
    law = Skill.objects.get(key="esco-cc1")
    assert len(law.description) <= 300 and law.description.endswith("sea.")
    assert (sew.family, law.family) == ("esco-s6", "esco-04")
    assert {need.relation for need in RoleNeed.objects.filter(concept__skill=sew)} == {"essential"}


def test_a_language_can_come_later_and_the_first_stays(esco: Path, tmp_path: Path) -> None:
    told("esco", esco)
    german = published.write_esco(tmp_path, language="de") / "skills_de.csv"
    later = german.rename(tmp_path / "Fertigkeiten.csv")
    refused = run("import", "esco", later)
    assert refused.exit_code == 2 and "Fertigkeiten.csv: say which language" in refused.stderr
    said = told("esco", later, "--language", "de")
    assert (said["added"], said["changed"], said["retired"]) == (0, 6, 0)
    sew = Skill.objects.get(key="esco-bb1")
    assert (sew.name, sew.labels["de"]["name"], sew.family) == ("Sew by hand", "Von Hand nähen", "esco-s6")


def test_merges_by_name_and_synonym_and_keeps_what_people_chose(
    esco: Path, onet: Path, member: Any, administrator: Any
) -> None:
    negotiating = Skill.objects.get(key="negotiating")
    own = add_skill(administrator, name="Sew by hand", family="operations")
    set_member_skills(member, member, skills=[(negotiating, 4, True), (own, 2, False)])
    told("onet", onet)
    said = told("esco", esco)
    assert {"concept": "Negotiate", "skill": "Negotiating"} in said["merged"]
    negotiating.refresh_from_db()
    assert (negotiating.name, negotiating.source, str(negotiating)) == ("Negotiating", "", "Negotiating")
    assert {"Negotiate", "haggle"} <= set(negotiating.other_names)
    assert negotiating.concepts.count() == 2
    own.refresh_from_db()
    assert (own.name, own.concepts.count()) == ("Sew by hand", 0)
    assert set(MemberSkill.objects.values_list("skill", "level")) == {(negotiating.pk, 4), (own.pk, 2)}


def test_only_one_concept_of_a_taxonomy_becomes_one_with_a_skill(tmp_path: Path) -> None:
    twin = (f"{published.SKILL}zz9", "skill/competence", "cross-sector", "Negotiating", "", "Another of that name.")
    said = told("esco", published.write_esco(tmp_path, skills=[*published.SKILLS_EN, twin]))
    assert said["merged"] == [{"concept": "Negotiating", "skill": "Negotiating"}]
    assert Skill.objects.get(key="negotiating").concepts.get().identifier == twin[0]
    assert Skill.objects.get(key="esco-aa1").name == "Negotiate"


def test_again_changes_nothing(esco: Path, onet: Path) -> None:
    for taxonomy, folder in (("onet", onet), ("esco", esco)):
        told(taxonomy, folder)
    before = everything()
    for taxonomy, folder in (("onet", onet), ("esco", esco)):
        said = told(taxonomy, folder)
        assert not any(said[key] for key in ("added", "changed", "retired", "merged", "links", "occupations", "needs"))
    assert everything() == before
    assert "Nothing was changed: all is as the files say." in run("import", "esco", esco).stdout
    assert sync_starter_skills() == Written(0, 0, 0)
    assert everything() == before


def test_a_dry_run_says_the_same_and_changes_nothing(esco: Path) -> None:
    before = everything()
    dry = told("esco", esco, "--dry-run")
    assert everything() == before and not dry["applied"]
    assert told("esco", esco) == dry | {"applied": True}


def test_what_a_newer_release_has_no_more_is_retired_and_comes_back(esco: Path, tmp_path: Path, member: Any) -> None:
    told("esco", esco)
    weld = Skill.objects.get(key="esco-bb2")
    set_member_skills(member, member, skills=[(weld, 3, True)])
    fewer = [row for row in published.SKILLS_EN if row[0] not in (published.WELD, published.BARGAIN)]
    newer = published.write_esco(tmp_path / "newer", skills=fewer) / "skills_en.csv"
    assert told("esco", newer)["retired"] == 1
    weld.refresh_from_db()
    assert weld.retired and MemberSkill.objects.filter(skill=weld).exists()
    negotiating = Skill.objects.get(key="negotiating")
    assert not negotiating.retired and "haggle" not in negotiating.other_names
    told("esco", esco)
    weld.refresh_from_db()
    assert not weld.retired


@pytest.mark.parametrize(
    ("file", "change", "place", "reason"),
    [
        ("Skills", ("2.B.1.d\tNegotiating\tIM\t4.38", "2.B.1.d\tNegotiating\tIM\t9"), (4, "Data Value"), "“9” is no"),
        ("Skills", ("Negotiating\tIM", "Negotiating\tXX"), (4, "Scale ID"), "“XX” is neither IM"),
        ("Skills", ("2.B.1.d\tNegotiating\tIM", "1.A.1\tNegotiating\tIM"), (4, "Element ID"), "no skill or knowledge"),
        ("Skills", ("2.B.1.d\tNegotiating\tIM", "\tNegotiating\tIM"), (4, "Element ID"), "is empty."),
        ("Technology Skills", ("15-1252.00\tC\t", "15-9999.00\tC\t"), (3, "O*NET-SOC Code"), "not in Occupation Data"),
        ("Occupation Data", ("15-1252.00", "15-1252"), (3, "O*NET-SOC Code"), "“15-1252” is no code"),
        ("Occupation Data", ("15-1252.00", "11-1011.00"), (3, "O*NET-SOC Code"), "11-1011.00 is there twice"),
    ],
)
def test_a_bad_row_of_onet_is_named_and_nothing_changes(
    onet: Path, file: str, change: tuple[str, str], place: tuple[int, str], reason: str
) -> None:
    published.edit(onet / f"{file}.txt", lambda text: text.replace(*change, 1))
    before = everything()
    first = told("onet", onet, code=2)["refused"][0]
    assert (first["file"], first["line"], first["column"]) == (f"{file}.txt", *place)
    assert reason in first["reason"]
    assert everything() == before
    shown = run("import", "onet", onet)
    assert f"{file}.txt, line {place[0]}, “{place[1]}”: " in shown.stderr
    assert "Nothing was changed: rows are refused." in shown.stdout


@pytest.mark.parametrize(
    ("file", "change", "place", "reason"),
    [
        ("skills", ("knowledge", "wisdom"), (20, "skillType"), "“wisdom” is not skill/competence or knowledge"),
        ("skills", ("sew by hand", " "), (16, "preferredLabel"), "is empty."),
        ("skills", ("sew by hand", "x" * 201), (16, "preferredLabel"), "has 201 letters"),
        ("skills", (published.SEW, "sewing"), (16, "conceptUri"), "“sewing” is no address"),
        ("skills", (published.SEW, published.TALK), (16, "conceptUri"), "is there twice, first on line 5"),
        ("occupationSkillRelations", ("essential", "vital"), (2, "relationType"), "“vital” is neither"),
        ("occupationSkillRelations", (f"{published.JOB}1", f"{published.JOB}9"), (2, "occupationUri"), "no occupation"),
        ("broaderRelationsSkillPillar", (published.SEW, f"{published.SKILL}zz"), (6, "conceptUri"), "no skill that is"),
        ("skillSkillRelations", (published.LAW, f"{published.SKILL}zz"), (2, "relatedSkillUri"), "no skill that is"),
    ],
)
def test_a_bad_row_of_esco_is_named_and_nothing_changes(
    esco: Path, file: str, change: tuple[str, str], place: tuple[int, str], reason: str
) -> None:
    published.edit(esco / f"{file}_en.csv", lambda text: text.replace(*change, 1))
    before = everything()
    faults = told("esco", esco, code=2)["refused"]
    first = next(fault for fault in faults if fault["file"] == f"{file}_en.csv")
    assert reason in first["reason"]
    assert first["column"] == place[1]
    assert everything() == before


def test_files_with_headings_alone_take_nothing_away(esco: Path) -> None:
    told("esco", esco)
    before = everything()
    for path in esco.iterdir():
        published.edit(path, lambda text: text.splitlines()[0] + "\n")
    said = told("esco", esco)
    assert not any(said[key] for key in ("retired", "links", "occupations", "needs"))
    assert everything() == before


def test_refused_rows_can_be_skipped_and_retire_nothing(esco: Path) -> None:
    told("esco", esco)
    published.edit(esco / "skills_en.csv", lambda text: text.replace("sew by hand", " ", 1))
    said = told("esco", esco, "--skip-refused")
    assert len(said["refused"]) == 1 and said["retired"] == 0
    assert not Skill.objects.get(key="esco-bb1").retired


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"PK\x03\x04 not a workbook", "workbook"),
        (b"\xff\xfe\x00", "encoding"),
        (b"", "empty"),
        (b'a,b\n"open,1\n', "quot"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: bytes, reason: str) -> None:
    (tmp_path / "skills_en.csv").write_bytes(text)
    result = run("import", "esco", tmp_path / "skills_en.csv")
    assert result.exit_code == 2 and "Traceback" not in result.stderr and "unexpected" not in result.stderr


def test_what_else_can_be_wrong(tmp_path: Path, esco: Path) -> None:
    other = tmp_path / "people.csv"
    other.write_text("Name,E-mail\nKofi,k@larkmoor.example\n")
    assert "None of these files is one that is read here" in run("import", "esco", other).stderr
    assert "--language is for ESCO" in run("import", "onet", other, "--language", "de").stderr
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"")
    assert "must end in one of" in run("import", "esco", picture).stderr
    assert "Not of use here: greenSkillsCollection_en.csv." in run("import", "esco", esco).stdout
    loose = tmp_path / "Occupation Data.txt"
    loose.write_text(published.OCCUPATIONS)
    assert "Say which release" in run("import", "onet", loose).stderr
    assert told("onet", loose, "--release", "30.2")["occupations"] == 2


def test_profiles_without_occupations_are_left_out_and_said_so(tmp_path: Path) -> None:
    folder = published.write_onet(tmp_path)
    (folder / "Occupation Data.txt").unlink()
    said = told("onet", folder)
    assert said["needs"] == 0 and "Profiles of occupations are left out" in said["notes"][0]


def test_lists_skills_and_roles(onet: Path, esco: Path, tmp_path: Path) -> None:
    told("onet", onet)
    told("esco", esco)
    listed = run("list", "--search", "bargain")
    assert listed.stdout.startswith("negotiating  Negotiating  [starter, esco, onet]\n    also: ")
    assert "USDOL/ETA has not approved" in listed.stderr and "ESCO classification" in listed.stderr
    assert len(run("list", "--source", "esco").stdout.splitlines()) == 11
    assert run("list", "--source", "starter", "--search", "sew by hand").stdout == ""
    assert run("roles", "--search", "TAIL").stdout == f"{published.JOB}1  tailor  [ESCO]\n".replace("tailor", "Tailor")
    one = run("roles", "11-1011.00").stdout.splitlines()
    assert one[0] == "11-1011.00  Chief Executives  [O*NET]"
    assert one[1] == "    negotiating  Negotiating  importance 4.38, level 4.88"
    assert "Tableau  used" in one[-1]
    assert run("roles", "nobody").exit_code == 4
    table = tmp_path / "roles.csv"
    assert "12 rows are in" in run("roles", "--out", table).stdout
    assert table.read_text(encoding="utf-8-sig").splitlines()[0].startswith("taxonomy,occupation,occupation_name,skill")
    assert run("list", "--out", tmp_path / "skills.xlsx").exit_code == 0
    assert run("list", "--out", tmp_path / "skills.pdf").exit_code == 2
