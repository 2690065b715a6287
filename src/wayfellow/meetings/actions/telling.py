"""Notices of this subject: to whom, about what, with which addresses. The words are in `notices.py` and the mails."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from wayfellow.meetings.models import Meeting, Proposal
from wayfellow.meetings.queries.addresses import meetings_url, page_of, times_url
from wayfellow.meetings.queries.people import local_times, names_of
from wayfellow.notifications.actions import notify
from wayfellow.notifications.links import make_link
from wayfellow.people.models import Member

ANSWER_PURPOSE = "answer_invitation"
ANSWER_SERIES_PURPOSE = "answer_invitation_series"
PICK_PURPOSE = "pick_slot"


def tell_of_meeting(
    kind: str,
    meeting: Meeting,
    people: list[Member],
    *,
    by: Member | None,
    to: list[Member] | None = None,
    **facts: Any,
) -> None:
    """Tell the people of a meeting something about it: each with the others' names and clocks.

    Args:
        by: who did it; None when it happened by itself.
        to: only these of them.
    """
    for person in people if to is None else to:
        others = [one for one in people if one.pk != person.pk]
        links = {"page": page_of(meeting)}
        if kind in ("meeting_planned", "meeting_moved") and (by is None or by.pk != person.pk):
            links |= _answer_links(meeting, person, series=bool(facts.get("times")))
        if kind in ("meeting_missed", "meeting_declined"):
            links["times"] = times_url(meeting, moves=kind == "meeting_declined")
        notify(kind, to=person, about=meeting, facts=_facts(meeting, person, others, by) | facts, links=links)


def _facts(meeting: Meeting, person: Member, others: list[Member], by: Member | None) -> dict[str, Any]:
    times = local_times(person, others, meeting.starts_at, meeting.ends_at)
    return {
        "names": names_of(others),
        "who": by.short_name if by is not None else "",
        "by_you": by is not None and by.pk == person.pk,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "minutes": meeting.minutes,
        "there": [
            {
                "names": each.names,
                "city": each.city,
                "from": f"{each.starts:%H:%M}",
                "to": f"{each.ends:%H:%M}",
                "day": each.starts.date() if each.other_day else None,
            }
            for each in times
        ],
    }


def _answer_links(meeting: Meeting, person: Member, *, series: bool) -> dict[str, str]:
    """Addresses that answer without signing in. Each opens a page that asks once more; together they work once."""
    purpose = ANSWER_SERIES_PURPOSE if series else ANSWER_PURPOSE
    token = make_link(member=person, purpose=purpose, about=meeting, expires_at=meeting.starts_at)
    address = reverse("answer_invitation_from_mail", args=[token])
    return {"answer": address}


def tell_of_proposal(
    kind: str, proposal: Proposal, people: list[Member], *, by: Member, to: list[Member], **facts: Any
) -> None:
    """Tell some people that times were offered, or that none of them suits."""
    slots = list(proposal.slots.order_by("starts_at"))
    for person in to:
        others = [one for one in people if one.pk != person.pk]
        links = {"page": meetings_url(proposal.relationship) + "#times"}
        if kind == "times_proposed" and slots:
            token = make_link(member=person, purpose=PICK_PURPOSE, about=proposal, expires_at=slots[-1].starts_at)
            links["pick"] = reverse("pick_slot_from_mail", args=[token])
        lines = []
        for slot in slots:
            ends_at = slot.starts_at + timedelta(minutes=proposal.minutes)
            there = local_times(person, others, slot.starts_at, ends_at)
            also = [{"names": t.names, "from": f"{t.starts:%H:%M}", "to": f"{t.ends:%H:%M}"} for t in there]
            lines.append({"starts_at": slot.starts_at, "ends_at": ends_at, "there": also})
        said = {"who": by.short_name, "names": names_of(others), "slots": lines, "minutes": proposal.minutes}
        notify(kind, to=person, about=proposal, facts=said | facts, links=links)
