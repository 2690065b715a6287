"""The list of people: tabs, search, filters, acts on chosen rows, export."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.people.actions.invitations import invite_members
from wayfellow.people.models import Member
from wayfellow.people.tests.mails import mails


@pytest.fixture
def client(administrator, client_for):
    return client_for(administrator)


@pytest.fixture
def folk(administrator, make_member, enrol):
    amara = make_member("Amara Oyelunde", department="Grid operations")
    ines = make_member(
        "Inês Tavaredo", email="ines@larkmoor.example", department="Customer tools", phone="+351 555 0101"
    )
    enrol(amara)
    enrol(ines, mentor=True)
    make_member("Jorun Haldsted", state="listed", department="Billing")
    make_member("Kofi Asantewe", state="left")
    make_member("Pia Querolt", is_guest=True, guest_from="Northfen College")
    invite_members(administrator, addresses=[("Nilufar Azamova", "n.azamova@larkmoor.example")])


def url(name="people", *args):
    return reverse(name, args=["larkmoor", *args])


def listed(client, **query):
    return [person.full_name for person in client.get(url(), query).context["page_obj"]]


def test_tabs_and_counts(client, folk):
    page = client.get(url())
    assert {tab["label"]: tab["count"] for tab in page.context["tabs"]} == {
        "Everyone": 6,
        "Waiting for your yes": 0,
        "Invited": 1,
        "Guests": 1,
        "Left": 1,
    }
    assert listed(client, tab="left") == ["Kofi Asantewe"]
    assert listed(client, tab="invited") == ["Nilufar Azamova"]
    assert client.get(url(), {"tab": "nonsense"}).status_code == 404
    assert page.content.decode().count("<h1") == 1


def test_search_and_filters(client, folk):
    assert listed(client, q="tava") == ["Inês Tavaredo"]
    assert listed(client, q="azamova@") == ["Nilufar Azamova"]
    assert listed(client, department="Billing") == ["Jorun Haldsted"]
    assert listed(client, role="mentor") == ["Inês Tavaredo"]
    assert "Amara Oyelunde" not in listed(client, role="none")
    assert listed(client, state="listed") == ["Jorun Haldsted"]
    assert "Nobody fits" in client.get(url(), {"q": "%_\0'"}).content.decode()


def test_states_in_words(client, folk):
    page = client.get(url()).content.decode()
    assert "Invited today" in page
    assert "Guest, Northfen College" in page
    assert "Not invited yet" in page
    assert "+351" not in page


def test_no_query_for_a_row(client, make_member, enrol, administrator, django_assert_max_num_queries):
    for number in range(30):
        member = make_member(f"Person {number}", department=f"Line {number % 3}")
        enrol(member, mentor=bool(number % 2))
    client.get(url())
    with django_assert_max_num_queries(13):
        assert len(client.get(url()).context["page_obj"]) == 25
    with django_assert_max_num_queries(13):
        client.get(url(), {"page": "2", "role": "mentor", "q": "person"})


def test_bad_page_numbers(client, folk):
    for number in ("0", "-1", "x", "99999"):
        assert client.get(url(), {"page": number}).status_code == 200


def test_invite_chosen(client, folk, network):
    jorun = Member.objects.get(full_name="Jorun Haldsted")
    amara = Member.objects.get(full_name="Amara Oyelunde")
    data = {"act": "invite", "chosen": [jorun.pk, amara.pk], "filters": "q=a&page=2&next=//evil"}
    page = client.post(url("act_on_people"), data)
    assert page.url == url() + "?q=a&page=2"
    assert [mail["to"] for mail in mails("invitation")][1:] == [jorun.email]
    assert "Here already" in client.get(page.url).content.decode()


def test_nobody_chosen(client, folk):
    page = client.post(url("act_on_people"), {"act": "invite"}, follow=True)
    assert "Choose at least one person first" in page.content.decode()


def test_all_of_the_narrowed_list(client, folk):
    client.post(url("act_on_people"), {"act": "invite", "all": "yes", "filters": "department=Billing"})
    assert Member.objects.get(full_name="Jorun Haldsted").state == "invited"
    assert Member.objects.filter(state="invited").count() == 2


def test_close_asks_first(client, folk):
    amara = Member.objects.get(full_name="Amara Oyelunde")
    asked = client.post(url("act_on_people"), {"act": "close", "chosen": [amara.pk]})
    assert "Close 1 account?" in asked.content.decode()
    amara.refresh_from_db()
    assert amara.is_active
    client.post(url("act_on_people"), {"act": "close", "chosen": [amara.pk], "sure": "yes"})
    amara.refresh_from_db()
    assert amara.state == "left"


def test_last_administrator_is_not_closed_with_others(client, folk, administrator):
    amara = Member.objects.get(full_name="Amara Oyelunde")
    data = {"act": "close", "chosen": [amara.pk, administrator.pk], "sure": "yes"}
    page = client.post(url("act_on_people"), data)
    assert (page.status_code, "Ruta Kalvendis" in page.content.decode()) == (403, True)
    amara.refresh_from_db()
    assert amara.is_active


def test_chosen_of_another_organisation_are_nobody(client, folk, make_member, other_organisation):
    stranger = make_member("Stranger Danger", organisation=other_organisation)
    client.post(url("act_on_people"), {"act": "close", "chosen": [stranger.pk], "sure": "yes"})
    stranger.refresh_from_db()
    assert stranger.is_active


def test_export_is_neutralised_and_without_telephones(client, folk, make_member):
    make_member('=HYPERLINK("https://evil.example")', email="evil@larkmoor.example")
    answer = client.get(url("export_people"), {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 7
    assert not any(row["name"].startswith("=") for row in rows)
    assert "+351" not in text
    assert b"".join(client.get(url("export_people"), {"format": "xlsx"}).streaming_content)[:2] == b"PK"
    assert client.get(url("export_people"), {"format": "exe"}).status_code == 422


def test_invitation_that_ran_out_is_said(client, folk):
    from wayfellow.people.models import Invitation

    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))
    assert "Invitation has run out" in client.get(url()).content.decode()


@pytest.mark.parametrize(("name", "args"), [("people", ()), ("join_requests", ()), ("export_people", ())])
def test_members_see_no_list(member, client_for, name, args):
    assert client_for(member).get(url(name, *args)).status_code == 403
