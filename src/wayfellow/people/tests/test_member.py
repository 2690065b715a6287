"""A member's page, as others may see it, and one's own."""

import pytest
from django.urls import reverse

from wayfellow.people.actions.profile import save_profile, set_availability
from wayfellow.people.models import Profile
from wayfellow.safety.models import Block
from wayfellow.skills.models import MemberSkill, Skill


def page_of(client, member, slug="larkmoor"):
    return client.get(reverse("member", args=[slug, member.pk]))


@pytest.fixture
def ines(make_member):
    facts = {"job_title": "Head of product", "department": "Customer tools", "location": "Lisbon"}
    hidden = {"phone": "+351 555 0101", "employee_number": "HR-7781", "grade": "G12", "email": "ines@larkmoor.example"}
    ines = make_member("Inês Tavaredo", **facts, **hidden)
    about = {"about": "I led <b>two</b> launches.", "industry": "energy", "function": "product", "seniority": 5}
    save_profile(ines, ines, values=about | {"languages": ["pt", "en"]})
    skill = Skill.objects.create(key="briefs", name="Writing briefs", family="leading")
    MemberSkill.objects.create(organisation=ines.organisation, member=ines, skill=skill, level=4, offers=True)
    return ines


def test_it_says_who_this_is(ines, member, client_for, django_assert_max_num_queries):
    client = client_for(member)
    page_of(client, ines)
    with django_assert_max_num_queries(14):
        page = page_of(client, ines).content.decode()
    assert page.count("<h1") == 1
    for words in (
        "Head of product, Customer tools · Lisbon",
        "I led &lt;b&gt;two&lt;/b&gt; launches.",
        "Energy, water and waste",
        "Product management",
        "Leading leaders",
        "Portuguese and English",
        "Writing briefs",
        "Helps others with it",
    ):
        assert words in page


def test_what_is_the_organisations_is_never_shown(ines, member, client_for, manager):
    for reader in (member, manager, ines):
        page = page_of(client_for(reader), ines).content.decode().split('<main id="main"')[1]
        for words in ("555 0101", "HR-7781", "G12", "ines@larkmoor.example"):
            assert words not in page


def test_a_mentor_is_one_link_away(ines, member, enrol, client_for):
    assert "offers to mentor" not in page_of(client_for(member), ines).content.decode()
    offer = enrol(ines, mentor=True)
    page = page_of(client_for(member), ines).content.decode()
    assert reverse("mentor", args=["larkmoor", offer.pk]) in page


def test_it_is_not_there_for_whom_it_is_not(ines, make_member, other_organisation, client_for, client, enrol):
    stranger = make_member("Ola Nordby", organisation=other_organisation)
    guest = make_member("Pia Querolt", is_guest=True)
    assert page_of(client_for(stranger), ines).status_code == 404
    assert page_of(client_for(stranger), ines, "northfen").status_code == 404
    assert page_of(client_for(guest), ines).status_code == 404
    assert page_of(client, ines).status_code == 302
    enrol(ines)
    enrol(guest)
    assert page_of(client_for(guest), ines).status_code == 200


def test_it_is_not_there_between_people_one_of_whom_blocked_the_other(ines, member, make_member, client_for):
    Block.objects.create(organisation=ines.organisation, blocker=ines, blocked=member)
    assert page_of(client_for(member), ines).status_code == 404
    assert page_of(client_for(ines), member).status_code == 404
    assert page_of(client_for(make_member("Kofi Asantewe")), ines).status_code == 200


@pytest.mark.parametrize("state", ["left", "listed", "invited"])
def test_who_is_not_here_has_no_page(ines, administrator, member, client_for, state):
    ines.state = state
    ines.save()
    assert page_of(client_for(member), ines).status_code == 404
    assert page_of(client_for(administrator), ines).status_code == 404


def test_a_guest_is_shown_as_one(make_member, member, enrol, client_for):
    guest = make_member("Pia Querolt", is_guest=True, guest_from="Northfen College")
    assert "Guest from Northfen College" in page_of(client_for(member), guest).content.decode()


def test_who_said_nothing_has_a_page_that_says_so(member, make_member, client_for):
    page = page_of(client_for(member), make_member("Kofi Asantewe")).content.decode()
    assert "Kofi has not said anything of themselves yet." in page
    assert not Profile.objects.exists()


def test_my_profile_is_in_the_account_menu_and_leads_everywhere(ines, client_for):
    set_availability(ines, ines, blocks=[{"weekday": 3, "start": 1080, "end": 1260}])
    client = client_for(ines)
    own = reverse("my_profile", args=["larkmoor"])
    assert f'<a href="{own}"' in page_of(client, ines).content.decode()
    page = client.get(own).content.decode()
    assert page.count("<h1") == 1
    assert "Thursdays <bdi>18:00–21:00</bdi>" in page
    for step in ("about", "availability", "background"):
        assert reverse("edit_profile", args=["larkmoor", step]) in page
    assert f"{reverse('edit_my_skills', args=['larkmoor'])}?next={own}" in page


def test_an_empty_profile_has_one_way_on(member, client_for):
    page = client_for(member).get(reverse("my_profile", args=["larkmoor"])).content.decode()
    assert "Say what you can offer" in page
