"""What the mail of new letters says: those of its notice that its reader has not read in the app meanwhile."""

from typing import Any

from wayfellow.conversations.models import Message
from wayfellow.conversations.queries.letters import letters_of, read_until
from wayfellow.core import clock
from wayfellow.notifications.composing import one_line
from wayfellow.notifications.inbound.addresses import make_reply_address
from wayfellow.notifications.inbound.stripping import MARK
from wayfellow.notifications.quiet import wishes_of
from wayfellow.relationships.models import Relationship

PURPOSE = "conversation"


def compose_mail(notice: Any) -> dict[str, Any] | None:
    """The letters, where the reader wants their words in the mail, and the address to answer to. None: nothing new."""
    member = notice.member
    relationship = Relationship.objects.visible_to(member).filter(pk=notice.about_id).first()
    if relationship is None:
        return None
    seen = max(notice.facts["first"] - 1, read_until(member, relationship))
    rows = letters_of(relationship, member).filter(pk__gt=seen, pk__lte=notice.facts["last"], deleted_at__isnull=True)
    letters: list[Message] = list(rows.exclude(author=member).order_by("pk"))
    if not letters:
        return None
    wants_words = wishes_of(member).words_in_mail
    answer_to = make_reply_address(PURPOSE, member=member, about_id=relationship.pk, now=clock.now())
    return {
        "letters": letters if wants_words else [],
        "count": len(letters),
        "mark": MARK if answer_to else "",
        "headers": {"Reply-To": one_line(answer_to)} if answer_to else {},
    }
