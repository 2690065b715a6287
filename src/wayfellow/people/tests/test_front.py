"""The front page, first run, and who is let through."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.core.errors import Conflict, InvalidInput
from wayfellow.people.actions import create_organisation, make_setup_link
from wayfellow.people.actions.guests import close_ended_guests
from wayfellow.people.models import Member, OneTimeLink, Organisation
from wayfellow.programmes.actions import found_organisation
from wayfellow.programmes.models import Cohort, Programme

FOUND = {"name": "Larkmoor Utilities", "slug": "larkmoor", "admin_email": "ruta@larkmoor.example"}


def path_of(link):
    return "/" + link.split("/", 3)[3]


def test_landing_of_the_only_organisation(organisation):
    page = Client().get("/").content.decode()
    assert "Mentoring at Larkmoor Utilities" in page
    assert "Send me a code" in page
    assert page.count("<h1") == 1


def test_several_organisations_are_not_listed(organisation, other_organisation):
    page = Client().get("/").content.decode()
    assert "Larkmoor" not in page
    assert "Send me a code" in page
    assert "Mentoring at Northfen College" in Client().get(reverse("landing", args=["northfen"])).content.decode()


def test_nothing_is_set_up(db):
    assert "Nothing is set up here yet" in Client().get("/").content.decode()


def test_signed_in_goes_home_or_chooses(member, make_member, other_organisation, client_for):
    client = client_for(member)
    assert client.get("/").url.startswith("/o/larkmoor/")
    make_member("Amara Oyelunde", organisation=other_organisation, email=member.email)
    assert "Northfen College" in client.get("/").content.decode()


def test_founding(db):
    organisation, link = found_organisation(**FOUND)
    administrator = organisation.members.get()
    assert (administrator.is_administrator, administrator.is_active) == (True, True)
    assert Programme.objects.get().managers.get() == administrator
    assert Cohort.objects.get().organisation == organisation
    client = Client()
    assert "It works once" in client.get(path_of(link)).content.decode()
    assert "_auth_user_id" not in client.session
    client.post(path_of(link))
    assert client.session["_auth_user_id"] == str(administrator.account_id)
    again = Client().post(path_of(link))
    assert (again.status_code, "used already" in again.content.decode()) == (410, True)


def test_link_of_the_first_administrator_runs_out(db):
    _organisation, link = create_organisation(**FOUND)
    OneTimeLink.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    assert "has run out" in Client().get(path_of(link)).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"slug": "a b"}, "slug"),
        ({"slug": "x" * 41}, "slug"),
        ({"admin_email": "x"}, "admin_email"),
    ],
)
def test_bad_founding(db, changes, field):
    with pytest.raises(InvalidInput) as refused:
        create_organisation(**{**FOUND, **changes})
    assert refused.value.field == field


def test_short_name_is_taken(organisation):
    with pytest.raises(Conflict):
        create_organisation(**FOUND)


def test_set_up_in_the_browser(db):
    old = make_setup_link()
    link = make_setup_link()
    client = Client()
    assert client.get(path_of(old)).status_code == 404
    bad = client.post(path_of(link), {**FOUND, "slug": "a b"})
    assert bad.status_code == 422
    client.post(path_of(link), FOUND)
    organisation = Organisation.objects.get()
    assert client.session["_auth_user_id"] == str(organisation.members.get().account_id)
    assert Programme.objects.get().is_open_network
    assert Client().get(path_of(link)).status_code == 410
    assert make_setup_link() is None


def test_set_up_link_dies_with_the_first_organisation(db):
    link = make_setup_link()
    found_organisation(**FOUND)
    page = Client().get(path_of(link))
    assert (page.status_code, "starting it again" in page.content.decode()) == (404, True)


def test_unfounded_link_can_be_used_after_a_conflict(organisation):
    Organisation.objects.all().delete()
    link = make_setup_link()
    Organisation.objects.create(name="Larkmoor", slug="larkmoor")
    taken = Client().post(path_of(link), FOUND)
    assert (taken.status_code, "short name already" in taken.content.decode()) == (422, True)
    assert OneTimeLink.objects.get().used_at is None


def test_middleware(member, administrator, other_organisation, make_member, client_for):
    people = reverse("people", args=["larkmoor"])
    account = reverse("account", args=["larkmoor"])
    assert Client().get(people).url.startswith(reverse("sign_in") + "?next=")
    assert Client().get(reverse("account", args=["nowhere"])).url.startswith(reverse("sign_in"))
    assert client_for(member).get(people).status_code == 403
    stranger = make_member("Pia Querolt", organisation=other_organisation)
    assert client_for(stranger).get(account).status_code == 404
    assert client_for(member).get(reverse("account", args=["nowhere"])).status_code == 404


def test_last_visit_is_noted_once_a_day(member, client_for, django_assert_num_queries):
    client = client_for(member)
    client.get(reverse("account", args=["larkmoor"]))
    member.refresh_from_db()
    assert member.last_seen_on == clock.now().date()
    yesterday = clock.now().date() - timedelta(days=1)
    Member.objects.filter(pk=member.pk).update(last_seen_on=yesterday)
    client.get(reverse("account", args=["larkmoor"]))
    member.refresh_from_db()
    assert member.last_seen_on == clock.now().date()


def test_guest_is_out_after_the_last_day(make_member, client_for):
    today = clock.now().date()
    guest = make_member("Pia Querolt", is_guest=True, guest_until=today + timedelta(days=1))
    client = client_for(guest)
    account = reverse("account", args=["larkmoor"])
    assert client.get(account).status_code == 200
    close_ended_guests.func()
    guest.refresh_from_db()
    assert guest.is_active
    Member.objects.filter(pk=guest.pk).update(guest_until=today - timedelta(days=2))
    assert client.get(account).status_code == 404
    close_ended_guests.func()
    guest.refresh_from_db()
    assert guest.state == Member.State.LEFT
