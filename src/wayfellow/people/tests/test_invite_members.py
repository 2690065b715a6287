"""Inviting, accepting, taking back."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.people.actions.invitations import (
    Guest,
    accept_invitation,
    invite_again,
    invite_members,
    withdraw_invitation,
)
from wayfellow.people.models import Account, Invitation, Member
from wayfellow.people.tests.mails import mails, path_in_mail
from wayfellow.programmes.models import Enrolment

JO = ("Jo Blake", "jo.blake@larkmoor.example")


def token_of(path: str) -> str:
    return path.strip("/").split("/")[-1]


def test_invites_by_mail(administrator, network):
    done = invite_members(administrator, addresses=[JO], cohort=network, note="You asked me about this.")
    invitation = done.invitations[0]
    assert invitation.member.full_name == "Jo Blake"
    assert invitation.member.state == Member.State.INVITED
    mail = mails("invitation")[0]
    assert mail["to"] == JO[1]
    assert mail["secret"]
    assert mail["facts"]["note"] == "You asked me about this."
    assert token_of(path_in_mail("invitation")) not in str(Invitation.objects.values())
    assert Event.objects.get(verb="members_invited").details == {"people": 1, "as_guests": False}


def test_accepting_joins_enrols_and_signs_in(administrator, network):
    invite_members(administrator, addresses=[JO], cohort=network)
    client = Client()
    path = path_in_mail("invitation")
    page = client.get(path).content.decode()
    assert "Ruta Kalvendis invites you" in page
    assert not Account.objects.filter(email=JO[1]).exists()
    done = client.post(path, {"full_name": "Jo B. Blake"})
    assert done.status_code == 302
    member = Member.objects.get(email=JO[1])
    assert (member.state, member.full_name, member.joined_at is not None) == ("active", "Jo B. Blake", True)
    assert client.session["_auth_user_id"] == str(member.account_id)
    assert Enrolment.objects.get(member=member).is_mentee
    assert Event.objects.get(verb="member_joined").about_id == str(member.pk)


def test_first_page_after_joining_is_the_conduct(administrator, network):
    invite_members(administrator, addresses=[JO], cohort=network)
    client = Client()
    page = client.post(path_in_mail("invitation"), {"full_name": "Jo Blake"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("accept_conduct", args=["larkmoor"])


def test_existing_account_of_another_organisation_is_linked(administrator, make_member, other_organisation):
    jo = make_member("Jo Blake", organisation=other_organisation, email=JO[1])
    invite_members(administrator, addresses=[JO])
    member = accept_invitation(token_of(path_in_mail("invitation")), full_name="Jo Blake")
    assert member.account == jo.account


def test_second_press_is_harmless(administrator):
    invite_members(administrator, addresses=[JO])
    client = Client()
    path = path_in_mail("invitation")
    client.post(path, {"full_name": "Jo Blake"})
    assert client.post(path, {"full_name": "Jo Blake"}).status_code == 302
    assert Member.objects.filter(email=JO[1]).count() == 1


def test_dead_links_each_say_why(administrator):
    client = Client()
    unknown = client.get(reverse("join", args=["nonsense"]))
    assert (unknown.status_code, "not one of ours" in unknown.content.decode()) == (404, True)
    invite_members(administrator, addresses=[JO])
    path = path_in_mail("invitation")
    invitation = Invitation.objects.get()
    Invitation.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    expired = client.post(path, {"full_name": "Jo Blake"})
    assert (expired.status_code, "has run out" in expired.content.decode()) == (410, True)
    assert "Ask Ruta Kalvendis" in expired.content.decode()
    Invitation.objects.update(expires_at=clock.now() + timedelta(days=1))
    withdraw_invitation(administrator, invitation)
    assert "taken back" in client.get(path).content.decode()
    assert Member.objects.get(email=JO[1]).state == Member.State.LISTED


def test_used_link_of_somebody_else_is_refused(administrator):
    invite_members(administrator, addresses=[JO])
    path = path_in_mail("invitation")
    Client().post(path, {"full_name": "Jo Blake"})
    page = Client().post(path, {"full_name": "Mallory"})
    assert page.status_code == 410
    assert "was used already" in page.content.decode()
    assert Member.objects.get(email=JO[1]).full_name == "Jo Blake"


def test_inviting_again_kills_the_old_link(administrator, network):
    invite_members(administrator, addresses=[JO], cohort=network)
    old = token_of(path_in_mail("invitation"))
    invite_again(administrator, [Member.objects.get(email=JO[1])])
    new = token_of(path_in_mail("invitation"))
    with pytest.raises(Refused) as refused:
        accept_invitation(old, full_name="Jo Blake")
    assert refused.value.code == "invitation_withdrawn"
    assert accept_invitation(new, full_name="Jo Blake").is_active
    assert Invitation.objects.get(state="accepted").cohort == network


def test_who_is_here_is_not_invited(administrator, member):
    done = invite_members(administrator, addresses=[("", member.email)])
    assert (done.invitations, done.already_here) == ([], [member])
    assert mails("invitation") == []


def test_guest_sees_only_whom_they_share_something_with(administrator, make_member, network, enrol, organisation):
    stranger = make_member("Kofi Asantewe")
    mentor = make_member("Inês Tavaredo", email="ines@larkmoor.example")
    enrol(mentor, mentor=True)
    until = clock.now().date() + timedelta(days=30)
    guest = Guest(comes_from="Northfen College", until=until)
    invite_members(administrator, addresses=[JO], cohort=network, guest=guest)
    jo = accept_invitation(token_of(path_in_mail("invitation")), full_name="Jo Blake")
    assert (jo.is_guest, jo.guest_from, jo.guest_until) == (True, "Northfen College", until)
    seen = set(Member.objects.visible_to(jo))
    assert mentor in seen
    assert stranger not in seen


def test_invite_page(administrator, client_for, network, organisation):
    client = client_for(administrator)
    bad = client.post(
        reverse("invite_people", args=["larkmoor"]), {"addresses": "jo.blake@larkmoor.example\nnot an address"}
    )
    page = bad.content.decode()
    assert bad.status_code == 422
    assert "1 entry is not an e-mail address: not an address" in page
    assert "jo.blake@larkmoor.example" in page
    typed = "Jo Blake <Jo.Blake@larkmoor.example>; kim@larkmoor.example\nkim@larkmoor.example"
    done = client.post(
        reverse("invite_people", args=["larkmoor"]), {"addresses": typed, "to_network": "on"}, follow=True
    )
    assert "2 invitations are on their way" in done.content.decode()
    assert sorted(mail["to"] for mail in mails("invitation")) == [JO[1], "kim@larkmoor.example"]


def test_guest_fields_need_the_tick(administrator, client_for, organisation):
    organisation.join_as_guest = True
    organisation.save()
    data = {"addresses": JO[1], "guest_from": "Northfen College"}
    page = client_for(administrator).post(reverse("invite_people", args=["larkmoor"]), data)
    assert (page.status_code, "Tick this, or leave" in page.content.decode()) == (422, True)


def test_member_may_not_invite(member, client_for, other_organisation, make_member):
    assert client_for(member).get(reverse("invite_people", args=["larkmoor"])).status_code == 403
    stranger = make_member("Pia Querolt", organisation=other_organisation, is_administrator=True)
    assert client_for(stranger).get(reverse("invite_people", args=["larkmoor"])).status_code == 404
    assert Client().get(reverse("invite_people", args=["larkmoor"])).status_code == 302


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_twenty_rivals_for_one_link_make_one_membership(administrator, network):
    invite_members(administrator, addresses=[JO], cohort=network)
    token = token_of(path_in_mail("invitation"))
    start, results = threading.Barrier(20), []

    def rival() -> None:
        try:
            start.wait()
            accept_invitation(token, full_name="Jo Blake")
            results.append("in")
        except Refused as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=rival) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["in"] + ["invitation_used"] * 19
    assert Member.objects.filter(email=JO[1], state="active").count() == 1
    assert Account.objects.filter(email=JO[1]).count() == 1
    assert Enrolment.objects.count() == 1
    assert Event.objects.filter(verb="member_joined").count() == 1
