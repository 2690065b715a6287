"""Notices of this subject: to whom, about what, with which addresses. The words are in `notices.py` and the mails."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from wayfellow.notifications.actions import notify
from wayfellow.notifications.links import make_link
from wayfellow.people.availability import listed
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import JoiningInvitation, MentoringRequest, Participant, Relationship, WaitingEntry

LINK_OUTLIVES_REQUEST = timedelta(days=14)
ANSWER_PURPOSE = "answer_request"


def tell_of_request(kind: str, request: MentoringRequest, to: Enrolment, **facts: Any) -> None:
    """Tell one of the two people of a request something about it."""
    other = request.mentor if to.pk == request.mentee_id else request.mentee
    links = {"page": reverse("answer", args=[request.organisation.slug, request.pk])}
    if kind in ("request_received", "offer_received", "request_reminder") and to.pk == request.receiver.pk:
        links |= answer_links(request, to)
    asked = to.pk == request.mentee_id and not request.is_offer
    facts = names_of(other) | {"offer": request.is_offer, "asked": asked} | facts
    notify(kind, to=to.member, about=request, facts=facts, links=links)


def answer_links(request: MentoringRequest, to: Enrolment) -> dict[str, str]:
    """Addresses that answer without signing in. Each opens a page that asks once more; together they work once."""
    assert request.expires_at is not None  # noqa: S101 (a pending request has one: see its constraint)
    expires_at = request.expires_at + LINK_OUTLIVES_REQUEST
    token = make_link(member=to.member, purpose=ANSWER_PURPOSE, about=request, expires_at=expires_at)
    address = reverse("answer_from_mail", args=[token])
    return {"accept": address, "decline": f"{address}?card=decline"}


def tell_of_place(kind: str, entry: WaitingEntry, **facts: Any) -> None:
    """Tell somebody who waits what became of their place in line."""
    page = reverse("send_request", args=[entry.organisation.slug, entry.mentor_id])
    if kind == "place_lapsed":
        page = reverse("mentoring", args=[entry.organisation.slug]) + "?tab=waiting"
    notify(kind, to=entry.mentee.member, about=entry, facts=names_of(entry.mentor) | facts, links={"page": page})


def tell_of_relationship(kind: str, relationship: Relationship, to: Enrolment, other: Enrolment, **facts: Any) -> None:
    """Tell one of two people who work together something."""
    page = reverse("relationship", args=[relationship.organisation.slug, relationship.pk])
    role = relationship.participants.get(enrolment=other).role
    facts = names_of(other) | {"role": role} | facts
    notify(kind, to=to.member, about=relationship, facts=facts, links={"page": page})


def tell_together(
    kind: str,
    people: list[Participant],
    *,
    by: Participant | None = None,
    about: Any = None,
    view: str = "relationship",
    args: tuple[Any, ...] = (),
    each: Callable[[Participant], dict[str, Any]] = lambda one: {},
    **facts: Any,
) -> None:
    """Tell everybody of these but whoever did it; of what nobody did, all. A notice names those who are meant.

    Args:
        people: who is told.
        by: who did it.
        about: the row it is about; the relationship when nothing is said.
        view: where it leads, with the relationship's key and `args`.
        each: what is said to one of them alone.
    """
    for one in people:
        if (by is not None and one.pk == by.pk) or not one.enrolment.member.is_active:
            continue
        relationship = one.relationship
        page = reverse(view, args=[relationship.organisation.slug, relationship.pk, *args])
        others = [other.enrolment.member.short_name for other in people if other.pk != one.pk]
        named = names_of(by.enrolment) | {"role": by.role} if by is not None else {}
        told = {"with": listed(others)} | named | facts | each(one)
        notify(kind, to=one.enrolment.member, about=about or relationship, facts=told, links={"page": page})


def page_of_joining(invitation: JoiningInvitation) -> str:
    """Where somebody who is invited answers."""
    relationship = invitation.relationship
    return reverse("joining", args=[relationship.organisation.slug, relationship.pk, invitation.pk])


def names_of(enrolment: Enrolment) -> dict[str, Any]:
    """How the other person is called in a notice."""
    return {"name": enrolment.member.short_name, "full_name": enrolment.member.full_name}
