"""Joining with a work e-mail, or by asking."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.people.actions.joining import approve_join_request, refuse_join_request
from wayfellow.people.actions.tidying import drop_old_requests
from wayfellow.people.models import JoinRequest, Member, OneTimeLink
from wayfellow.people.tests.mails import mails, path_in_mail, run_waiting
from wayfellow.programmes.models import Enrolment

ASK = {"full_name": "Jo Blake", "email": "jo@larkmoor.example", "message": "I work in Billing."}


@pytest.fixture
def open_house(organisation):
    organisation.join_by_domain, organisation.domains = True, ["larkmoor.example"]
    organisation.join_by_asking = organisation.join_as_guest = True
    organisation.save()
    return organisation


def ask(**changes):
    page = Client().post(reverse("ask_to_join", args=["larkmoor"]), {**ASK, **changes})
    run_waiting("ask_to_join_job")
    return page


def test_work_address_gets_a_link_and_joins(open_house, network):
    assert ask().status_code == 200
    client = Client()
    path = path_in_mail("join_link")
    assert "jo@larkmoor.example" in client.get(path).content.decode()
    assert not Member.objects.exists()
    assert client.post(path, {"full_name": "Jo Blake"}).status_code == 302
    member = Member.objects.get()
    assert (member.state, member.email) == ("active", "jo@larkmoor.example")
    assert Enrolment.objects.get().member == member
    assert "used already" in Client().post(path, {"full_name": "Jo Blake"}).content.decode()


def test_link_runs_out(open_house):
    ask()
    OneTimeLink.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    page = Client().post(path_in_mail("join_link"), {"full_name": "Jo Blake"})
    assert (page.status_code, "has run out" in page.content.decode()) == (410, True)


def test_subdomain_is_another_domain(open_house):
    ask(email="jo@evil.larkmoor.example")
    assert JoinRequest.objects.get().email == "jo@evil.larkmoor.example"
    assert mails("join_link") == []


def test_member_sees_the_same_page_and_is_told_by_mail(open_house, make_member):
    make_member("Amara Oyelunde", email="amara@larkmoor.example")
    known = ask(email="amara@larkmoor.example").content.decode()
    unknown = ask(email="newone@larkmoor.example").content.decode()
    assert known.replace("amara@larkmoor.example", "x") == unknown.replace("newone@larkmoor.example", "x")
    assert [mail["to"] for mail in mails("already_here")] == ["amara@larkmoor.example"]


def test_other_address_waits_for_a_yes(open_house, administrator, network, client_for):
    ask(email="jo@northfen.example")
    ask(email="jo@northfen.example")
    asked = JoinRequest.objects.get()
    assert administrator.notices.count() == 1
    client = client_for(administrator)
    page = client.get(reverse("join_requests", args=["larkmoor"])).content.decode()
    assert "I work in Billing." in page
    client.post(reverse("approve_join_request", args=["larkmoor", asked.pk]))
    member = Member.objects.get(email="jo@northfen.example")
    assert member.state == Member.State.INVITED
    assert mails("invitation")[0]["to"] == "jo@northfen.example"
    assert Event.objects.filter(verb="join_request_approved").count() == 1


def test_yes_as_a_guest(open_house, administrator, client_for):
    ask(email="jo@northfen.example")
    url = reverse("approve_join_request", args=["larkmoor", JoinRequest.objects.get().pk])
    client_for(administrator).post(url, {"as": "guest"})
    assert Member.objects.get(email="jo@northfen.example").is_guest


def test_no_is_kind_and_final(open_house, administrator, client_for):
    ask(email="jo@northfen.example")
    asked = JoinRequest.objects.get()
    url = reverse("refuse_join_request", args=["larkmoor", asked.pk])
    client = client_for(administrator)
    assert client.get(url).status_code == 200
    assert JoinRequest.objects.get().state == "waiting"
    client.post(url)
    assert [mail["to"] for mail in mails("join_refused")] == ["jo@northfen.example"]
    with pytest.raises(Refused):
        approve_join_request(administrator, asked)
    with pytest.raises(Refused):
        refuse_join_request(administrator, asked)


def test_address_that_opens_nothing_is_told_so(open_house):
    open_house.join_by_asking = False
    open_house.save()
    page = ask(email="jo@northfen.example")
    assert (page.status_code, "This address is not one" in page.content.decode()) == (422, True)


def test_closed_house_says_so(organisation):
    assert ask().status_code == 404
    assert "by invitation" in Client().get(reverse("ask_to_join", args=["larkmoor"])).content.decode()


def test_closed_account_does_not_come_back_by_itself(open_house, make_member):
    make_member("Amara Oyelunde", email="amara@larkmoor.example", state="left")
    ask(email="amara@larkmoor.example")
    assert mails("join_link") == []
    assert JoinRequest.objects.get().email == "amara@larkmoor.example"


def test_asking_is_limited(open_house):
    for _ in range(3):
        ask()
    assert "tried too often" in ask().content.decode()


def test_old_requests_and_links_are_dropped(open_house, administrator):
    ask()
    ask(email="jo@northfen.example")
    refuse_join_request(administrator, JoinRequest.objects.get())
    drop_old_requests.func()
    assert (JoinRequest.objects.count(), OneTimeLink.objects.count()) == (1, 1)
    JoinRequest.objects.update(answered_at=clock.now() - timedelta(days=91))
    OneTimeLink.objects.update(expires_at=clock.now() - timedelta(days=31))
    drop_old_requests.func()
    assert (JoinRequest.objects.count(), OneTimeLink.objects.count()) == (0, 0)
