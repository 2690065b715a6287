"""Telling the others of a letter: one notice and one mail for all that come before they look."""

from datetime import datetime, timedelta

from django.urls import reverse

from wayfellow.conversations.models import EDITABLE_FOR, Message
from wayfellow.notifications.actions import notify
from wayfellow.notifications.models import Mail, Notice
from wayfellow.notifications.sending import mail_key
from wayfellow.people.models import Member

GATHER = timedelta(minutes=5)
assert GATHER < EDITABLE_FOR  # noqa: S101 (a mail is not to wait for the whole time in which a letter can change)


def tell_of_message(message: Message, others: list[Member], *, now: datetime) -> None:
    """Tell each; what they have not read yet and no mail has told of becomes one notice with it.

    The caller holds the relationship's lock.
    """
    for member in others:
        notice = _open_notice(message, member)
        if notice is None:
            _tell_anew(message, member)
            continue
        facts = notice.facts
        facts |= {"last": message.pk, "count": facts["count"] + 1} | _names(message, facts)
        notice.facts, notice.created_at = facts, now
        notice.save(update_fields=["facts", "created_at"])


def _open_notice(message: Message, member: Member) -> Notice | None:
    rows = Notice.objects.visible_to(member).filter(
        kind="message_received",
        about_type="relationships.Relationship",
        about_id=str(message.relationship_id),
        read_at__isnull=True,
    )
    notice = rows.select_for_update().order_by("-pk").first()
    if notice is None or Mail.objects.filter(key=mail_key(notice)).exists():
        return None
    return notice


def _tell_anew(message: Message, member: Member) -> None:
    relationship = message.relationship
    page = reverse("conversation", args=[relationship.organisation.slug, relationship.pk])
    facts = {"first": message.pk, "last": message.pk, "count": 1} | _names(message, {})
    notify("message_received", to=member, about=relationship, facts=facts, links={"page": page}, mail_after=GATHER)


def _names(message: Message, facts: dict) -> dict[str, list[str]]:
    """Who wrote, each once, in the order in which they first did."""
    author = message.author
    assert author is not None  # noqa: S101 (it has just been written)
    names, full = list(facts.get("names", [])), list(facts.get("full_names", []))
    if author.full_name not in full:
        names.append(author.short_name)
        full.append(author.full_name)
    return {"names": names, "full_names": full}
