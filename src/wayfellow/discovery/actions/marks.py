"""Saving and setting aside mentors. Told to nobody: no notice, and no event that somebody else could read."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django_tasks import task

from wayfellow.core import clock
from wayfellow.core.errors import enforce
from wayfellow.discovery import policy
from wayfellow.discovery.models import MentorMark
from wayfellow.discovery.queries.candidates import limits_for
from wayfellow.jobs.batches import each_alone
from wayfellow.notifications.actions import notify
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment


def save_mentor(actor: Member, mentor: Enrolment) -> MentorMark:
    """Keep a mentor for later.

    Raises:
        Refused: it is oneself, or no mentor.
    """
    return _mark(actor, mentor, MentorMark.Kind.SAVED)


def tell_me_when_back(actor: Member, mentor: Enrolment) -> MentorMark:
    """Save a mentor who is away, and be told once when they can be asked again.

    Raises:
        Refused: it is oneself, no mentor, or somebody who is not away.
    """
    enforce(policy.why_not_tell_me_when_back(actor, mentor, clock.now()))
    return _mark(actor, mentor, MentorMark.Kind.SAVED, tell_when_back=True)


def dismiss_mentor(actor: Member, mentor: Enrolment) -> MentorMark:
    """Do not suggest a mentor any more; they can still be found by name.

    Raises:
        Refused: it is oneself, or no mentor.
    """
    return _mark(actor, mentor, MentorMark.Kind.DISMISSED)


def unmark_mentor(actor: Member, mentor: Enrolment) -> None:
    """Neither saved nor set aside; no matter if there was no mark."""
    MentorMark.objects.filter(member=actor, mentor=mentor).delete()


@transaction.atomic
def _mark(actor: Member, mentor: Enrolment, kind: MentorMark.Kind, *, tell_when_back: bool = False) -> MentorMark:
    enforce(policy.why_not_mark_mentor(actor, mentor))
    mark, _ = MentorMark.objects.update_or_create(
        member=actor,
        mentor=mentor,
        defaults={"kind": kind, "tell_when_back": tell_when_back, "organisation_id": actor.organisation_id},
    )
    return mark


def tell_who_is_back(*, now: datetime | None = None) -> None:
    """Tell those who wanted to know that a mentor is not away any more, once each.

    Who cannot find the mentor now, for one has left or blocked the other, is not told.
    """
    now = now or clock.now()
    rows = MentorMark.objects.filter(tell_when_back=True).exclude(mentor__away_until__gt=now.date())
    due = rows.select_related("member__organisation", "mentor__member").order_by("pk")
    each_alone(due, lambda mark: _tell(mark, now=now), "mentor who is back")


def _tell(mark: MentorMark, *, now: datetime) -> None:
    if not MentorMark.objects.filter(pk=mark.pk, tell_when_back=True).update(tell_when_back=False):
        return
    if mark.member.is_active and mark.mentor_id in limits_for(mark.member, now=now, among=[mark.mentor_id]):
        back = mark.mentor.member
        page = reverse("mentor", args=[mark.member.organisation.slug, mark.mentor_id])
        facts = {"name": back.short_name, "full_name": back.full_name}
        notify("mentor_back", to=mark.member, about=mark.mentor, facts=facts, links={"page": page})


@task()
def tell_who_is_back_job() -> None:
    tell_who_is_back()
