"""Inviting people, and what becomes of an invitation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import Refused, enforce
from wayfellow.core.languages import spoken
from wayfellow.notifications.actions import notify, send_mail
from wayfellow.people import policy
from wayfellow.people.actions.organisations import name_from_address
from wayfellow.people.models import Account, Invitation, Member, Organisation
from wayfellow.people.tokens import digest_of, new_token
from wayfellow.search.actions import touch

INVITATION_DAYS = 14


@dataclass(frozen=True)
class Guest:
    """How somebody from elsewhere is here: where they come from, and until when."""

    comes_from: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Invited:
    """What came of inviting several people: the invitations, and who is here already."""

    invitations: list[Invitation]
    already_here: list[Member]


@transaction.atomic
def invite_members(
    actor: Member,
    *,
    addresses: Iterable[tuple[str, str]] = (),
    members: Iterable[Member] = (),
    cohort: Any | None = None,
    guest: Guest | None = None,
    note: str = "",
) -> Invited:
    """Invite people by mail, each with a link of their own; an open invitation of theirs is replaced.

    Args:
        addresses: (name or nothing, e-mail in lower case) of people who may be new.
        members: people who are listed already.
        cohort: what they are enrolled in when they accept.
        guest: they come as guests.
        note: a word to them.
    """
    organisation = Organisation.objects.lock(actor.organisation_id)
    now = clock.now()
    people = [row for row in Member.objects.lock_all(m.pk for m in members) if row.organisation_id == organisation.pk]
    people += [listed_member(organisation, name=name, email=email) for name, email in addresses]
    invitations, already_here = [], []
    for member in {member.pk: member for member in people}.values():
        if policy.why_not_invite_member(member) is not None:
            already_here.append(member)
            continue
        member.organisation = organisation
        if guest is not None:
            member.is_guest, member.guest_from, member.guest_until = True, guest.comes_from, guest.until
        invitations.append(write_invitation(actor, member, cohort=cohort, note=note, now=now))
    if invitations:
        details = {"people": len(invitations), "as_guests": guest is not None}
        record("members_invited", actor=actor, organisation=organisation, details=details)
    return Invited(invitations, already_here)


@transaction.atomic
def invite_again(actor: Member, members: Iterable[Member]) -> Invited:
    """Send a new link; the old one dies. The note and the cohort of the last invitation are kept."""
    now = clock.now()
    invitations, already_here = [], []
    for member in Member.objects.lock_all(m.pk for m in members):
        if policy.why_not_invite_member(member) is not None:
            already_here.append(member)
            continue
        member.organisation = actor.organisation
        last = member.invitations.order_by("-pk").select_related("cohort").first()
        cohort, note = (last.cohort, last.note) if last else (None, "")
        invitations.append(write_invitation(actor, member, cohort=cohort, note=note, now=now))
    if invitations:
        details = {"people": len(invitations)}
        record("members_invited_again", actor=actor, organisation=actor.organisation, details=details)
    return Invited(invitations, already_here)


@transaction.atomic
def withdraw_invitation(actor: Member, invitation: Invitation) -> None:
    """Take an invitation back; its link says so from now on.

    Raises:
        Refused: it was accepted or taken back already.
    """
    member = Member.objects.lock(invitation.member_id)
    invitation = Invitation.objects.lock(invitation.pk)
    enforce(policy.why_not_withdraw_invitation(invitation))
    invitation.state = Invitation.State.WITHDRAWN
    invitation.save(update_fields=["state"])
    if member.state == Member.State.INVITED:
        member.state = Member.State.LISTED
        member.save(update_fields=["state"])
    record("invitation_withdrawn", actor=actor, organisation=member.organisation, about=member)


@transaction.atomic
def accept_invitation(token: str, *, full_name: str) -> Member:
    """Join by an invitation. Of many who try at once with one link, one gets in.

    Raises:
        Refused: invitation_unknown, invitation_used, invitation_withdrawn or invitation_expired; or already_here,
            when the address belongs to another member.
    """
    now = clock.now()
    known = Invitation.objects.filter(token_digest=digest_of(token)).first()
    enforce(policy.why_not_accept_invitation(known, now=now))
    assert known is not None  # noqa: S101  the policy has refused None
    member = Member.objects.lock(known.member_id)  # before the invitation, as everybody does who invites
    invitation = Invitation.objects.lock(known.pk)
    enforce(policy.why_not_accept_invitation(invitation, now=now))
    invitation.state = Invitation.State.ACCEPTED
    invitation.accepted_at = now
    invitation.save(update_fields=["state", "accepted_at"])
    let_in(member, cohort=invitation.cohort, full_name=full_name, now=now)
    inviter = invitation.invited_by
    if inviter is not None and inviter.is_active:
        facts = {"name": member.full_name}
        page = reverse("member_admin", args=[member.organisation.slug, member.pk])
        notify("invitation_accepted", to=inviter, about=member, facts=facts, links={"page": page})
    record("member_joined", actor=member, organisation=member.organisation, about=member, details={"by": "invitation"})
    return member


def let_in(member: Member, *, cohort: Any | None, full_name: str, now: datetime) -> None:
    """Make a locked member active, with an account, enrolled in the cohort. The caller records it.

    The link has proven the member's address, so the account is the one of that address and no other.

    Raises:
        Refused: already_here, when the account of this address is another member of the organisation, or the member is
            here with another address.
    """
    account = Account.objects.filter(email__iexact=member.email).first()
    if member.is_active and member.account != account:
        raise Refused("already_here", policy.ALREADY_HERE)
    if account is None:
        account = Account.objects.create_account(member.email)
    twins = Member.objects.filter(organisation=member.organisation_id, account=account).exclude(pk=member.pk)
    if twins.exists():
        raise Refused("already_here", policy.ALREADY_HERE)
    if full_name and full_name != member.full_name:
        member.full_name, member.first_name, member.last_name = full_name, "", ""
    member.account = account
    member.state = Member.State.ACTIVE
    member.joined_at = member.joined_at or now
    member.left_at = None
    member.save()
    if cohort is not None:
        cohort.enrolments.get_or_create(member=member, defaults={"organisation": member.organisation})
    touch(member)


def listed_member(organisation: Organisation, *, name: str, email: str) -> Member:
    """The member with this address, or a new one who has not joined."""
    member = Member.objects.filter(organisation=organisation, email__iexact=email).first()
    if member is not None:
        return Member.objects.lock(member.pk)
    full_name = name or name_from_address(email)
    return Member.objects.create(organisation=organisation, full_name=full_name, email=email)


def write_invitation(actor: Member, member: Member, *, cohort: Any | None, note: str, now: datetime) -> Invitation:
    """An invitation with a fresh link, on its way by mail; earlier links die. The caller has locked the member."""
    member.invitations.filter(state=Invitation.State.OPEN).update(state=Invitation.State.WITHDRAWN)
    token, digest = new_token()
    invitation = Invitation.objects.create(
        organisation=member.organisation,
        member=member,
        token_digest=digest,
        cohort=cohort,
        invited_by=actor,
        note=note,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    member.state = Member.State.INVITED
    member.save()
    send_mail(
        to=member.email,
        template="people/mail/invitation",
        facts={
            "name": member.full_name,
            "inviter": actor.full_name,
            "note": note,
            "as_guest": member.is_guest,
            "until": invitation.expires_at,
            "link": settings.BASE_URL + reverse("join", args=[token]),
        },
        organisation=member.organisation,
        key=f"invitation:{invitation.pk}",
        language=first_language(member.organisation),
        secret=True,
    )
    return invitation


def withdraw_for_new_address(members: Iterable[Member]) -> None:
    """Links that were sent to an address which is not these members' any more stop working: whoever holds one has
    proven another mailbox. Who was invited is listed again. The caller has locked the members."""
    pks = [member.pk for member in members]
    Invitation.objects.filter(member__in=pks, state=Invitation.State.OPEN).update(state=Invitation.State.WITHDRAWN)
    Member.objects.filter(pk__in=pks, state=Member.State.INVITED).update(state=Member.State.LISTED)


def first_language(organisation: Organisation) -> str:
    """What to write to somebody whose language is not known yet."""
    return spoken(organisation)
