"""The conversation as a part of the page of a relationship: the last three letters, and what one may do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from wayfellow.conversations import policy
from wayfellow.conversations.models import Draft, Message, new_key
from wayfellow.conversations.queries.letters import draft_of, letters_of, others_of, unread_of
from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.queries.trail import Step

SHOWN = 3


@dataclass(frozen=True)
class LocalTime:
    """What time it is for somebody now, and in which city."""

    name: str
    at: str
    city: str


@dataclass(frozen=True)
class ConversationPanel:
    """The last letters, oldest first, and what stands around them.

    Attributes:
        refusal: why nothing can be written, or None.
        key: under which the next letter is sent.
    """

    letters: list[Message]
    new: int
    draft: Draft | None
    key: str
    refusal: Refusal | None
    others: list[Any]
    times: list[LocalTime]

    @property
    def seen(self) -> int:
        """The last letter shown, if none before those shown is unread."""
        return self.letters[-1].pk if self.letters and self.new <= len(self.letters) else 0


def read_panel(relationship: Relationship, member: Member, *, now: datetime) -> ConversationPanel:
    """What a reader sees of a conversation at a glance: five queries, however long it is."""
    letters = list(letters_of(relationship, member).order_by("-pk")[:SHOWN])[::-1]
    unread = unread_of(member, relationship=relationship).get(relationship.pk)
    draft = draft_of(member, relationship)
    others = others_of(relationship, member)
    return ConversationPanel(
        letters=letters,
        new=unread.count if unread else 0,
        draft=draft,
        key=draft.key if draft else new_key(),
        refusal=policy.why_not_send_message(member, relationship),
        others=others,
        times=local_times(others, now),
    )


def local_times(others: list[Any], now: datetime) -> list[LocalTime]:
    """What time it is for each of these participants."""
    found = []
    for row in others:
        zone = row.enrolment.member.zone
        city = zone.rsplit("/", 1)[-1].replace("_", " ")
        found.append(LocalTime(row.enrolment.member.short_name, now.astimezone(ZoneInfo(zone)).strftime("%H:%M"), city))
    return found


def steps_of(relationship: Relationship, reader: Member, most: int) -> list[Step]:
    """The newest letters as steps on the way, newest first."""
    roles = {row.enrolment.member_id: row.role for row in relationship.participants.all()}
    rows = letters_of(relationship, reader).filter(deleted_at__isnull=True).prefetch_related(None)
    return [
        Step(
            roles.get(letter.author_id, "both"),
            _("You wrote") if letter.author_id == reader.pk else _("%(name)s wrote") % {"name": _name_of(letter)},
            letter.created_at,
        )
        for letter in rows.order_by("-pk")[:most]
    ]


def _name_of(letter: Message) -> str:
    return letter.author.short_name if letter.author is not None else _("Somebody")
