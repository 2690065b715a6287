"""Keeping what somebody began to write."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.conversations import policy
from wayfellow.conversations.actions.locks import lock_conversation
from wayfellow.conversations.models import Draft, Message, new_key
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship


@transaction.atomic
def keep_letter(
    actor: Member, relationship: Relationship, *, text: str, key: str = "", now: datetime | None = None
) -> Draft | None:
    """Keep a letter one began; an empty one is thrown away. What was sent under this key already is not kept again.

    Raises:
        Refused: see `why_not_send_message`.
        InvalidInput: text_too_long.
    """
    relationship = lock_conversation(relationship)
    enforce(policy.why_not_send_message(actor, relationship))
    if len(text) > Message.LONGEST:
        words = _("Write at most %(limit)d characters. This has %(length)d.")
        raise InvalidInput("text_too_long", words % {"limit": Message.LONGEST, "length": len(text)}, field="text")
    mine = Draft.objects.visible_to(actor).filter(relationship=relationship)
    is_sent = bool(key) and Message.objects.filter(relationship=relationship, key=key, author=actor).exists()
    if is_sent or not text.strip():
        mine.delete()
        return None
    values = {"text": text, "key": key or new_key(), "updated_at": now or clock.now()}
    return Draft.objects.update_or_create(
        relationship=relationship,
        member=actor,
        defaults=values,
        create_defaults={**values, "organisation": relationship.organisation},
    )[0]
