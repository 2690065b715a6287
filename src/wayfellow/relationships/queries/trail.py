"""What happened between the people of a relationship, newest first, as one of them reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wayfellow.people.models import Member
from wayfellow.relationships.models import MentoringRequest, Participant, Relationship


@dataclass(frozen=True)
class Step:
    """One step on the way: whose (`mentor`, `mentee` or `both`), what, when."""

    whose: str
    text: str
    at: datetime


class Names:
    """How the people of a relationship are called by one of them."""

    def __init__(self, people: list[Participant], reader: Member) -> None:
        self.people, self.reader = people, reader

    def step(self, who: Participant | None, mine: str, theirs: str, at: datetime) -> Step:
        """What one of them did: `mine` if the reader did it, `theirs` with the name otherwise."""
        if who is None:
            return Step("both", theirs % {"name": _("Somebody")}, at)
        member = who.enrolment.member
        text = mine if member.pk == self.reader.pk else theirs % {"name": member.short_name}
        return Step(who.role, text, at)

    def of_member(self, member_id: int | None) -> Participant | None:
        """The place of a member."""
        return next((one for one in self.people if one.enrolment.member_id == member_id), None)

    def of_enrolment(self, enrolment_id: int) -> Participant | None:
        """The place of an enrolment."""
        return next((one for one in self.people if one.enrolment_id == enrolment_id), None)


def trail_of(relationship: Relationship, *, reader: Member) -> list[Step]:
    """The steps of a relationship from its request on. Asks nothing more of the database than its prefetched people."""
    names = names_in(relationship, reader)
    steps = [
        *_steps_of_request(relationship.request, names),
        Step("both", _("Your page opened"), relationship.opened_at),
    ]
    me = names.of_member(reader.pk)
    until = me.left_at if me is not None else None
    for one in names.people:
        if one.joined_at is not None:
            steps.append(names.step(one, _("You joined"), _("%(name)s joined"), one.joined_at))
        if one.left_at is not None:
            steps.append(names.step(one, _("You left"), _("%(name)s left"), one.left_at))
    if relationship.paused_at is not None:
        steps.append(Step("both", _("Paused"), relationship.paused_at))
    if relationship.ended_at is not None:
        steps.append(_end_of(relationship, names))
    steps = [step for step in steps if until is None or step.at <= until]
    return sorted(steps, key=lambda step: step.at)[::-1]


def names_in(relationship: Relationship, reader: Member) -> Names:
    """The prefetched people of a relationship, for saying who did what."""
    return Names(list(relationship.participants.all()), reader)


def _end_of(relationship: Relationship, names: Names) -> Step:
    at = relationship.ended_at
    assert at is not None  # noqa: S101 (asked for by the caller)
    who = names.of_member(relationship.ended_by_id)
    completed = relationship.state == Relationship.State.COMPLETED
    if who is None:
        return Step("both", _("Completed") if completed else _("Ended"), at)
    if completed:
        return names.step(who, _("You completed it"), _("%(name)s completed it"), at)
    return names.step(who, _("You stopped here"), _("%(name)s stopped here"), at)


def _steps_of_request(request: Any, names: Names) -> list[Step]:
    if request is None or request.sent_at is None:
        return []
    sender, receiver = names.of_enrolment(request.sender.pk), names.of_enrolment(request.receiver.pk)
    wrote = (_("You offered"), _("%(name)s offered")) if request.is_offer else (_("You asked"), _("%(name)s asked"))
    steps = [names.step(sender, *wrote, request.sent_at)]
    question = getattr(request, "question", None)
    if question is not None:
        steps.append(names.step(receiver, _("You had a question"), _("%(name)s had a question"), question.asked_at))
        if question.answered_at is not None:
            answered = (_("You answered it"), _("%(name)s answered it"))
            steps.append(names.step(sender, *answered, question.answered_at))
    if request.state == MentoringRequest.State.ACCEPTED and request.answered_at is not None:
        steps.append(names.step(receiver, _("You said yes"), _("%(name)s said yes"), request.answered_at))
    return steps
