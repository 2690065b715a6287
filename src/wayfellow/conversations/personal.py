"""What this subject holds of a person, to take away and to erase.

One takes away what one wrote and what was written to one, with the files. When somebody is forgotten, what they wrote
goes, words and files; that there was a letter stays.
"""

from base64 import b64encode
from typing import Any

from wayfellow.conversations import shelf
from wayfellow.conversations.models import Draft, Message, MessageFile, Reading
from wayfellow.core import clock
from wayfellow.people.models import Member

Rows = list[dict[str, Any]]


def export_messages(member: Member) -> Rows:
    """Letters they wrote and got."""
    rows = Message.objects.visible_to(member).select_related("author").order_by("pk")
    return [
        {
            "relationship": row.relationship_id,
            "letter": row.pk,
            "from": row.author.full_name if row.author else "",
            "mine": row.author_id == member.pk,
            "at": row.created_at,
            "edited_at": row.edited_at,
            "deleted_at": row.deleted_at,
            "by_mail": row.by_mail,
            "text": row.text,
            "whole_mail": row.whole if row.author_id == member.pk else "",
        }
        for row in rows.iterator(chunk_size=500)
    ]


def erase_messages(member: Member) -> None:
    """What they wrote. The letter stays as one that was deleted, without its author."""
    mine = Message.objects.filter(author=member)
    mine.filter(deleted_at__isnull=True).update(deleted_at=clock.now())
    mine.update(text="", folded="", whole="", author=None)


def export_files(member: Member) -> Rows:
    """The files of these letters; the content of those they sent."""
    rows = MessageFile.objects.visible_to(member).select_related("message").order_by("pk")
    return [
        {
            "letter": row.message_id,
            "name": row.name,
            "kind": row.kind,
            "size": row.size,
            "content": b64encode(shelf.content_of(row.place)).decode() if row.message.author_id == member.pk else "",
        }
        for row in rows
    ]


def erase_files(member: Member) -> None:
    """The files they sent, from the disk too."""
    mine = MessageFile.objects.filter(message__author=member)
    shelf.remove_later(mine.values_list("place", flat=True))
    mine.delete()


def export_drafts(member: Member) -> Rows:
    """What they began to write."""
    return list(Draft.objects.visible_to(member).order_by("pk").values("relationship", "text", "updated_at"))


def erase_drafts(member: Member) -> None:
    Draft.objects.visible_to(member).delete()


def export_readings(member: Member) -> Rows:
    """How far they have read."""
    return list(Reading.objects.visible_to(member).order_by("pk").values("relationship", "until", "at"))


def erase_readings(member: Member) -> None:
    Reading.objects.visible_to(member).delete()
