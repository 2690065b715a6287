"""Signing in with the address that the organisation has by now."""

from django.test import Client
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.people.actions.members import change_member
from wayfellow.people.tests.mails import mails, path_in_mail

NEW = "amara.new@larkmoor.example"


def test_changing_the_address_of_a_member_does_not_open_their_account(administrator, member):
    old = member.account.email
    change_member(administrator, member, values={"email": NEW})
    Client().post(reverse("request_code"), {"email": NEW})
    assert [mail["template"] for mail in mails()] == ["people/mail/unknown_account"]
    member.account.refresh_from_db()
    assert member.account.email == old


def test_member_and_new_mailbox_together_change_it(administrator, member, client_for):
    change_member(administrator, member, values={"email": NEW})
    client = client_for(member)
    assert "Sign in with that address from now on" in client.get(reverse("account", args=["larkmoor"])).content.decode()
    client.post(reverse("use_address", args=["larkmoor"]))
    member.account.refresh_from_db()
    assert member.account.email != NEW
    mailbox = Client()
    assert NEW in mailbox.get(path_in_mail("new_address")).content.decode()
    mailbox.post(path_in_mail("new_address"))
    member.account.refresh_from_db()
    assert member.account.email == NEW
    assert mailbox.session["_auth_user_id"] == str(member.account_id)
    assert Event.objects.filter(verb="sign_in_address_changed").count() == 1
    assert client.post(reverse("use_address", args=["larkmoor"])).status_code == 403


def test_address_of_another_account_is_refused(administrator, member, client_for, make_member, other_organisation):
    make_member("Pia Querolt", organisation=other_organisation, email=NEW)
    change_member(administrator, member, values={"email": NEW})
    page = client_for(member).post(reverse("use_address", args=["larkmoor"]))
    assert (page.status_code, "Another account has this address" in page.content.decode()) == (403, True)


def test_a_link_to_an_address_that_was_changed_again_is_refused(administrator, member, client_for):
    change_member(administrator, member, values={"email": NEW})
    client_for(member).post(reverse("use_address", args=["larkmoor"]))
    change_member(administrator, member, values={"email": "amara.newest@larkmoor.example"})
    mailbox = Client()
    assert mailbox.post(path_in_mail("new_address")).status_code == 410
    assert "_auth_user_id" not in mailbox.session
