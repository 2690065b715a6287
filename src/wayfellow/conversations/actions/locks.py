"""The relationship's row is locked first; a letter's own after it."""

from django.utils.translation import gettext as _

from wayfellow.conversations.models import Message
from wayfellow.core.errors import NotFound
from wayfellow.relationships.models import Relationship


def lock_conversation(relationship: Relationship) -> Relationship:
    """A relationship, locked and read afresh with its people.

    Raises:
        NotFound: it is gone.
    """
    rows = Relationship.objects.select_related("organisation")
    try:
        return rows.prefetch_related("participants__enrolment__member__organisation").lock(relationship.pk)
    except Relationship.DoesNotExist:
        raise NotFound("relationship_gone", _("This is not there any more.")) from None


def lock_message(message: Message) -> Message:
    """A letter with its relationship, both locked and read afresh.

    Raises:
        NotFound: it is gone.
    """
    relationship = lock_conversation(message.relationship)
    try:
        fresh = Message.objects.select_related("organisation").lock(message.pk)
    except Message.DoesNotExist:
        raise NotFound("message_gone", _("This letter is not there any more.")) from None
    fresh.relationship = relationship
    return fresh
