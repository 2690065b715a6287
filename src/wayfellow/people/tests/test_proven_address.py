"""A link proves the mailbox it was sent to, and signs in nobody else."""

import pytest
from django.test import Client

from wayfellow.core.errors import Refused
from wayfellow.people.actions.invitations import accept_invitation, invite_members
from wayfellow.people.actions.joining import ask_to_join, join_with_email
from wayfellow.people.actions.members import change_member, close_member
from wayfellow.people.importing.applying import apply_some
from wayfellow.people.models import ImportRow, Invitation, Member, MemberImport
from wayfellow.people.tests.mails import path_in_mail

MINE = ("Leif Holmqvarn", "leif.holmqvarn@larkmoor.example")


@pytest.fixture
def zofia(make_member, other_organisation):
    """Somebody who has an account, in another organisation only."""
    return make_member("Zofia Wilk", organisation=other_organisation)


def token_of(path):
    return path.strip("/").split("/")[-1]


def invited(administrator):
    invite_members(administrator, addresses=[MINE])
    return Member.objects.get(email=MINE[1])


def test_an_invitation_dies_when_the_address_becomes_another(administrator, zofia):
    member = invited(administrator)
    path = path_in_mail("invitation")
    change_member(administrator, member, values={"email": zofia.email})
    client = Client()
    assert client.post(path, {"full_name": "Leif Holmqvarn"}).status_code == 410
    assert "_auth_user_id" not in client.session
    member.refresh_from_db()
    assert (member.state, member.account) == (Member.State.LISTED, None)


def test_an_invitation_dies_when_an_import_changes_the_address(administrator, zofia):
    member = invited(administrator)
    Member.objects.filter(pk=member.pk).update(employee_number="L-1")
    imported = MemberImport.objects.create(
        organisation=administrator.organisation, started_by=administrator, state=MemberImport.State.APPLYING
    )
    ImportRow.objects.create(
        organisation=administrator.organisation,
        member_import=imported,
        line=2,
        result=ImportRow.Result.CHANGE,
        email=zofia.email,
        values={"employee_number": "L-1", "email": zofia.email},
        changes=[{"field": "email", "old": MINE[1], "new": zofia.email}],
    )
    apply_some(imported.pk, imported.turn)
    member.refresh_from_db()
    assert (member.email, member.state) == (zofia.email, Member.State.LISTED)
    assert Invitation.objects.get().state == Invitation.State.WITHDRAWN


def test_who_left_and_is_invited_at_another_address_gets_another_account(administrator, member):
    account = member.account
    close_member(administrator, member)
    change_member(administrator, member, values={"email": MINE[1]})
    invite_members(administrator, members=[member])
    back = accept_invitation(token_of(path_in_mail("invitation")), full_name="Amara Oyelunde")
    assert back.pk == member.pk
    assert back.account != account
    assert back.account.email == MINE[1]


def test_a_join_link_does_not_sign_in_somebody_who_is_here_with_another_address(administrator, member, organisation):
    organisation.join_by_domain, organisation.domains = True, ["larkmoor.example"]
    organisation.save()
    ask_to_join(organisation, full_name=MINE[0], email=MINE[1])
    change_member(administrator, member, values={"email": MINE[1]})
    with pytest.raises(Refused) as refused:
        join_with_email(token_of(path_in_mail("join_link")), full_name=MINE[0])
    assert refused.value.code == "already_here"
