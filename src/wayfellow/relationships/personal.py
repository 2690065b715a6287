"""What a member takes away from this subject, and what is erased when they are forgotten.

What somebody wrote is theirs; what they were told is theirs to take, and the other's to have erased.
"""

from typing import Any

from django.db.models import Q

from wayfellow.people.models import Member
from wayfellow.relationships.models import (
    MentoringRequest,
    Participant,
    PrivateReason,
    QuietWord,
    Relationship,
    RequestQuestion,
    RequestSuggestion,
    WaitingEntry,
)

Row = dict[str, Any]


def _requests(member: Member) -> Any:
    return (
        MentoringRequest.objects.visible_to(member)
        .select_related("mentee__member", "mentor__member", "question")
        .order_by("pk")
    )


def export_requests(member: Member) -> list[Row]:
    """Requests and offers one sent or got, drafts too."""
    return [
        {
            "direction": request.direction,
            "mentee": request.mentee.member.full_name,
            "mentor": request.mentor.member.full_name,
            "goal": request.goal_title,
            "why_you": request.why_you,
            "ask": request.ask,
            "how_often": request.how_often,
            "state": request.state,
            "sent_at": request.sent_at,
            "closed_at": request.closed_at,
            "answer": request.answer_words,
        }
        for request in _requests(member)
    ]


def erase_requests(member: Member) -> None:
    """The words they wrote; drafts whole. That two people asked each other stays, without who wrote what."""
    MentoringRequest.objects.filter(
        Q(mentee__member=member, direction="ask") | Q(mentor__member=member, direction="offer"), state="draft"
    ).delete()
    sent = Q(mentee__member=member, direction="ask") | Q(mentor__member=member, direction="offer")
    MentoringRequest.objects.filter(sent).update(goal=None, goal_title="", goal_by_when=None, why_you="", ask="")
    got = Q(mentor__member=member, direction="ask") | Q(mentee__member=member, direction="offer")
    MentoringRequest.objects.filter(got).update(answer_words="", kindness="")
    MentoringRequest.objects.filter(next_choice__member=member).update(next_choice=None)


def export_questions(member: Member) -> list[Row]:
    """Questions one asked or answered before deciding."""
    rows = RequestQuestion.objects.visible_to(member).order_by("pk")
    return [
        {"asked_at": row.asked_at, "question": row.text, "answered_at": row.answered_at, "answer": row.answer}
        for row in rows
    ]


def erase_questions(member: Member) -> None:
    """What they asked, and what they answered."""
    got = Q(request__mentor__member=member, request__direction="ask") | Q(
        request__mentee__member=member, request__direction="offer"
    )
    sent = Q(request__mentee__member=member, request__direction="ask") | Q(
        request__mentor__member=member, request__direction="offer"
    )
    RequestQuestion.objects.filter(got).update(text="")
    RequestQuestion.objects.filter(sent).update(answer="")


def export_suggestions(member: Member) -> list[Row]:
    """Whom one was pointed to."""
    rows = RequestSuggestion.objects.filter(request__mentee__member=member).select_related("mentor__member")
    return [{"mentor": row.mentor.member.full_name, "by_the_mentor_asked": row.by_mentor} for row in rows]


def erase_suggestions(member: Member) -> None:
    """Suggestions to them and of them."""
    RequestSuggestion.objects.filter(Q(request__mentee__member=member) | Q(mentor__member=member)).delete()


def export_waiting(member: Member) -> list[Row]:
    """One's places in line."""
    rows = WaitingEntry.objects.visible_to(member).select_related("mentor__member").order_by("pk")
    return [{"mentor": row.mentor.member.full_name, "joined_at": row.joined_at, "state": row.state} for row in rows]


def erase_waiting(member: Member) -> None:
    """Their places in line, and closed ones in lines for them."""
    closed = Q(mentor__member=member) & ~Q(state__in=("waiting", "offered"))
    WaitingEntry.objects.filter(Q(mentee__member=member) & ~Q(state="offered") | closed).delete()


def export_relationships(member: Member) -> list[Row]:
    """Relationships one is or was in."""
    rows = Relationship.objects.visible_to(member).order_by("pk")
    return [
        {
            "state": row.state,
            "opened_at": row.opened_at,
            "ended_at": row.ended_at,
            "ended_by_me": row.ended_by_id == member.pk,
            "goodbye": row.goodbye,
        }
        for row in rows
    ]


def erase_relationships(member: Member) -> None:
    """The goodbyes they wrote."""
    Relationship.objects.filter(ended_by=member).update(goodbye="")


def export_participations(member: Member) -> list[Row]:
    """In which role one worked with whom."""
    rows = Participant.objects.visible_to(member).select_related("enrolment__member").order_by("relationship", "pk")
    return [
        {
            "relationship": row.relationship_id,
            "name": row.enrolment.member.full_name,
            "role": row.role,
            "joined_at": row.joined_at,
            "left_at": row.left_at,
            "goodbye": row.goodbye if row.enrolment.member_id == member.pk else "",
        }
        for row in rows
    ]


def erase_participations(member: Member) -> None:
    """What they said when they left; who took part is the member's row, which loses its name."""
    Participant.objects.filter(enrolment__member=member).update(goodbye="")


def export_reasons(member: Member) -> list[Row]:
    """The reasons one kept for oneself."""
    rows = PrivateReason.objects.visible_to(member).order_by("pk")
    return [{"reason": row.get_reason_display(), "at": row.created_at} for row in rows]


def erase_reasons(member: Member) -> None:
    """All of them."""
    PrivateReason.objects.filter(member=member).delete()


def export_quiet_words(member: Member) -> list[Row]:
    """What one asked quietly. What others asked of one is theirs."""
    rows = QuietWord.objects.filter(asked_by=member).prefetch_related("heard_by").order_by("pk")
    return [
        {
            "wants": row.wants,
            "text": row.text,
            "heard_by": [who.full_name for who in row.heard_by.all()],
            "asked_at": row.asked_at,
            "state": row.state,
        }
        for row in rows
    ]


def erase_quiet_words(member: Member) -> None:
    """What one asked; one's name on those one heard."""
    QuietWord.objects.filter(asked_by=member).delete()
    for word in QuietWord.objects.filter(heard_by=member):
        word.heard_by.remove(member)
    QuietWord.objects.filter(taken_up_by=member).update(taken_up_by=None)
