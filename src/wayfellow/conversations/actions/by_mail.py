"""A letter that comes by mail."""

from functools import partial

from django.utils.translation import gettext as _

from wayfellow.conversations.actions.drafts import keep_letter
from wayfellow.conversations.actions.messages import send_message
from wayfellow.conversations.kinds import CheckedFile, check_file
from wayfellow.core.errors import InvalidInput, NotFound, Refusal
from wayfellow.notifications.inbound.handling import Reply
from wayfellow.relationships.models import Relationship


def take_reply(reply: Reply) -> Refusal | None:
    """Make a letter of an answer. Where a file cannot be taken the words are kept as a draft, and the reason returned.

    Raises:
        NotFound: the conversation is not theirs any more.
        Refused: see `why_not_send_message`.
        InvalidInput: nothing was written, or too much.
    """
    relationship = Relationship.objects.visible_to(reply.member).filter(pk=reply.about_id).first()
    if relationship is None:
        raise NotFound("conversation_gone", _("This conversation is not there any more."))
    files: list[CheckedFile] = []
    for attached in reply.files:
        try:
            files.append(check_file(attached.name, len(attached.content), partial(bytes, attached.content)))
        except InvalidInput as error:
            return _keep(reply, relationship, str(error.message), error.code)
    if not reply.text and not files:
        raise InvalidInput("text_missing", _("Nothing was written above the quoted mail."), field="text")
    try:
        send_message(
            reply.member, relationship, text=reply.text, files=files, key=reply.key, whole=reply.whole, by_mail=True
        )
    except InvalidInput as error:
        return _keep(reply, relationship, str(error.message), error.code)
    return None


def _keep(reply: Reply, relationship: Relationship, why: str, code: str) -> Refusal:
    kept = keep_letter(reply.member, relationship, text=reply.text[:10_000], key=reply.key)
    words = _("%(why)s Your words are kept as a draft on the page.") if kept else "%(why)s"
    return Refusal(code, words % {"why": why})
