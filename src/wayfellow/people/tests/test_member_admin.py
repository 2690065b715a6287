"""One person: facts, roles, closing and opening again."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import Conflict, InvalidInput, Refused
from wayfellow.people.actions import members as actions
from wayfellow.people.models import Member
from wayfellow.people.tests.mails import mails


def url(name, *args):
    return reverse(name, args=["larkmoor", *args])


def form_of(member, **changes):
    names = [
        "full_name",
        "email",
        "employee_number",
        "job_title",
        "department",
        "location",
        "time_zone",
        "grade",
        "phone",
        "guest_from",
    ]
    return {**{name: getattr(member, name) for name in names}, "languages": "", "manager_email": "", **changes}


def test_change_facts(administrator, member, client_for, make_member):
    boss = make_member("Joss Pellworth")
    changes = {"job_title": "Planner", "languages": "en, PT", "manager_email": boss.email, "time_zone": "Europe/Berlin"}
    page = client_for(administrator).post(url("member_admin", member.pk), form_of(member, **changes))
    assert page.status_code == 302
    member.refresh_from_db()
    assert (member.job_title, member.languages, member.manager, member.zone) == (
        "Planner",
        ["en", "pt"],
        boss,
        "Europe/Berlin",
    )
    fields = Event.objects.get(verb="member_changed").details
    assert fields == {"fields": ["job_title", "languages", "manager", "time_zone"]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "ruta.kalvendis@larkmoor.example"}, "Another person here has this address"),
        ({"email": "nonsense"}, "Write an e-mail address"),
        ({"manager_email": "nobody@larkmoor.example"}, "Nobody here has this address"),
        ({"languages": "English!"}, "is not a code of a language"),
        ({"time_zone": "Mars/Olympus"}, "not one of the choices"),
        ({"full_name": ""}, "Write something here"),
        ({"full_name": "x" * 10_000}, "at most 200"),
        ({"full_name": "a\0b"}, "NUL"),
    ],
)
def test_bad_input_is_said_beside_the_field(administrator, member, client_for, changes, words):
    page = client_for(administrator).post(url("member_admin", member.pk), form_of(member, **changes))
    assert page.status_code == 422
    assert words in page.content.decode()
    member.refresh_from_db()
    assert member.full_name == "Amara Oyelunde"


def test_address_and_number_are_of_one_person(administrator, member, make_member):
    make_member("Kofi Asantewe", employee_number="17")
    with pytest.raises(Conflict):
        actions.change_member(administrator, member, values={"employee_number": "17"})
    with pytest.raises(Conflict):
        actions.change_member(administrator, member, values={"email": administrator.email.upper()})


def test_no_circle_of_managers(administrator, member, make_member):
    report = make_member("Kofi Asantewe", manager=member)
    with pytest.raises(InvalidInput) as refused:
        actions.change_member(administrator, member, values={"manager": report})
    assert (refused.value.code, refused.value.field) == ("manager_circle", "manager")


def test_roles_are_asked_recorded_and_told(administrator, member, client_for):
    client = client_for(administrator)
    asked = client.get(url("make_administrator", member.pk))
    assert "Make Amara Oyelunde an administrator?" in asked.content.decode()
    client.post(url("make_administrator", member.pk))
    client.post(url("make_safeguarding_lead", member.pk))
    member.refresh_from_db()
    assert member.is_administrator and member.is_safeguarding_lead
    assert Event.objects.filter(verb__in=["administrator_made", "safeguarding_lead_made"]).count() == 2
    assert member.notices.count() == 2
    client.post(url("unmake_administrator", member.pk))
    client.post(url("unmake_safeguarding_lead", member.pk))
    member.refresh_from_db()
    assert not (member.is_administrator or member.is_safeguarding_lead)


def test_last_administrator_stays(administrator, client_for):
    page = client_for(administrator).get(url("unmake_administrator", administrator.pk))
    assert (page.status_code, "last administrator" in page.content.decode()) == (403, True)
    for act in (actions.unmake_administrator, actions.close_member):
        with pytest.raises(Refused) as refused:
            act(administrator, administrator)
        assert refused.value.code == "last_administrator"


def test_guest_is_no_administrator(administrator, make_member):
    with pytest.raises(Refused) as refused:
        actions.make_administrator(administrator, make_member("Pia Querolt", is_guest=True))
    assert refused.value.code == "is_guest"


def test_close_and_open_again(administrator, member, client_for):
    theirs = client_for(member)
    client = client_for(administrator)
    client.post(url("close_member", member.pk))
    member.refresh_from_db()
    assert member.state == Member.State.LEFT
    assert theirs.get(url("who_can_see")).status_code == 404
    assert Event.objects.get(verb="member_left").details == {"by": "administrator"}
    assert [mail["to"] for mail in mails("account_closed")] == [member.email]
    client.post(url("reopen_member", member.pk))
    assert theirs.get(url("who_can_see")).status_code == 200
    with pytest.raises(Refused):
        actions.reopen_member(administrator, member)


def test_page_has_few_queries(administrator, member, client_for, make_member, django_assert_max_num_queries):
    for number in range(10):
        make_member(f"Report {number}", manager=member)
    client = client_for(administrator)
    client.get(url("member_admin", member.pk))
    with django_assert_max_num_queries(12):
        page = client.get(url("member_admin", member.pk))
    assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize(
    "name", ["member_admin", "make_administrator", "close_member", "reopen_member", "unmake_safeguarding_lead"]
)
def test_strangers(administrator, member, client_for, make_member, other_organisation, name):
    assert client_for(member).get(url(name, member.pk)).status_code == 403
    other = make_member("Pia Querolt", organisation=other_organisation, is_administrator=True)
    assert client_for(other).get(url(name, member.pk)).status_code == 404
    assert client_for(administrator).get(url(name, other.pk)).status_code == 404


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_unmake_each_other_at_once(administrator, make_member):
    other = make_member("Joss Pellworth", is_administrator=True)
    start, results = threading.Barrier(2), []

    def rival(actor, member):
        try:
            start.wait()
            actions.unmake_administrator(actor, member)
            results.append("done")
        except Refused as error:
            results.append(error.code)
        finally:
            connection.close()

    pairs = ((administrator, other), (other, administrator))
    threads = [threading.Thread(target=rival, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "last_administrator"]
    assert Member.objects.filter(is_administrator=True).count() == 1
