"""Looking through the skills, and one skill's page."""

import pytest
from django.urls import reverse
from django.utils import translation

from wayfellow.skills import queries
from wayfellow.skills.actions import retire_skill, set_member_skills
from wayfellow.skills.models import Skill


@pytest.fixture
def address(member):
    return reverse("skills", args=[member.organisation.slug])


@pytest.fixture
def client(client_for, member):
    return client_for(member)


def test_families_first(client, address, django_assert_max_num_queries):
    page = client.get(address)
    assert page.content.count(b"<h1") == 1
    assert "Operations and field work" in page.content.decode()
    with django_assert_max_num_queries(8):
        client.get(address)


def test_search_paging_and_a_family(client, address):
    found = client.get(address, {"q": "a"})
    assert found.context["page_obj"].has_next() and found.content.count(b"<h1") == 1
    second = client.get(address, {"q": "a", "page": "2"})
    assert second.context["page_obj"].number == 2
    family = client.get(address, {"family": "operations"})
    assert all(skill.family == "operations" for skill in family.context["page_obj"].paginator.object_list)
    nothing = client.get(address, {"q": "<i>qqqq"})
    assert "No skill fits “&lt;i&gt;qqqq”" in nothing.content.decode()
    assert client.get(address, {"family": "nonsense", "page": "x"}).status_code == 200


def test_list_costs_the_same_however_long(client, address, django_assert_max_num_queries):
    client.get(address, {"q": "a"})
    with django_assert_max_num_queries(9):
        client.get(address, {"q": "a"})


def test_one_skill(client, member, make_member, other_organisation):
    roadmaps = Skill.objects.get(key="roadmaps")
    for name, organisation, offers in [
        ("Yusra Haddarine", None, True),
        ("Leif Holmqvarn", None, False),
        ("Sol Brandvik", other_organisation, True),
    ]:
        other = make_member(name, **({"organisation": organisation} if organisation else {}))
        set_member_skills(other, other, skills=[(roadmaps, 4, offers)])
    set_member_skills(member, member, skills=[(roadmaps, 2, False)])
    html = client.get(reverse("skill", args=[member.organisation.slug, "roadmaps"])).content.decode()
    assert "1 person offers to help with it" in html
    assert "You are here" in html and "product planning" in html
    assert 'href="/o/larkmoor/skills/prioritising/"' in html
    assert html.count("<h1") == 1


def test_retired_stays_readable_but_leaves_the_list(client, address, member, administrator):
    retire_skill(administrator, Skill.objects.get(key="roadmaps"))
    page = client.get(reverse("skill", args=[member.organisation.slug, "roadmaps"]))
    assert page.status_code == 200 and "can no longer be chosen" in page.content.decode()
    assert client.get(address, {"q": "roadmaps"}).context["page_obj"].paginator.count == 0


def test_another_organisations_skill_is_not_there(client, member, other_organisation):
    Skill.objects.create(organisation=other_organisation, key="own-kites", name="Kites", family="operations")
    assert client.get(reverse("skill", args=[member.organisation.slug, "own-kites"])).status_code == 404
    assert client.get(reverse("skill", args=[member.organisation.slug, "no-such"])).status_code == 404
    assert client.get(reverse("skills", args=[other_organisation.slug])).status_code == 404


def test_guests_too(make_member, client_for, address):
    assert client_for(make_member("Pia Querolt", is_guest=True)).get(address).status_code == 200


def test_a_skill_is_found_by_its_name_in_every_language(member):
    choosable = Skill.objects.choosable_by(member)
    for typed in ("Delegieren", "Verantwortung teilen", "delegating", "letting go"):
        for language in ("de", "en"):
            with translation.override(language):
                assert queries.search(choosable, typed)[0].key == "delegating", (typed, language)


def test_names_and_levels_are_in_the_readers_language(member):
    skill = Skill.objects.get(organisation=None, key="delegating")
    with translation.override("de"):
        assert str(skill) == "Delegieren"
        assert "loslassen" in skill.other_names
        assert skill.about != skill.description
        assert queries.anchors_of(skill)[0].label == "Das ist mir neu"
