"""Who may do what with people, invitations and links, and when."""

from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Account, Invitation, JoinRequest, Member, MemberImport, OneTimeLink, Organisation

ALREADY_HERE = _("Somebody with this address is here already.")
MOST_PASSKEYS = 20
CONDUCT_CHANGED = _("The text changed while you were reading. Please read it once more.")


def why_not_invite_member(member: Member) -> Refusal | None:
    """Somebody who is here already needs no invitation; somebody forgotten stays so."""
    if member.forgotten_at is not None:
        return Refusal("member_forgotten", _("This person asked to be forgotten."))
    if member.is_active:
        return Refusal("already_here", _("This person is here already."))
    return None


def why_not_withdraw_invitation(invitation: Invitation) -> Refusal | None:
    """Only an invitation that is open can be taken back."""
    if invitation.state == Invitation.State.ACCEPTED:
        return Refusal("invitation_accepted", _("This invitation was accepted already."))
    if invitation.state == Invitation.State.WITHDRAWN:
        return Refusal("invitation_withdrawn", _("This invitation was taken back already."))
    return None


def why_not_accept_invitation(invitation: Invitation | None, *, now: datetime) -> Refusal | None:
    """The link must be known, open and in time, and its member still wanted."""
    if invitation is None:
        return Refusal("invitation_unknown", _("This link is not one of ours. Perhaps a part of it was cut off."))
    if invitation.state == Invitation.State.ACCEPTED:
        return Refusal("invitation_used", _("This invitation was used already."))
    if invitation.state == Invitation.State.WITHDRAWN:
        return Refusal("invitation_withdrawn", _("This invitation was taken back or replaced by a newer one."))
    if now >= invitation.expires_at:
        return Refusal("invitation_expired", _("This invitation has run out."))
    return None


def why_not_use_link(link: OneTimeLink | None, *, now: datetime) -> Refusal | None:
    """A one-time link must be known, unused and in time."""
    if link is None:
        return Refusal("link_unknown", _("This link is not one of ours. Perhaps a part of it was cut off."))
    if link.used_at is not None:
        return Refusal("link_used", _("This link was used already. Each works once."))
    if now >= link.expires_at:
        return Refusal("link_expired", _("This link has run out."))
    return None


def why_not_answer_join_request(request: JoinRequest) -> Refusal | None:
    """Each is answered once."""
    if request.state != JoinRequest.State.WAITING:
        return Refusal("join_request_answered", _("This was answered already."))
    return None


def why_not_close_member(member: Member) -> Refusal | None:
    """Somebody must stay who can run the organisation."""
    if member.state == Member.State.LEFT:
        return Refusal("already_closed", _("This account is closed already."))
    return why_not_unmake_administrator(member) if member.is_administrator else None


def why_not_reopen_member(member: Member) -> Refusal | None:
    """Only who left can come back; who asked to be forgotten is invited anew."""
    if member.forgotten_at is not None:
        return Refusal("member_forgotten", _("This person asked to be forgotten. Invite them anew if they wish."))
    if member.state != Member.State.LEFT:
        return Refusal("not_closed", _("This account is not closed."))
    return None


def why_not_make_administrator(member: Member) -> Refusal | None:
    """Only somebody who has joined, and is at home here, can run the organisation."""
    if not member.is_active:
        return Refusal("not_joined", _("This person has not joined yet."))
    if member.is_guest:
        return Refusal("is_guest", _("A guest cannot run the organisation. Make them a member first."))
    return None


def why_not_unmake_administrator(member: Member) -> Refusal | None:
    """The last administrator stays one."""
    others = Member.objects.active().filter(organisation=member.organisation_id, is_administrator=True)
    if member.is_administrator and not others.exclude(pk=member.pk).exists():
        return Refusal(
            "last_administrator",
            _("This is the last administrator. Make somebody else one first."),
            instead="make_administrator",
        )
    return None


def why_not_use_address(member: Member) -> Refusal | None:
    """The organisation's address for a member can be their sign-in address unless it is, or is somebody else's."""
    if member.account is None or member.account.email.lower() == member.email.lower():
        return Refusal("same_address", _("You sign in with this address already."))
    if Account.objects.filter(email__iexact=member.email).exists():
        return Refusal("address_taken", _("Another account has this address. Ask an administrator."))
    return None


def why_not_use_link_for_address(link: OneTimeLink, member: Member | None) -> Refusal | None:
    """The address that the link was sent to must still be the one that the organisation has."""
    if member is None or member.email.lower() != link.email.lower():
        return Refusal(
            "address_changed", _("Your organisation has another address for you by now. Ask for a new link.")
        )
    return why_not_use_address(member)


def why_not_edit_profile(actor: Member, member: Member) -> Refusal | None:
    """What somebody says of themselves is theirs alone to write."""
    if actor.pk != member.pk:
        return Refusal("not_yours", _("Only they can write their profile."))
    return None


def why_not_change_job_title(member: Member) -> Refusal | None:
    """Who stands on the organisation's list has the job title of the list."""
    if member.employee_number:
        return Refusal("job_title_kept", _("Your organisation keeps your job title. An administrator can change it."))
    return None


def why_not_map_columns(member_import: MemberImport) -> Refusal | None:
    """Columns can be read otherwise until the import is applied."""
    if member_import.state == MemberImport.State.READING:
        return Refusal("import_reading", _("The file is being read. Wait until that is done."))
    if member_import.state != MemberImport.State.CHECKED:
        return Refusal("import_applied", _("This import has been applied already, so its columns stay as they are."))
    return None


def why_not_apply_import(member_import: MemberImport) -> Refusal | None:
    """Only what was checked, and would change something, can be applied."""
    if member_import.state == MemberImport.State.READING:
        return Refusal("import_reading", _("The file is being read. Wait until that is done."))
    if member_import.state != MemberImport.State.CHECKED:
        return Refusal("import_applied", _("This import has been applied already."))
    if not member_import.to_apply:
        return Refusal("nothing_to_apply", _("There is nobody to create or change."))
    return None


def why_not_stop_import(member_import: MemberImport) -> Refusal | None:
    """Only what is under way can be stopped."""
    if member_import.state != MemberImport.State.APPLYING:
        return Refusal("import_not_applying", _("This import is not under way any more."))
    return None


def why_not_resume_import(member_import: MemberImport, *, job_failed: bool) -> Refusal | None:
    """One that was stopped goes on, and one whose job was given up."""
    if member_import.state == MemberImport.State.STOPPED:
        return None
    if member_import.state == MemberImport.State.APPLYING and job_failed:
        return None
    return Refusal("import_not_stopped", _("This import does not stand still."))


def why_not_discard_import(member_import: MemberImport) -> Refusal | None:
    """What was applied stays in the history."""
    State = MemberImport.State
    if member_import.state in {State.APPLYING, State.STOPPED, State.DONE}:
        return Refusal("import_applied", _("This import has been applied already, so it cannot be thrown away."))
    return None


def why_not_add_totp(factors: QuerySet[Authenticator]) -> Refusal | None:
    """One app gives codes; another takes its place by removing it first."""
    if factors.filter(type=Authenticator.Type.TOTP).exists():
        return Refusal("totp_there", _("An app gives you codes already. Remove it first to set up another."))
    return None


def why_not_add_passkey(factors: QuerySet[Authenticator]) -> Refusal | None:
    """Nobody needs more than a handful."""
    if factors.filter(type=Authenticator.Type.WEBAUTHN).count() >= MOST_PASSKEYS:
        return Refusal("too_many_passkeys", _("You have many passkeys already. Remove one you do not use any more."))
    return None


def why_not_remove_factor(
    factor: Authenticator, factors: QuerySet[Authenticator], *, asked_by: Sequence[Organisation]
) -> Refusal | None:
    """Where an organisation asks for a second factor, the last one stays."""
    if asked_by and not factors.exclude(pk=factor.pk).exists():
        words = _("%(organisation)s asks you for a second factor, and this is your only one. Add another first.")
        return Refusal("factor_asked_for", words % {"organisation": asked_by[0].name})
    return None


def why_not_renew_recovery_codes(factors: QuerySet[Authenticator]) -> Refusal | None:
    """Recovery codes stand in for a second factor."""
    if not factors.exists():
        return Refusal("no_second_factor", _("Set up an app or a passkey first. Recovery codes come with it."))
    return None
