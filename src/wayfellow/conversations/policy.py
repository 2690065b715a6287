"""Who may write, change and delete letters, and who reads what."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wayfellow.conversations.models import EDITABLE_FOR, Message
from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.safety.queries import blocked_between

READERS: dict[str, Any] = {"me": gettext_lazy("Yes"), "others": gettext_lazy("Yes")}
DRAFT_READERS: dict[str, Any] = {"me": gettext_lazy("Yes")}


def who_reads_messages(role: str) -> Any:
    """Whoever is in the relationship, from `visible_to`: nobody who runs anything."""
    return READERS.get(role, "")


def who_reads_drafts(role: str) -> Any:
    """Their writer."""
    return DRAFT_READERS.get(role, "")


def who_reads_files(role: str) -> Any:
    """As letters. Whoever runs the server could open the files themselves, as with any server."""
    if role == "host":
        return gettext_lazy("As files on the server, without a name")
    return READERS.get(role, "")


def others_to_read(actor: Member, relationship: Relationship) -> list[Member]:
    """Who gets what somebody writes now: those still in it and here, unless one of the two blocked the other."""
    people = [row for row in relationship.participants.all() if row.left_at is None]
    others = [row.enrolment.member for row in people if row.enrolment.member_id != actor.pk]
    here = [member for member in others if member.is_active]
    apart = blocked_between(actor, here)
    return [member for member in here if member.pk not in apart]


def why_not_send_message(actor: Member, relationship: Relationship) -> Refusal | None:
    """One who is in it, while it is open and somebody is there to read. A block reads like any other closed one."""
    mine = [row for row in relationship.participants.all() if row.enrolment.member_id == actor.pk]
    if not mine:
        return Refusal("not_yours", _("Only its people can write here."))
    in_it = any(row.left_at is None for row in mine) and actor.is_active
    if not in_it or not relationship.is_open or not others_to_read(actor, relationship):
        return Refusal("conversation_closed", _("This conversation is closed."))
    return None


def why_not_edit_message(actor: Member, message: Message, now: datetime) -> Refusal | None:
    """Its author, for some minutes, as long as they may write."""
    if message.author_id != actor.pk:
        return Refusal("not_yours", _("Only who wrote it can change it."))
    if message.deleted_at is not None:
        return Refusal("already_deleted", _("This letter is deleted."))
    refusal = why_not_send_message(actor, message.relationship)
    if refusal is not None:
        return refusal
    if now > message.created_at + EDITABLE_FOR:
        minutes = int(EDITABLE_FOR.total_seconds() // 60)
        words = _("A letter can be changed for %(minutes)d minutes. Write another one, or delete this one.")
        return Refusal("too_late_to_edit", words % {"minutes": minutes})
    return None


def why_not_delete_message(actor: Member, message: Message) -> Refusal | None:
    """Its author, at any time."""
    if message.author_id != actor.pk:
        return Refusal("not_yours", _("Only who wrote it can delete it."))
    if message.deleted_at is not None:
        return Refusal("already_deleted", _("This letter is deleted."))
    return None
