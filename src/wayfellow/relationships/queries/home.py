"""What of agreements, looking back, joining and coming back waits for a member, over all their relationships."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.people.availability import listed
from wayfellow.people.models import Member
from wayfellow.relationships.models import (
    AgreementAnswers,
    AgreementVersion,
    JoiningConsent,
    JoiningInvitation,
    Participant,
    Relationship,
    Review,
    ReviewAnswers,
    Signature,
)
from wayfellow.relationships.policy.pairs import OPEN

ENDS_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Waits:
    """One thing that waits for somebody.

    Attributes:
        kind: agreement, sign, review, joining or ends.
        words: what it is, in a sentence.
        url: where to do it.
        since: since when it waits.
        until: the day by which it matters, if there is one.
        relationship: whose it is; 0 for an invitation into one that is not theirs yet.
    """

    kind: str
    words: str
    url: str
    since: datetime
    until: date | None = None
    relationship: int = 0


def coming_up(member: Member, *, now: datetime) -> list[Waits]:
    """What waits for this member, oldest first. A fixed number of queries, however many relationships there are."""
    mine = Participant.objects.present().filter(enrolment__member=member)
    rows = Relationship.objects.filter(pk__in=mine.values("relationship"), state__in=OPEN).annotate(
        has_filled_in=Exists(
            AgreementAnswers.objects.filter(
                agreement__relationship=OuterRef("pk"), participant__enrolment__member=member, done_at__isnull=False
            )
        ),
        has_text=Exists(AgreementVersion.objects.filter(agreement__relationship=OuterRef("pk"))),
    )
    found = list(rows.select_related("organisation").prefetch_related("participants__enrolment__member"))
    by_pk = {one.pk: one for one in found}
    waits = [*_to_sign(by_pk, member), *_to_review(by_pk, member, now=now), *_to_join(member)]
    for one in found:
        if one.state == Relationship.State.ACTIVE and not one.has_filled_in and not one.has_text:
            words = _("Fill in your side of the agreement with %(names)s") % {"names": _others(one, member)}
            waits.append(Waits("agreement", words, _page("agreement", one), one.opened_at, relationship=one.pk))
        if one.ends_on is not None and one.ends_on <= one.organisation.today(now) + ENDS_SOON:
            words = _("With %(names)s it ends by itself soon: say goodbye, or agree on a later day")
            url = _page("agreement", one)
            since = now - timedelta(seconds=1)
            names = {"names": _others(one, member)}
            waits.append(Waits("ends", words % names, url, since, until=one.ends_on, relationship=one.pk))
    return sorted(waits, key=lambda one: one.since)


def _to_sign(by_pk: dict[int, Relationship], member: Member) -> list[Waits]:
    newer = AgreementVersion.objects.filter(
        agreement=OuterRef("agreement"), dropped_at__isnull=True, number__gt=OuterRef("number")
    )
    mine = Signature.objects.filter(version=OuterRef("pk"), participant__enrolment__member=member)
    rows = AgreementVersion.objects.filter(
        agreement__relationship__in=list(by_pk), in_force_at__isnull=True, dropped_at__isnull=True
    ).exclude(Exists(newer))
    rows = rows.exclude(Exists(mine)).select_related("agreement")
    found = []
    for version in rows:
        one = by_pk[version.agreement.relationship_id]
        words = _("Read version %(n)d of the agreement with %(names)s, and sign or change it")
        said = words % {"n": version.number, "names": _others(one, member)}
        found.append(Waits("sign", said, _page("agreement", one), version.created_at, relationship=one.pk))
    return found


def _to_review(by_pk: dict[int, Relationship], member: Member, *, now: datetime) -> list[Waits]:
    mine = ReviewAnswers.objects.filter(
        review=OuterRef("pk"), participant__enrolment__member=member, done_at__isnull=False
    )
    rows = Review.objects.filter(relationship__in=list(by_pk), shown_at__isnull=True).exclude(Exists(mine))
    found = []
    for review in rows:
        one = by_pk[review.relationship_id]
        words = _("Look back with %(names)s, point by point") % {"names": _others(one, member)}
        url = reverse("review", args=[one.organisation.slug, one.pk, review.pk])
        found.append(Waits("review", words, url, review.opened_at, relationship=one.pk))
    return found


def _to_join(member: Member) -> list[Waits]:
    agreed = JoiningConsent.objects.filter(invitation=OuterRef("pk"), participant__enrolment__member=member)
    rows = JoiningInvitation.objects.visible_to(member).open().exclude(Exists(agreed))
    rows = rows.exclude(Q(enrolment__member=member, said_yes_at__isnull=False))
    found = []
    for row in rows.select_related("organisation", "enrolment__member", "invited_by__enrolment__member"):
        invited = row.enrolment.member_id == member.pk
        if invited:
            words = _("%(name)s invites you to join") % {"name": row.invited_by.enrolment.member.short_name}
        else:
            words = _("May %(name)s join you?") % {"name": row.enrolment.member.short_name}
        url = reverse("joining", args=[row.organisation.slug, row.relationship_id, row.pk])
        pk = 0 if invited else row.relationship_id
        found.append(Waits("joining", words, url, row.created_at, relationship=pk))
    return found


def _others(relationship: Relationship, member: Member) -> str:
    people = [one.enrolment.member for one in relationship.participants.all() if one.is_present]
    return listed([one.short_name for one in people if one.pk != member.pk])


def _page(view: str, relationship: Relationship) -> str:
    return reverse(view, args=[relationship.organisation.slug, relationship.pk])
