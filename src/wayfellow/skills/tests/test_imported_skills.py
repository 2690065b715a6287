"""Imported skills where people meet them: search, picker, neighbours, pages, notices; fast with many of them."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.search.words import words
from wayfellow.skills import queries
from wayfellow.skills.actions import add_skill, change_skill, import_taxonomy, retire_skill
from wayfellow.skills.finding import search
from wayfellow.skills.importing.esco import read_esco
from wayfellow.skills.importing.onet import read_onet
from wayfellow.skills.importing.writing import known_of, text_of
from wayfellow.skills.models import Skill, SkillWords, Taxonomy
from wayfellow.skills.tests import published

pytestmark = pytest.mark.django_db


def names(skills: Any) -> list[str]:
    return [skill.name for skill in skills]


def quiet(text: str) -> None:
    """Nobody looks how far it is."""


def bring_esco(folder: Path) -> None:
    english, german = published.write_esco(folder), published.write_esco(folder, language="de")
    import_taxonomy(read_esco([english, german], known=known_of("esco"), progress=quiet))


@pytest.fixture
def esco(db: None, tmp_path: Path) -> None:
    bring_esco(tmp_path)


@pytest.fixture
def onet(db: None, tmp_path: Path) -> None:
    folder = published.write_onet(tmp_path)
    import_taxonomy(read_onet([folder], known=known_of("onet"), progress=quiet))


@pytest.fixture
def many(db: None) -> None:
    """Fourteen thousand skills, as many as ESCO has."""
    Taxonomy.objects.create(source="esco", imported_at=clock.now())
    made = Skill.objects.bulk_create(
        [
            Skill(key=f"esco-{n}", source="esco", name=f"Operate machine {n:05} of kind {n % 97}", family="esco-s1")
            for n in range(14_000)
        ],
        batch_size=2_000,
    )
    SkillWords.objects.bulk_create(
        [SkillWords(skill=skill, text=f"||{' '.join(words(skill.name))}|run device {skill.pk}|") for skill in made],
        batch_size=2_000,
    )


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("sew", "Sew by hand"),
        ("needlework", "Sew by hand"),
        ("von hand", "Sew by hand"),
        ("nahar", "Sew by hand"),
        ("stitsh", "Sew by hand"),
        ("law of the sea", "Maritime law"),
        ("seerechtt", "Maritime law"),
        ("haggle", "Negotiating"),
        ("feilschen", "Negotiating"),
    ],
)
def test_found_by_every_name_in_every_language(esco: None, member: Any, typed: str, best: str) -> None:
    assert names(queries.suggest(member, typed))[0] == best


def test_best_first_whatever_list_it_is_from(esco: None, onet: None, member: Any) -> None:
    assert names(search(Skill.objects.all(), "present"))[:2] == ["Presenting", "Present ideas"]
    assert names(search(Skill.objects.all(), "c++"))[:2] == ["C++", "C"]
    assert list(search(Skill.objects.all(), "present ideas on", limit=1)) == [Skill.objects.get(key="esco-aa3")]
    with translation.override("de"):
        rows = search(Skill.objects.exclude(source=""), "", limit=None)
        assert [str(skill) for skill in rows if skill.source == "esco"] == [
            "Ideen auf der Bühne vortragen",
            "Ideen vortragen",
            "Rohre schweißen",
            "Seerecht",
            "Von Hand nähen",
        ]


def test_a_name_that_begins_so_comes_before_another_name_and_words_inside(db: None) -> None:
    for name, also in (("Weave", "yarn work"), ("Yarn dyeing", "colour"), ("Sell yarn", "trade"), ("Yarn", "thread")):
        row = Skill.objects.create(key=f"esco-{name.lower()}", source="esco", name=name, family="esco-s6", also=[also])
        SkillWords.objects.create(skill=row, text=text_of(row))
    assert names(search(Skill.objects.exclude(source=""), "yarn")) == ["Yarn", "Yarn dyeing", "Weave", "Sell yarn"]


def test_neighbours_are_what_the_taxonomy_puts_beside(esco: None, onet: None, member: Any) -> None:
    def beside(key: str) -> list[str]:
        return names(queries.neighbours_of(member, Skill.objects.get(key=key)))

    assert {"Present ideas on stage", "Negotiating"} <= set(beside("esco-aa2"))
    assert beside("esco-bb1") == ["Weld pipes"]
    assert "Maritime law" in beside("negotiating") and "Instructing" in beside("negotiating")
    assert beside("esco-cc1") == ["Negotiating"]
    proposed = names(queries.suggest(member, "", chosen=["esco-bb1"]))
    assert proposed == ["Weld pipes"]


def test_retired_and_other_organisations_stay_out(
    esco: None, member: Any, administrator: Any, other_organisation: Any, make_member: Any
) -> None:
    sew = Skill.objects.get(key="esco-bb1")
    retire_skill(administrator, sew)
    assert names(queries.suggest(member, "sew by hand")) == []
    stranger = make_member("Sol Brandvik", organisation=other_organisation)
    assert names(queries.suggest(stranger, "sew by hand")) == ["Sew by hand"]
    Skill.objects.filter(key="esco-bb2").update(retired=True)
    assert "Weld pipes" not in names(queries.suggest(member, "weld"))


def test_an_administrator_can_neither_change_nor_double_an_imported_skill(esco: None, administrator: Any) -> None:
    sew = Skill.objects.get(key="esco-bb1")
    with pytest.raises(Refused) as refused:
        change_skill(administrator, sew, name="Sewing well", family="operations")
    assert refused.value.code == "starter_skill"
    with pytest.raises(Refused) as refused:
        add_skill(administrator, name="SEW by hand", family="operations")
    assert refused.value.code == "skill_name_taken"
    assert add_skill(administrator, name="Sew", family="operations").is_own


def test_pages_show_them_with_their_source_and_its_notice(
    esco: None, onet: None, member: Any, administrator: Any, client_for: Any
) -> None:
    client, slug = client_for(member), member.organisation.slug
    families = client.get(reverse("skills", args=[slug])).content.decode()
    assert "Handling materials" in families and "2 skills" in families
    family = client.get(reverse("skills", args=[slug]), {"family": "esco-s6"})
    assert names(family.context["page_obj"]) == ["Sew by hand", "Weld pipes"]
    one = client.get(reverse("skill", args=[slug, "esco-bb1"])).content.decode()
    assert "Von Hand nähen" in one and "Does it alone in ordinary cases" in one and 'skills/esco-bb2/"' in one
    picker = client.get(reverse("edit_my_skills", args=[slug]), {"add": "esco-bb1"}).content.decode()
    assert 'name="skills-level-esco-bb1"' in picker
    managed = client_for(administrator).get(reverse("manage_skills", args=[slug]), {"q": "sew by hand"})
    assert '<td role="cell" data-l="From">ESCO</td>' in managed.content.decode()
    for page in (families, one, picker, managed.content.decode(), family.content.decode()):
        assert ">O*NET 30.2 Database</a> by the U.S. Department of Labor" in page
        assert "This service uses the ESCO classification of the European Commission" in page
        assert page.count("<h1") == 1


def test_without_an_import_no_notice(member: Any, client_for: Any) -> None:
    page = client_for(member).get(reverse("skills", args=[member.organisation.slug])).content.decode()
    assert "O*NET" not in page and "ESCO" not in page


def test_chosen_without_javascript_among_fourteen_thousand(many: None, member: Any, client_for: Any) -> None:
    client, address = client_for(member), reverse("edit_my_skills", args=[member.organisation.slug])
    assert len(client.get(address).content) < 120_000
    found = client.post(address, {"skills-find": "machine 00042", "skills-search": "1"}).content.decode()
    assert 'name="skills-add" value="esco-42"' in found
    chosen = client.post(address, {"skills-add": "esco-42"}).content.decode()
    assert 'name="skills-skill" value="esco-42"' in chosen
    answers = {"skills-skill": "esco-42", "skills-level-esco-42": "3", "skills-offers-esco-42": "on"}
    assert client.post(address, answers).status_code == 302
    assert member.skills.get().skill.key == "esco-42"


@pytest.mark.parametrize(
    ("name", "asked", "most"),
    [
        ("suggest_skills", {"skills-find": "operate"}, 8),
        ("suggest_skills", {"skills-find": "opperate"}, 10),
        ("skills", {}, 9),
        ("skills", {"q": "machine"}, 9),
        ("manage_skills", {}, 10),
    ],
)
def test_costs_the_same_with_fourteen_thousand(
    many: None,
    administrator: Any,
    client_for: Any,
    django_assert_max_num_queries: Any,
    name: str,
    asked: dict[str, str],
    most: int,
) -> None:
    client, address = client_for(administrator), reverse(name, args=[administrator.organisation.slug])
    client.get(address, asked)
    with django_assert_max_num_queries(most):
        page = client.get(address, asked)
    assert page.status_code == 200 and len(page.content) < 120_000
