"""What happened between two people, newest first, as one of them reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wayfellow.people.models import Member
from wayfellow.relationships.models import MentoringRequest, Relationship


@dataclass(frozen=True)
class Step:
    """One step on the way: whose (`mentor`, `mentee` or `both`), what, when."""

    whose: str
    text: str
    at: datetime


def trail_of(relationship: Relationship, *, reader: Member) -> list[Step]:
    """The steps of a relationship from its request on. Asks nothing more of the database than its prefetched people."""
    names: dict[str, str] = {}
    for participant in relationship.participants.all():
        member = participant.enrolment.member
        names[participant.role] = "" if member.pk == reader.pk else member.short_name
    steps = _steps_of_request(relationship.request, names)
    steps.append(Step("both", _("Your page opened"), relationship.opened_at))
    if relationship.ended_at is not None:
        whose = next(
            (
                participant.role
                for participant in relationship.participants.all()
                if participant.enrolment.member_id == relationship.ended_by_id
            ),
            "both",
        )
        said = _said(names, whose, _("You stopped here"), _("%(name)s stopped here")) if whose != "both" else _("Ended")
        steps.append(Step(whose, said, relationship.ended_at))
    return steps[::-1]


def _steps_of_request(request: Any, names: dict[str, str]) -> list[Step]:
    if request is None or request.sent_at is None:
        return []
    sender, receiver = request.sender_party, request.receiver_party
    wrote = (_("You offered"), _("%(name)s offered")) if request.is_offer else (_("You asked"), _("%(name)s asked"))
    steps = [Step(sender, _said(names, sender, *wrote), request.sent_at)]
    question = getattr(request, "question", None)
    if question is not None:
        asked = _said(names, receiver, _("You had a question"), _("%(name)s had a question"))
        steps.append(Step(receiver, asked, question.asked_at))
        if question.answered_at is not None:
            answered = _said(names, sender, _("You answered it"), _("%(name)s answered it"))
            steps.append(Step(sender, answered, question.answered_at))
    if request.state == MentoringRequest.State.ACCEPTED and request.answered_at is not None:
        yes = _said(names, receiver, _("You said yes"), _("%(name)s said yes"))
        steps.append(Step(receiver, yes, request.answered_at))
    return steps


def _said(names: dict[str, str], role: str, mine: str, theirs: str) -> str:
    name = names.get(role, "")
    return theirs % {"name": name} if name else mine
