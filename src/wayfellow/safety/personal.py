"""What this subject holds of a person, to take away and to erase.

A report of harm is kept when the person who raised it, or the one it is about, asks to be forgotten: others may need
protection still. It then names neither of them: the links to them go, and their name and address are taken out of
the words. A report *about* somebody is not part of what they take away, because that would tell on who raised it.
The page on which one reports says so.
"""

from typing import Any

from django.db.models import Q

from wayfellow.core.naming import pattern_of
from wayfellow.people.models import Member
from wayfellow.safety.models import Block, Concern, ConcernMessage

GONE = "—"
Rows = list[dict[str, Any]]


def export_blocks(member: Member) -> Rows:
    """Whom they blocked."""
    return list(Block.objects.visible_to(member).order_by("pk").values("blocked__full_name", "created_at"))


def erase_blocks(member: Member) -> None:
    """Those they made, and those that others made of them."""
    Block.objects.filter(Q(blocker=member) | Q(blocked=member)).delete()


def export_concerns(member: Member) -> Rows:
    """What they reported."""
    rows = Concern.objects.filter(raised_by=member).order_by("pk")
    fields = (
        "about__full_name",
        "about_words",
        "text",
        "page",
        "quote",
        "state",
        "created_at",
        "taken_up_at",
        "closed_at",
    )
    return list(rows.values("pk", *fields))


def erase_concerns(member: Member) -> None:
    """Take the person out of every report, and leave the report."""
    Concern.kept_from.through.objects.filter(member=member).delete()
    Concern.objects.filter(raised_by=member).update(raised_by=None)
    Concern.objects.filter(about=member).update(about=None)
    Concern.objects.filter(handled_by=member).update(handled_by=None)
    said = _names(member, "text", "about_words", "quote")
    for concern in Concern.objects.filter(said, organisation=member.organisation_id):
        concern.text, concern.about_words = _without(member, concern.text), _without(member, concern.about_words)[:200]
        concern.quote = _without(member, concern.quote)
        concern.save(update_fields=["text", "about_words", "quote"])


def export_messages(member: Member) -> Rows:
    """What they and the lead wrote to each other, and what they wrote as a lead."""
    theirs = Q(concern__raised_by=member) | Q(author=member)
    rows = ConcernMessage.objects.filter(theirs).order_by("pk")
    return list(rows.values("concern_id", "from_lead", "text", "created_at"))


def erase_messages(member: Member) -> None:
    """Take the person out of every message, and leave it with the report."""
    ConcernMessage.objects.filter(author=member).update(author=None)
    for message in ConcernMessage.objects.filter(_names(member, "text"), organisation=member.organisation_id):
        message.text = _without(member, message.text)
        message.save(update_fields=["text"])


def _names(member: Member, *fields: str) -> Q:
    found = Q(pk__in=[])
    for name in filter(None, (member.full_name, member.email)):
        for field in fields:
            found |= Q(**{f"{field}__icontains": name})
    return found


def _without(member: Member, text: str) -> str:
    pattern = pattern_of(member.full_name, member.email)
    return pattern.sub(GONE, text) if pattern is not None else text
