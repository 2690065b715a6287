"""What an administrator does with a member's account: facts, roles, closing and opening again."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import Conflict, InvalidInput, Refused, enforce
from wayfellow.notifications.actions import notify, send_mail
from wayfellow.people import policy
from wayfellow.people.actions.invitations import first_language, withdraw_for_new_address
from wayfellow.people.models import Invitation, Member, Organisation
from wayfellow.search.actions import touch


@transaction.atomic
def change_member(actor: Member, member: Member, *, values: dict[str, Any]) -> list[str]:
    """Change what the organisation knows of a member. The record names the fields, never what they say.

    Args:
        values: field names of `Member` and what they become, already checked by the form.

    Returns:
        The names of the fields that changed.

    Raises:
        Conflict: the address or the employee number is another member's.
        InvalidInput: the manager would be, in the end, their own.
    """
    Organisation.objects.lock(member.organisation_id)
    member = Member.objects.lock(member.pk)
    changed = sorted(name for name, value in values.items() if getattr(member, name) != value)
    others = Member.objects.filter(organisation=member.organisation_id).exclude(pk=member.pk)
    if "email" in changed and others.filter(email__iexact=values["email"]).exists():
        raise Conflict("email_taken", _("Another person here has this address."), field="email")
    number = values.get("employee_number", "")
    if "employee_number" in changed and number and others.filter(employee_number=number).exists():
        raise Conflict("number_taken", _("Another person here has this number."), field="employee_number")
    if "manager" in changed:
        _refuse_circle(member, values["manager"])
    for name in changed:
        setattr(member, name, values[name])
    if changed:
        member.save(update_fields=changed)
        if "email" in changed:
            withdraw_for_new_address([member])
        touch(member)
        details = {"fields": changed}
        record("member_changed", actor=actor, organisation=member.organisation, about=member, details=details)
    return changed


@transaction.atomic
def make_administrator(actor: Member, member: Member) -> None:
    """Let a member run the organisation's people and settings.

    Raises:
        Refused: they have not joined, or are a guest.
    """
    member = Member.objects.lock(member.pk)
    enforce(policy.why_not_make_administrator(member))
    _give(actor, member, role="administrator", field="is_administrator", value=True)


@transaction.atomic
def unmake_administrator(actor: Member, member: Member) -> None:
    """Take that role back.

    Raises:
        Refused: last_administrator.
    """
    [member] = lock_among_administrators(member.organisation_id, [member])
    enforce(policy.why_not_unmake_administrator(member))
    _give(actor, member, role="administrator", field="is_administrator", value=False)


@transaction.atomic
def make_safeguarding_lead(actor: Member, member: Member) -> None:
    """Let a member receive reports of harm.

    Raises:
        Refused: they have not joined, or are a guest.
    """
    member = Member.objects.lock(member.pk)
    enforce(policy.why_not_make_administrator(member))
    _give(actor, member, role="safeguarding_lead", field="is_safeguarding_lead", value=True)


@transaction.atomic
def unmake_safeguarding_lead(actor: Member, member: Member) -> None:
    """Take that role back."""
    member = Member.objects.lock(member.pk)
    _give(actor, member, role="safeguarding_lead", field="is_safeguarding_lead", value=False)


@transaction.atomic
def close_member(actor: Member | None, member: Member) -> None:
    """End a membership: the person sees nothing here any more, and what they had open is ended (event `member_left`).

    Args:
        actor: who closes it; None when a guest's time is over.

    Raises:
        Refused: already_closed or last_administrator.
    """
    [member] = lock_among_administrators(member.organisation_id, [member])
    enforce(policy.why_not_close_member(member))
    _close(member)
    own = actor is not None and actor.pk == member.pk
    by = "system" if actor is None else "self" if own else "administrator"
    record("member_left", actor=actor, organisation=member.organisation, about=member, details={"by": by})


@transaction.atomic
def close_members(actor: Member, members: Iterable[Member]) -> list[Member]:
    """Close several accounts, or none: one event for each, because others act on it.

    Raises:
        Refused: one of them cannot be closed; it says who.
    """
    closed = []
    for member in lock_among_administrators(actor.organisation_id, members):
        refusal = policy.why_not_close_member(member)
        if refusal is not None and refusal.code == "already_closed":
            continue
        if refusal is not None:
            raise Refused(refusal.code, _("%(name)s: %(why)s") % {"name": member.full_name, "why": refusal.message})
        _close(member)
        closed.append(member)
    for member in closed:
        details = {"by": "administrator"}
        record("member_left", actor=actor, organisation=actor.organisation, about=member, details=details)
    return closed


@transaction.atomic
def reopen_member(actor: Member, member: Member) -> None:
    """Let somebody who left in again; who never had an account is listed and can be invited.

    Raises:
        Refused: they did not leave, or asked to be forgotten.
    """
    member = Member.objects.lock(member.pk)
    enforce(policy.why_not_reopen_member(member))
    member.state = Member.State.ACTIVE if member.account_id else Member.State.LISTED
    member.left_at = None
    if member.guest_until is not None and member.guest_until < member.organisation.today(clock.now()):
        member.guest_until = None
    member.save(update_fields=["state", "left_at", "guest_until"])
    touch(member)
    record("member_reopened", actor=actor, organisation=member.organisation, about=member)


def _give(actor: Member, member: Member, *, role: str, field: str, value: bool) -> None:
    if getattr(member, field) == value:
        return
    setattr(member, field, value)
    member.save(update_fields=[field])
    if member.pk != actor.pk and member.is_active:
        facts = {"role": role, "given": value, "by": actor.full_name}
        page = reverse("front")
        notify("role_changed", to=member, about=member, facts=facts, links={"page": page})
    verb = f"{role}_made" if value else f"{role}_unmade"
    record(verb, actor=actor, organisation=member.organisation, about=member)


def _close(member: Member) -> None:
    had_account = member.account_id is not None
    member.state = Member.State.LEFT
    member.left_at = clock.now()
    member.is_administrator = member.is_safeguarding_lead = False
    member.save(update_fields=["state", "left_at", "is_administrator", "is_safeguarding_lead"])
    member.invitations.filter(state=Invitation.State.OPEN).update(state=Invitation.State.WITHDRAWN)
    touch(member)
    if had_account:
        send_mail(
            to=member.email,
            template="people/mail/account_closed",
            facts={"name": member.short_name, "help": member.organisation.help_email, "link": settings.BASE_URL},
            organisation=member.organisation,
            key=f"account-closed:{member.pk}:{member.left_at.timestamp()}",
            language=first_language(member.organisation),
        )


def lock_among_administrators(organisation_id: int, members: Iterable[Member]) -> list[Member]:
    """The members, locked together with all administrators, so that two cannot unmake each other at once."""
    wanted = {member.pk for member in members}
    administrators = Member.objects.filter(organisation=organisation_id, is_administrator=True)
    locked = Member.objects.lock_all([*administrators.values_list("pk", flat=True), *wanted])
    return [row for row in locked if row.pk in wanted]


def _refuse_circle(member: Member, manager: Member | None) -> None:
    above = dict(Member.objects.filter(organisation=member.organisation_id).values_list("pk", "manager"))
    at, seen = manager.pk if manager else None, set()
    while at is not None and at not in seen:
        if at == member.pk:
            raise InvalidInput(
                "manager_circle", _("That would make them, in the end, their own manager."), field="manager"
            )
        seen.add(at)
        at = above.get(at)
