"""The first step of the profile: what is said of oneself; and the way through the steps."""

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import Refused
from wayfellow.people import vocabulary
from wayfellow.people.actions.profile import save_profile
from wayfellow.people.models import Profile
from wayfellow.people.tests.profiles import step


def test_what_is_typed_is_kept_and_leads_to_skills(member, client_for):
    client = client_for(member)
    typed = {
        "job_title": "Crew planner",
        "industry": "energy",
        "function": "operations",
        "seniority": "2",
        "languages": ["en", "pt"],
        "other_languages": "Katalanisch, yo",
        "time_zone": "Africa/Nairobi",
        "about": "I have spent ten years on night shifts.",
    }
    answer = client.post(step("about"), typed)
    assert answer.url == step("skills")
    assert client.get(answer.url).url == f"/o/larkmoor/my-skills/?next={step('availability').replace('/', '%2F')}"
    member.refresh_from_db()
    profile = member.profile
    assert (profile.industry, profile.function, profile.seniority) == ("energy", "operations", 2)
    assert profile.about == "I have spent ten years on night shifts."
    assert (member.job_title, member.time_zone) == ("Crew planner", "Africa/Nairobi")
    assert member.languages == ["en", "pt", "ca", "yo"]
    page = client.get(step("about")).content.decode()
    assert "Languages: English and Portuguese" in page
    assert 'value="Catalan, Yoruba"' in page


def test_the_record_names_fields_and_never_what_they_say(member):
    changed = save_profile(member, member, values={"industry": "energy", "about": "A secret", "languages": []})
    assert changed == ["industry", "about"]
    event = Event.objects.get(verb="profile_changed")
    assert event.details == {"fields": ["about", "industry"]}
    assert save_profile(member, member, values={"industry": "energy", "about": "A secret"}) == []
    assert Event.objects.filter(verb="profile_changed").count() == 1


def test_save_and_close_leads_to_the_profile(member, client_for):
    answer = client_for(member).post(step("about"), {"close": "1", "about": "Hello"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("my_profile", args=["larkmoor"])
    assert "Your profile is saved." in answer.content.decode()


def test_bad_input_is_said_beside_its_field_and_kept(member, client_for):
    typed = {
        "about": "x" * 2001,
        "other_languages": "Klingonic",
        "industry": "magic",
        "seniority": "9",
        "time_zone": "X/Y",
    }
    answer = client_for(member).post(step("about"), typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"about", "other_languages", "industry", "seniority", "time_zone"}
    page = answer.content.decode()
    assert "We do not know the language “Klingonic”." in page
    assert "x" * 2001 in page
    assert '<a href="#id_other_languages">' in page
    assert not Profile.objects.exists()


def test_listed_people_cannot_change_the_job_title_of_the_list(make_member, client_for):
    listed = make_member("Amara Oyelunde", employee_number="17", job_title="Analyst")
    client = client_for(listed)
    assert 'name="job_title"' not in client.get(step("about")).content.decode()
    client.post(step("about"), {"job_title": "Boss", "about": "Hi"})
    listed.refresh_from_db()
    assert (listed.job_title, listed.profile.about) == ("Analyst", "Hi")
    with pytest.raises(Refused) as refused:
        save_profile(listed, listed, values={"job_title": "Boss"})
    assert refused.value.code == "job_title_kept"


def test_nobody_writes_another_ones_profile(member, administrator):
    with pytest.raises(Refused) as refused:
        save_profile(administrator, member, values={"about": "Mine now"})
    assert refused.value.code == "not_yours"
    assert not Profile.objects.exists()


def test_what_is_stored_but_no_longer_offered_stays_choosable(make_member, client_for):
    member = make_member("Amara Oyelunde", time_zone="US/Eastern", languages=["en", "ca", "pt-br"])
    Profile.objects.create(member=member, organisation=member.organisation, industry="space_travel")
    client = client_for(member)
    form = client.get(step("about")).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name not in {"photo", "remove_photo"}}
    assert client.post(step("about"), sent).status_code == 302
    member.refresh_from_db()
    assert (member.time_zone, member.profile.industry) == ("US/Eastern", "space_travel")
    assert "Space travel" in client.get(reverse("my_profile", args=["larkmoor"])).content.decode()


def test_changed_profile_is_found_at_once(member, enrol):
    from wayfellow.search.models import Document

    enrol(member, mentor=True)
    save_profile(member, member, values={"industry": "energy", "languages": ["pt"]})
    document = Document.objects.get(member=member)
    assert document.facets["industry"] == ["energy"]
    assert document.facets["language"] == ["pt"]


def test_every_step_has_its_page_one_heading_and_the_bar(member, client_for):
    client = client_for(member)
    for name in ("about", "availability", "background", "check"):
        page = client.get(step(name)).content.decode()
        assert page.count("<h1") == 1
        assert page.count('aria-current="step"') == 1
    skills = client.get(step("skills"), follow=True).content.decode()
    assert skills.count('aria-current="step"') == 1
    assert "When you are free" in skills
    elsewhere = client.get(f"{reverse('edit_my_skills', args=['larkmoor'])}?next=/o/larkmoor/goals/").content.decode()
    assert "When you are free" not in elsewhere
    assert client.get(step("nonsense")).status_code == 404


def test_every_control_has_a_label(member, client_for):
    import re

    client = client_for(member)
    for name in ("about", "availability", "background"):
        page = client.get(step(name)).content.decode().split('<main id="main"')[1]
        ids = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"', page)
        assert len(ids) > 5
        nested = re.findall(r'<label class="check">\s*<input[^>]* id="([^"]+)"', page)
        assert [each for each in ids if f'for="{each}"' not in page and each not in nested] == []


def test_newcomers_are_led_from_conduct_to_goals_and_on_to_the_profile(make_member, client_for):
    newcomer = make_member("Jo Blake", conduct_accepted_version=0)
    client = client_for(newcomer)
    version = newcomer.organisation.conduct_version
    answer = client.post(reverse("accept_conduct", args=["larkmoor"]), {"version": version})
    assert answer.url == reverse("goals", args=["larkmoor"])
    assert step("about") in client.get(answer.url).content.decode()


def test_the_last_step_offers_to_mentor_and_home(member, client_for, network):
    page = client_for(member).get(step("check")).content.decode()
    assert reverse("my_limits", args=["larkmoor"]) in page
    assert "Do you want to mentor?" in page


def test_strangers_have_a_profile_of_their_own_only(make_member, other_organisation, client_for):
    stranger = make_member("Ola Nordby", organisation=other_organisation)
    assert client_for(stranger).get(step("about")).status_code == 404
    assert client_for(stranger).get(step("about", "northfen")).status_code == 200


def test_names_of_lists_and_languages():
    assert vocabulary.label("industry", "energy") == "Energy, water and waste"
    assert vocabulary.language_name("pt") == "Portuguese"
    assert vocabulary.language_name("yo") == "Yoruba"
    assert vocabulary.language_name("zz") == "Zz"
    assert len(vocabulary.common_languages()) == len(set(vocabulary.COMMON_LANGUAGES))
    assert vocabulary.place_name("America/Argentina/Buenos_Aires") == "Buenos Aires (Argentina)"
    groups = dict(vocabulary.time_zone_groups(keep="US/Eastern"))
    assert ("Europe/Lisbon", "Lisbon") in groups["Europe"]
    assert groups["Elsewhere"] == [("UTC", "UTC"), ("US/Eastern", "US/Eastern")]
