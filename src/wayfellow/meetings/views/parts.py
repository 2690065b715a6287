"""What the pages of meetings have in common."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.meetings.models import Meeting
from wayfellow.meetings.queries.people import local_times, names_of, people_of
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.views.relationships import find_relationship
from wayfellow.web.templatetags.wayfellow import clock, day


def find_meeting(request: HttpRequest, pk: int, meeting_id: int) -> Meeting:
    """A meeting of one of the reader's relationships; 404 for everybody else."""
    rows = Meeting.objects.visible_to(request.member).filter(relationship=pk)
    return get_object_or_404(
        rows.select_related("organisation", "series", "relationship__organisation", "moved_by", "closed_by"),
        pk=meeting_id,
    )


def head_of(request: HttpRequest, pk: int) -> tuple[Relationship, list[Member], dict[str, Any]]:
    """The relationship, its people, and what every page of it says at its head."""
    found = find_relationship(request, pk)
    people = people_of(found)
    others = [person for person in people if person.pk != request.member.pk]
    return found, people, {"found": found, "others": others, "names": names_of(others)}


def back(request: HttpRequest, refusal: Refusal, pk: int) -> HttpResponse:
    """To the list of meetings, with the reason."""
    messages.info(request, refusal.message)
    return redirect("meetings", request.organisation.slug, pk)


def slot_words(reader: Member, others: list[Member], starts_at: datetime, minutes: int) -> tuple[str, str]:
    """(Fri 27 Nov, 18:00–19:00, and when that is for the others): as a choice and its hint."""
    ends_at = starts_at + timedelta(minutes=minutes)
    label = f"{day(starts_at)}, {clock(starts_at)}–{clock(ends_at)}"
    lines = [
        _("%(time)s %(name)s, %(city)s")
        % {
            "time": (f"{day(each.starts.date())}, " if each.other_day else "")
            + f"{each.starts:%H:%M}–{each.ends:%H:%M}",
            "name": each.names,
            "city": each.city,
        }
        for each in local_times(reader, others, starts_at, ends_at)
    ]
    return label, "; ".join(lines) or _("the same for all of you")
