"""A group comes about: somebody in a relationship invites another, and all of them say yes before anybody is in."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, NotFound, Refused, enforce
from wayfellow.notifications.actions import notify
from wayfellow.people.availability import listed
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.programmes.places import take_place
from wayfellow.relationships import policy
from wayfellow.relationships.actions.agreements import mine
from wayfellow.relationships.actions.closing import close_request
from wayfellow.relationships.actions.locks import lock_relationship, present
from wayfellow.relationships.actions.telling import names_of, page_of_joining, tell_together
from wayfellow.relationships.actions.versions import write_version
from wayfellow.relationships.actions.waiting import close_entry, offer_freed_places
from wayfellow.relationships.models import (
    Agreement,
    AgreementVersion,
    JoiningConsent,
    JoiningInvitation,
    MentoringRequest,
    Participant,
    Relationship,
    WaitingEntry,
)
from wayfellow.relationships.policy.agreements import newest
from wayfellow.relationships.words import check_length

State = JoiningInvitation.State


@transaction.atomic
def invite_to_relationship(
    actor: Member,
    relationship: Relationship,
    *,
    enrolment: Enrolment,
    role: str,
    words: str = "",
    now: datetime | None = None,
) -> JoiningInvitation:
    """Invite somebody of the programme to join as mentor or mentee. The one who invites has said yes by that.

    Raises:
        Refused: see `why_not_invite_to_relationship`.
        InvalidInput: another role, or words too long.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship, enrolment.pk)
    enrolment = Enrolment.objects.select_related("member__organisation").get(pk=enrolment.pk)
    if role not in Participant.Role.values:
        raise InvalidInput("unknown_role", _("Choose a role."), field="role")
    enforce(policy.why_not_invite_to_relationship(actor, relationship, enrolment, role, now))
    words = check_length(words, field="words", model=JoiningInvitation)
    me = mine(actor, people)
    invitation = JoiningInvitation.objects.create(
        organisation=relationship.organisation,
        relationship=relationship,
        enrolment=enrolment,
        role=role,
        invited_by=me,
        words=words,
        created_at=now,
    )
    _consent(invitation, me, now=now)
    facts = {"who": enrolment.member.full_name, "role_there": role}
    tell_together(
        "joining_asked", present(people), by=me, about=invitation, view="joining", args=(invitation.pk,), **facts
    )
    links = {"page": page_of_joining(invitation)}
    notify("joining_offered", to=enrolment.member, about=invitation, facts=names_of(me.enrolment) | facts, links=links)
    details = {"invitation": invitation.pk}
    record("joining_invited", actor=actor, organisation=relationship.organisation, about=relationship, details=details)
    return invitation


@transaction.atomic
def agree_to_joining(actor: Member, invitation: JoiningInvitation, *, now: datetime | None = None) -> JoiningInvitation:
    """Say yes: as the one who is invited, or as one who is there. With the last yes they are in.

    A mentor who joins gives a place, and the last yes is refused while none is free.

    Raises:
        Refused: see `why_not_agree_to_joining` and, for the last yes, `why_not_join`.
    """
    now = now or clock.now()
    invitation, people = lock_joining(invitation)
    enforce(policy.why_not_agree_to_joining(actor, invitation))
    if invitation.enrolment.member_id == actor.pk:
        invitation.said_yes_at = now
        invitation.save(update_fields=["said_yes_at"])
    else:
        _consent(invitation, mine(actor, people), now=now)
    joined = _let_in_if_all_agree(invitation, people, now=now)
    details = {"invitation": invitation.pk, "joined": joined}
    relationship = invitation.relationship
    record("joining_agreed", actor=actor, organisation=relationship.organisation, about=relationship, details=details)
    return invitation


@transaction.atomic
def decline_joining(actor: Member, invitation: JoiningInvitation, *, now: datetime | None = None) -> JoiningInvitation:
    """Say "not now", as the one who is invited or as one who is there. Who said it is told to nobody.

    Raises:
        Refused: see `why_not_answer_joining`.
    """
    now = now or clock.now()
    invitation, people = lock_joining(invitation)
    enforce(policy.why_not_answer_joining(actor, invitation))
    _close(invitation, people, State.DECLINED, but=actor, now=now)
    relationship = invitation.relationship
    details = {"invitation": invitation.pk}
    record("joining_declined", actor=actor, organisation=relationship.organisation, about=relationship, details=details)
    return invitation


@transaction.atomic
def withdraw_joining(actor: Member, invitation: JoiningInvitation, *, now: datetime | None = None) -> JoiningInvitation:
    """Take an invitation back.

    Raises:
        Refused: see `why_not_withdraw_joining`.
    """
    now = now or clock.now()
    invitation, people = lock_joining(invitation)
    enforce(policy.why_not_withdraw_joining(actor, invitation))
    _close(invitation, people, State.WITHDRAWN, but=actor, now=now)
    relationship = invitation.relationship
    details = {"invitation": invitation.pk}
    record(
        "joining_withdrawn", actor=actor, organisation=relationship.organisation, about=relationship, details=details
    )
    return invitation


def lock_joining(invitation: JoiningInvitation) -> tuple[JoiningInvitation, list[Participant]]:
    """An invitation, its relationship and everybody of both, locked and read afresh.

    Raises:
        NotFound: it is gone.
    """
    relationship, people = lock_relationship(invitation.relationship, invitation.enrolment_id)
    rows = JoiningInvitation.objects.select_related("organisation", "invited_by__enrolment")
    try:
        fresh = rows.lock(invitation.pk)
    except JoiningInvitation.DoesNotExist:
        raise NotFound("joining_gone", _("This is not there any more.")) from None
    fresh.relationship = relationship
    enrolments = Enrolment.objects.select_related("organisation", "member__organisation", "cohort__programme")
    fresh.enrolment = enrolments.get(pk=fresh.enrolment_id)
    return fresh, people


def close_joining(invitation: JoiningInvitation, *, now: datetime) -> None:
    """Close an invitation of somebody who left."""
    invitation, people = lock_joining(invitation)
    if invitation.is_open:
        _close(invitation, people, State.CLOSED, but=None, now=now)
        details = {"invitation": invitation.pk}
        organisation = invitation.organisation
        record("joining_closed", actor=None, organisation=organisation, about=invitation.relationship, details=details)


def _consent(invitation: JoiningInvitation, me: Participant, *, now: datetime) -> None:
    JoiningConsent.objects.create(
        organisation=invitation.organisation, invitation=invitation, participant=me, created_at=now
    )


def _close(
    invitation: JoiningInvitation, people: list[Participant], state: Any, *, but: Member | None, now: datetime
) -> None:
    invitation.state, invitation.closed_at = state, now
    invitation.save(update_fields=["state", "closed_at"])
    invited, by = invitation.enrolment.member, but.pk if but is not None else None
    facts = {"who": invited.full_name, "state": str(state)}
    told = [one for one in present(people) if one.enrolment.member_id != by]
    tell_together("joining_closed", told, about=invitation, view="joining", args=(invitation.pk,), **facts)
    if invited.pk != by and invited.is_active:
        links = {"page": page_of_joining(invitation)}
        facts |= names_of(invitation.invited_by.enrolment) | {"you": True}
        notify("joining_closed", to=invited, about=invitation, facts=facts, links=links)


def _let_in_if_all_agree(invitation: JoiningInvitation, people: list[Participant], *, now: datetime) -> bool:
    here = present(people)
    agreed = set(invitation.consents.values_list("participant", flat=True))
    if invitation.said_yes_at is None or not {one.pk for one in here} <= agreed:
        return False
    relationship, enrolment = invitation.relationship, invitation.enrolment
    enforce(policy.why_not_join(relationship, enrolment, invitation.role, now))
    if invitation.role == Participant.Role.MENTOR and not take_place(enrolment):
        words = _("%(name)s has no free place just now.")
        raise Refused("mentor_at_capacity", words % {"name": enrolment.member.short_name})
    joined = Participant.objects.create(
        organisation=relationship.organisation,
        relationship=relationship,
        enrolment=enrolment,
        role=invitation.role,
        joined_at=now,
    )
    joined.relationship = relationship
    invitation.state, invitation.closed_at = State.JOINED, now
    invitation.save(update_fields=["state", "closed_at"])
    _close_what_waits_between(enrolment, invitation.role, here, now=now)
    everybody = [*here, joined]
    tell_together("joining_joined", everybody, by=joined)
    notify(
        "joining_joined",
        to=enrolment.member,
        about=relationship,
        facts=names_of(enrolment) | {"you": True, "with": listed([one.enrolment.member.short_name for one in here])},
        links={"page": reverse("relationship", args=[relationship.organisation.slug, relationship.pk])},
    )
    _ask_for_signatures(relationship, everybody, now=now)
    return True


def _ask_for_signatures(relationship: Relationship, people: list[Participant], *, now: datetime) -> None:
    agreement = Agreement.objects.filter(relationship=relationship).first()
    version = newest(agreement)
    if agreement is not None and version is not None:
        write_version(agreement, people, version.values, AgreementVersion.Because.JOINED, by=None, now=now)


def _close_what_waits_between(enrolment: Enrolment, role: str, here: list[Participant], *, now: datetime) -> None:
    """Whoever works together now has no open request and no place in line between them."""
    others = [one.enrolment for one in here if one.role != role]
    mine, theirs = ("mentor", "mentee") if role == Participant.Role.MENTOR else ("mentee", "mentor")
    between = Q(**{mine: enrolment, f"{theirs}__in": others})
    enrolments = {enrolment.pk: enrolment} | {one.pk: one for one in others}
    freed: dict[int, Enrolment] = {}
    for request in MentoringRequest.objects.open().filter(between).select_for_update(of=("self",), no_key=True):
        request.mentee, request.mentor = enrolments[request.mentee_id], enrolments[request.mentor_id]
        close_request(request, MentoringRequest.State.EXPIRED, now=now)
        freed[request.mentor_id] = request.mentor
        record("request_closed", actor=None, organisation=enrolment.organisation, about=request)
    for entry in WaitingEntry.objects.in_line().filter(between).select_for_update(of=("self",), no_key=True):
        entry.mentee, entry.mentor = enrolments[entry.mentee_id], enrolments[entry.mentor_id]
        close_entry(entry, WaitingEntry.State.LEFT, now=now)
        freed[entry.mentor_id] = entry.mentor
        record("waiting_list_left", actor=None, organisation=enrolment.organisation, about=entry)
    for mentor in freed.values():
        offer_freed_places(mentor, now=now)
