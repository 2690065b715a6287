"""An administrator looks after the organisation's list: add, change, retire, restore, export."""

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.skills.actions import add_skill, change_skill, restore_skill, retire_skill
from wayfellow.skills.models import RetiredSkill, Skill


@pytest.fixture
def client(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def kites(administrator):
    return add_skill(administrator, name="Flying kites", family="operations", synonyms=["kite handling"])


def page_of(name, *args):
    return reverse(name, args=["larkmoor", *args])


def events(verb):
    return Event.objects.filter(verb=verb).count()


def test_add_skill(kites, administrator):
    assert kites.key == "own-flying-kites" and kites.organisation == administrator.organisation
    assert events("skill_added") == 1


@pytest.mark.parametrize("name", ["Roadmaps", "ROADMAPS", "flying kites"])
def test_add_skill_refuses_a_name_that_is_taken(kites, administrator, name):
    with pytest.raises(Refused) as refused:
        add_skill(administrator, name=name, family="operations")
    assert refused.value.code == "skill_name_taken" and events("skill_added") == 1


def test_add_skill_makes_keys_that_never_meet(administrator, other_organisation, make_member):
    theirs = make_member("Sol Brandvik", organisation=other_organisation, is_administrator=True)
    keys = [
        add_skill(administrator, name="Übung", family="operations").key,
        add_skill(administrator, name="漢字", family="operations").key,
        add_skill(administrator, name="漢字二", family="operations").key,
        add_skill(theirs, name="漢字", family="operations").key,
    ]
    assert keys == ["own-ubung", "own-skill", "own-skill-2", "own-skill"]


def test_add_skill_needs_an_administrator_and_a_family(member, administrator):
    with pytest.raises(Refused):
        add_skill(member, name="Kites", family="operations")
    with pytest.raises(InvalidInput):
        add_skill(administrator, name="Kites", family="nonsense")


def test_change_skill(kites, administrator):
    change_skill(administrator, kites, name="Flying large kites", family="operations", synonyms=["kite handling"])
    kites.refresh_from_db()
    assert kites.name == "Flying large kites" and kites.key == "own-flying-kites"
    assert Event.objects.get(verb="skill_changed").details == {"fields": ["name"]}
    change_skill(administrator, kites, name="Flying large kites", family="operations", synonyms=["kite handling"])
    assert events("skill_changed") == 1


def test_change_skill_leaves_the_starter_list_alone(administrator):
    with pytest.raises(Refused) as refused:
        change_skill(administrator, Skill.objects.get(key="roadmaps"), name="Maps", family="product")
    assert refused.value.code == "starter_skill"


def test_retire_and_restore_skill(administrator, member, make_member, other_organisation):
    roadmaps = Skill.objects.get(key="roadmaps")
    for _ in range(2):
        retire_skill(administrator, roadmaps)
    assert events("skill_retired") == 1 and RetiredSkill.objects.count() == 1
    assert not Skill.objects.choosable_by(member).filter(pk=roadmaps.pk).exists()
    stranger = make_member("Sol Brandvik", organisation=other_organisation)
    assert Skill.objects.choosable_by(stranger).filter(pk=roadmaps.pk).exists()
    for _ in range(2):
        restore_skill(administrator, roadmaps)
    assert events("skill_restored") == 1
    assert Skill.objects.choosable_by(member).filter(pk=roadmaps.pk).exists()
    with pytest.raises(Refused):
        retire_skill(member, roadmaps)


def test_restore_skill_cannot_bring_back_what_the_list_dropped(administrator):
    dropped = Skill.objects.create(key="telegraphy", name="Telegraphy", family="engineering", retired=True)
    with pytest.raises(Refused) as refused:
        restore_skill(administrator, dropped)
    assert refused.value.code == "skill_dropped"


def test_list_search_tabs_and_paging(client, kites, django_assert_max_num_queries):
    page = client.get(page_of("manage_skills"))
    assert page.content.count(b"<h1") == 1 and page.context["page_obj"].has_next()
    with django_assert_max_num_queries(10):
        client.get(page_of("manage_skills"))
    own = client.get(page_of("manage_skills"), {"show": "own"})
    assert [skill.key for skill in own.context["page_obj"]] == ["own-flying-kites"]
    assert b"Nothing is retired" in client.get(page_of("manage_skills"), {"show": "retired"}).content
    found = client.get(page_of("manage_skills"), {"q": "kite handling"})
    assert [skill.key for skill in found.context["page_obj"]] == ["own-flying-kites"]
    assert b"No skill fits" in client.get(page_of("manage_skills"), {"q": "qqqqqq"}).content


def test_buttons_come_back_to_the_same_list(client):
    answer = client.post(page_of("retire_skill", "roadmaps") + "?show=all&q=roadmaps")
    assert answer.url == page_of("manage_skills") + "?show=all&q=roadmaps"
    page = client.get(answer.url)
    assert "Bring back" in page.content.decode() and "You find it under Retired." in page.content.decode()
    client.post(page_of("restore_skill", "roadmaps"))
    assert not RetiredSkill.objects.exists()
    assert client.get(page_of("retire_skill", "roadmaps")).status_code == 405


def test_form_keeps_what_was_typed_and_says_what_is_wrong(client):
    typed = {"name": "Roadmaps", "family": "operations", "description": "Ours.", "synonyms": "a, b"}
    page = client.post(page_of("add_skill"), typed)
    html = page.content.decode()
    assert "There is a skill called “Roadmaps” already." in html and "Ours." in html
    assert 'href="#id_name"' in html
    page = client.post(page_of("add_skill"), {**typed, "name": "—", "family": "nonsense"})
    assert "Write a name with letters in it." in page.content.decode()
    page = client.post(page_of("add_skill"), {**typed, "name": "x" * 10_000})
    assert "Write at most 120 characters." in page.content.decode()
    assert Skill.objects.exclude(organisation=None).count() == 0


def test_form_adds_and_changes(client):
    typed = {"name": " Kite   repair ", "family": "operations", "description": "", "synonyms": "mending, , mending"}
    assert client.post(page_of("add_skill"), typed).url == page_of("manage_skills")
    skill = Skill.objects.get(key="own-kite-repair")
    assert (skill.name, skill.synonyms) == ("Kite repair", ["mending"])
    address = page_of("change_skill", skill.key)
    assert "mending" in client.get(address).content.decode()
    client.post(address, {**typed, "name": "Kite mending"})
    skill.refresh_from_db()
    assert skill.name == "Kite mending"
    assert client.get(page_of("change_skill", "roadmaps")).status_code == 404


def test_export(client, administrator):
    add_skill(administrator, name="=cmd()", family="operations")
    answer = client.get(page_of("export_skills"), {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Disposition"].endswith('larkmoor-skills.csv"')
    lines = text.splitlines()
    assert len(lines) == Skill.objects.count() + 1
    assert lines[0].startswith("key,name,family") and "\n=cmd" not in text and ",=cmd" not in text
    answer = client.get(page_of("export_skills"), {"format": "xlsx", "q": "roadmaps"})
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert client.get(page_of("export_skills"), {"format": "exe"}).status_code == 422


@pytest.mark.parametrize("view", ["manage_skills", "export_skills", "add_skill"])
def test_only_for_administrators(client_for, member, view, administrator, other_organisation, make_member):
    assert client_for(member).get(page_of(view)).status_code == 403
    theirs = make_member("Sol Brandvik", organisation=other_organisation, is_administrator=True)
    assert client_for(theirs).get(page_of(view)).status_code == 404


def test_another_organisations_skill_cannot_be_touched(client, other_organisation):
    Skill.objects.create(organisation=other_organisation, key="own-secret", name="Secret", family="operations")
    assert client.post(page_of("retire_skill", "own-secret")).status_code == 404
    assert client.get(page_of("change_skill", "own-secret")).status_code == 404
