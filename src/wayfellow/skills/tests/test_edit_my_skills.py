"""The page on which a member says what they can do, without JavaScript."""

import pytest
from django.urls import reverse

from wayfellow.skills.actions import retire_skill, set_member_skills
from wayfellow.skills.models import Skill


@pytest.fixture
def address(member):
    return reverse("edit_my_skills", args=[member.organisation.slug])


@pytest.fixture
def client(client_for, member):
    return client_for(member)


def chosen(page):
    return [entry.skill.key for entry in page.context["picker"].entries]


def said(member):
    return {entry.skill.key: (entry.level, entry.offers) for entry in member.skills.select_related("skill")}


def test_search_add_and_save(client, address, member):
    found = client.post(address, {"skills-find": "discovery inter", "skills-search": "1"})
    assert b'value="discovery-interviews"' in found.content and chosen(found) == []

    added = client.post(address, {"skills-find": "discovery inter", "skills-add": "discovery-interviews"})
    assert chosen(added) == ["discovery-interviews"]
    html = added.content.decode()
    assert "Plans and runs an interview alone and can say what it changed." in html
    assert "is added. Choose a level for it." in html
    assert added.context["picker"].text == "" and said(member) == {}

    saved = client.post(
        address,
        {"skills-skill": ["discovery-interviews"], "skills-level-discovery-interviews": "3"},
    )
    assert saved.status_code == 302 and saved.url == address
    assert said(member) == {"discovery-interviews": (3, False)}


def test_picking_keeps_what_was_typed_and_saves_nothing(client, address, member):
    typed = {
        "skills-skill": ["roadmaps", "selling"],
        "skills-level-roadmaps": "4",
        "skills-offers-roadmaps": "on",
        "skills-level-selling": "2",
    }
    page = client.post(address, {**typed, "skills-add": "teaching"})
    roadmaps, selling, teaching = page.context["picker"].entries
    assert (roadmaps.fields[0].value(), bool(roadmaps.fields[1].value()), roadmaps.is_open) == ("4", True, False)
    assert (selling.fields[0].value(), bool(selling.fields[1].value())) == ("2", False)
    assert teaching.is_open and not teaching.fields[1].value()
    assert b"errors-heading" not in page.content and said(member) == {}

    page = client.post(address, {**typed, "skills-remove": "roadmaps"})
    assert chosen(page) == ["selling"]
    assert "is taken off. Nothing is saved yet." in page.content.decode()


def test_a_missing_level_is_shown_beside_its_skill(client, address, member):
    page = client.post(
        address, {"skills-skill": ["roadmaps", "selling"], "skills-level-roadmaps": "4", "skills-level-selling": "9"}
    )
    assert page.status_code == 200
    html = page.content.decode()
    assert "Choose your level in “Selling”." in html and "Choose your level in “Roadmaps”." not in html
    assert 'href="#id_skills-level-selling_0"' in html and 'id="id_skills-level-selling_0"' in html
    assert [entry.is_open for entry in page.context["picker"].entries] == [False, True]
    assert "<title>Error: " in html and said(member) == {}


def test_shows_and_empties_what_is_there(client, address, member):
    set_member_skills(member, member, skills=[(Skill.objects.get(key="roadmaps"), 2, True)])
    page = client.get(address)
    assert chosen(page) == ["roadmaps"] and "I can do it with help" in page.content.decode()
    client.post(address, {"skills-find": ""})
    assert said(member) == {}


def test_a_link_proposes_a_skill_and_changes_nothing(client, address, member):
    page = client.get(address, {"add": "teaching"})
    assert chosen(page) == ["teaching"] and said(member) == {}
    assert chosen(client.get(address, {"add": "no-such\x00skill"})) == []


def test_goes_where_it_came_from_but_never_elsewhere(client, address):
    assert client.post(f"{address}?next=/o/larkmoor/skills/", {"skills-find": ""}).url == "/o/larkmoor/skills/"
    assert client.post(f"{address}?next=https://evil.example/", {"skills-find": ""}).url == address


def test_what_was_retired_meanwhile_says_so(client, address, member, administrator):
    retire_skill(administrator, Skill.objects.get(key="roadmaps"))
    page = client.post(address, {"skills-skill": ["roadmaps"], "skills-level-roadmaps": "4"})
    assert "Roadmaps can no longer be chosen here." in page.content.decode() and said(member) == {}
    page = client.post(address, {"skills-add": "roadmaps"})
    assert chosen(page) == [] and "can no longer be chosen here" in page.content.decode()


def test_forged_keys_are_no_matter(client, address, other_organisation, member):
    Skill.objects.create(organisation=other_organisation, key="own-kites", name="Kites", family="operations")
    keys = ["own-kites", "../x", "\x00", "a" * 200, "roadmaps", "roadmaps"]
    page = client.post(address, {"skills-skill": keys, "skills-search": "1"})
    assert chosen(page) == ["roadmaps"]


def test_costs_the_same_however_many_are_chosen(client, address, member, django_assert_max_num_queries):
    many = [(row, 3, True) for row in Skill.objects.order_by("key")[:30]]
    set_member_skills(member, member, skills=many)
    client.get(address)
    with django_assert_max_num_queries(13):
        client.get(address)


def test_every_page_has_one_heading_and_unique_ids(client, address, member):
    import re

    set_member_skills(member, member, skills=[(Skill.objects.get(key="roadmaps"), 2, True)])
    html = client.post(address, {"skills-skill": ["roadmaps"], "skills-find": "brief", "skills-search": "1"}).content
    ids = re.findall(r'\bid="([^"]+)"', html.decode())
    assert len(ids) == len(set(ids))
    assert html.count(b"<h1") == 1
