"""Finding skills by what is typed."""

import pytest
from django.urls import reverse

from wayfellow.skills.models import Skill
from wayfellow.skills.queries import search, suggest


def names(skills):
    return [skill.name for skill in skills]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("Roadmaps", "Roadmaps"),
        ("roadm", "Roadmaps"),
        ("  DISCOVERY   inter", "Discovery interviews"),
        ("interviews discov", "Discovery interviews"),
        ("user research", "Discovery interviews"),
        ("foreman", "Leading a crew"),
        ("excel", "Spreadsheets"),
        ("résumé", "CVs and applications"),
        ("imposter", "Confidence"),
        ("stakholder", "Stakeholder conversations"),
        ("stakeholdre", "Stakeholder conversations"),
        ("negociating", "Negotiating"),
        ("time managment", "Managing time"),
        ("roadmaps!", "Roadmaps"),
    ],
)
@pytest.mark.django_db
def test_finds(typed, best):
    assert names(search(Skill.objects.all(), typed))[0] == best


@pytest.mark.parametrize("typed", ["xyzzyqq", "***", '"', "\x00", "x" * 10_000, "% _"])
@pytest.mark.django_db
def test_finds_nothing_rather_than_anything(typed):
    assert list(search(Skill.objects.all(), typed)) == []


@pytest.mark.django_db
def test_without_text_all_by_name():
    found = names(search(Skill.objects.all(), ""))
    assert len(found) == Skill.objects.count() and found[0] == "Academic writing and publishing"


def test_without_text_neighbours_of_what_is_chosen(member):
    assert suggest(member, "") == []
    suggested = {skill.key for skill in suggest(member, "", chosen=["roadmaps"])}
    assert {"prioritising", "product-strategy", "planning-projects"} <= suggested
    assert "roadmaps" not in suggested
    both = suggest(member, "", chosen=["roadmaps", "setting-strategy"])
    assert both[0].key == "product-strategy"


def test_the_part_that_grows_while_typing(member, client_for):
    client = client_for(member)
    address = reverse("suggest_skills", args=[member.organisation.slug])
    page = client.get(address, {"skills-find": "roadm", "skills-skill": ["writing-briefs"]})
    assert page.status_code == 200
    html = page.content.decode()
    assert 'value="roadmaps"' in html and "<html" not in html
    page = client.get(address, {"skills-find": "roadm", "skills-skill": ["roadmaps", "\x00"]})
    assert 'value="roadmaps"' not in page.content.decode()
    page = client.get(address, {"skills-find": "<b>zzz</b>"})
    assert "&lt;b&gt;zzz" in page.content.decode()


def test_costs_the_same_however_many_there_are(member, client_for, django_assert_max_num_queries):
    client = client_for(member)
    address = reverse("suggest_skills", args=[member.organisation.slug])
    client.get(address, {"skills-find": "a"})
    with django_assert_max_num_queries(7):
        client.get(address, {"skills-find": "a"})


def test_not_for_strangers(member, make_member, other_organisation, client_for):
    address = reverse("suggest_skills", args=[member.organisation.slug])
    stranger = make_member("Sol Brandvik", organisation=other_organisation)
    assert client_for(stranger).get(address, {"skills-find": "a"}).status_code == 404
