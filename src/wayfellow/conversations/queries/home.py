"""What waits for a member in their conversations."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from wayfellow.conversations.queries.letters import unread_of
from wayfellow.people.models import Member


@dataclass(frozen=True)
class Waiting:
    """Something that waits: for which relationship, in words, where, since when."""

    relationship: int
    words: str
    url: str
    at: datetime


def coming_up(member: Member, *, now: datetime) -> list[Waiting]:
    """Letters one has not read, newest first. One query over all relationships."""
    slug = member.organisation.slug
    found = [
        Waiting(
            relationship=pk,
            words=ngettext("%(n)d letter to read", "%(n)d letters to read", unread.count) % {"n": unread.count},
            url=reverse("conversation", args=[slug, pk]),
            at=unread.newest,
        )
        for pk, unread in unread_of(member).items()
    ]
    return sorted(found, key=lambda row: row.at, reverse=True)
