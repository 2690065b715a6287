"""Writing a letter, changing it, deleting it."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.audit.actions import record
from wayfellow.conversations import policy, shelf
from wayfellow.conversations.actions.locks import lock_conversation, lock_message
from wayfellow.conversations.actions.reading import read_messages
from wayfellow.conversations.actions.telling import tell_of_message
from wayfellow.conversations.kinds import CheckedFile
from wayfellow.conversations.models import Draft, Message, MessageFile, new_key
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.search.words import fold


@transaction.atomic
def send_message(
    actor: Member,
    relationship: Relationship,
    *,
    text: str,
    files: Sequence[CheckedFile] = (),
    key: str = "",
    seen: int | None = None,
    whole: str = "",
    by_mail: bool = False,
    now: datetime | None = None,
) -> Message:
    """Write a letter to the others. They are told; the draft it was is gone.

    Args:
        text: what it says; may be empty when there is a file.
        files: as `kinds.check_file` checked them.
        key: the same key is the same letter, however often it is sent.
        seen: the last letter that stood above it when it was written: up to there they have read.
        whole: all of the mail it came as.

    Raises:
        Refused: see `why_not_send_message`.
        InvalidInput: text_missing, text_too_long, too_many_files.
    """
    now = now or clock.now()
    relationship = lock_conversation(relationship)
    enforce(policy.why_not_send_message(actor, relationship))
    sent = Message.objects.filter(relationship=relationship, key=key).first() if key else None
    if sent is not None and sent.author_id == actor.pk:
        return sent
    text = _checked(text, allow_nothing=bool(files))
    _check_number(files)
    message = Message.objects.create(
        organisation=relationship.organisation,
        relationship=relationship,
        author=actor,
        text=text,
        folded=fold(text),
        whole=whole if whole.strip() != text else "",
        key=key if key and sent is None else new_key(),
        by_mail=by_mail,
        created_at=now,
    )
    MessageFile.objects.bulk_create(
        MessageFile(
            organisation=relationship.organisation,
            message=message,
            name=file.name,
            kind=file.kind,
            size=file.size,
            place=shelf.put(file.content),
        )
        for file in files
    )
    Draft.objects.visible_to(actor).filter(relationship=relationship).delete()
    if seen is not None:
        read_messages(actor, relationship, upto=seen, now=now)
    tell_of_message(message, policy.others_to_read(actor, relationship), now=now)
    record("message_sent", actor=actor, organisation=relationship.organisation, about=relationship)
    return message


@transaction.atomic
def edit_message(actor: Member, message: Message, *, text: str, now: datetime | None = None) -> Message:
    """Change a letter of one's own, within some minutes. It says that it was changed.

    Raises:
        Refused: see `why_not_edit_message`.
        InvalidInput: text_missing, text_too_long.
    """
    now = now or clock.now()
    message = lock_message(message)
    enforce(policy.why_not_edit_message(actor, message, now))
    text = _checked(text, allow_nothing=message.files.exists())
    if text != message.text:
        message.text, message.folded, message.edited_at = text, fold(text), now
        message.save(update_fields=["text", "folded", "edited_at"])
        record("message_edited", actor=actor, organisation=message.organisation, about=message.relationship)
    return message


@transaction.atomic
def delete_message(actor: Member, message: Message, *, now: datetime | None = None) -> Message:
    """Delete a letter of one's own: its words and files go, and the others see that there was one.

    Raises:
        Refused: see `why_not_delete_message`.
    """
    message = lock_message(message)
    enforce(policy.why_not_delete_message(actor, message))
    empty(message)
    message.deleted_at = now or clock.now()
    message.save(update_fields=["text", "folded", "whole", "deleted_at"])
    record("message_deleted", actor=actor, organisation=message.organisation, about=message.relationship)
    return message


def empty(message: Message) -> None:
    """Take what a letter said out of it, and remove its files; the caller saves it."""
    message.text = message.folded = message.whole = ""
    shelf.remove_later(message.files.values_list("place", flat=True))
    message.files.all().delete()


def _checked(text: str, *, allow_nothing: bool) -> str:
    text = text.strip()
    if not text and not allow_nothing:
        raise InvalidInput("text_missing", _("Write something here."), field="text")
    if len(text) > Message.LONGEST:
        words = _("Write at most %(limit)d characters. This has %(length)d.")
        raise InvalidInput("text_too_long", words % {"limit": Message.LONGEST, "length": len(text)}, field="text")
    return text


def _check_number(files: Sequence[CheckedFile]) -> None:
    most = settings.MOST_FILES
    if len(files) > most:
        words = ngettext(
            "At most %(most)d file can come with one letter.", "At most %(most)d files can come with one letter.", most
        )
        raise InvalidInput("too_many_files", words % {"most": most}, field="files")
