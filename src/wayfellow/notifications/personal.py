"""What notices and mails hold of a person, to take away and to erase."""

from typing import Any

from django.db.models import Q

from wayfellow.core.naming import naming, pattern_of
from wayfellow.notifications.facts import to_plain
from wayfellow.notifications.models import InboundMail, Mail, MailLink, MailWishes, Notice, NoticePreference


def export_notices(member: Any) -> list[dict[str, Any]]:
    """What they were told."""
    return [
        {
            "kind": notice.kind,
            "at": notice.created_at.isoformat(),
            "read_at": notice.read_at.isoformat() if notice.read_at else None,
            "facts": to_plain(notice.facts),
        }
        for notice in Notice.objects.visible_to(member).order_by("created_at")
    ]


def erase_notices(member: Any) -> None:
    """Delete their notices, and other people's notices that name them."""
    Notice.objects.visible_to(member).delete()
    everybodys = Notice.objects.filter(organisation=member.organisation_id)
    naming(everybodys, "facts", member.full_name, member.email).delete()


def export_preferences(member: Any) -> list[dict[str, Any]]:
    """What they want to hear of."""
    return list(NoticePreference.objects.visible_to(member).values("kind", "in_app", "by_mail"))


def erase_preferences(member: Any) -> None:
    NoticePreference.objects.visible_to(member).delete()


def export_mail_links(member: Any) -> list[dict[str, Any]]:
    """Which one-time links they were sent. The links themselves are kept nowhere."""
    return [
        {
            "purpose": link.purpose,
            "at": link.created_at.isoformat(),
            "used_at": link.used_at.isoformat() if link.used_at else None,
        }
        for link in MailLink.objects.visible_to(member).order_by("created_at")
    ]


def erase_mail_links(member: Any) -> None:
    MailLink.objects.visible_to(member).delete()


def export_mail_wishes(member: Any) -> list[dict[str, Any]]:
    """When mails may come, and what they may say."""
    return list(MailWishes.objects.visible_to(member).values("quiet_from", "quiet_until", "words_in_mail"))


def erase_mail_wishes(member: Any) -> None:
    MailWishes.objects.visible_to(member).delete()


def export_inbound_mails(member: Any) -> list[dict[str, Any]]:
    """That mails of theirs came in, and what became of each."""
    return list(InboundMail.objects.filter(member=member).order_by("at").values("at", "state", "why"))


def erase_inbound_mails(member: Any) -> None:
    """Whose they were. That a mail was taken stays, so that it is not taken again."""
    InboundMail.objects.filter(member=member).update(member=None)


def export_mails(member: Any) -> list[dict[str, Any]]:
    """Which mails went to them."""
    return [
        {"to": mail.to, "subject": mail.subject, "at": mail.created_at.isoformat(), "state": mail.state}
        for mail in _mails_to(member).order_by("created_at")
    ]


def erase_mails(member: Any) -> None:
    """Delete the records of mails to them; of mails to others that name them, what they said."""
    _mails_to(member).delete()
    pattern = pattern_of(member.full_name, member.email)
    if pattern is None:
        return
    rows = Mail.objects.filter(organisation=member.organisation_id).exclude(subject="", text="")
    said = [
        pk
        for pk, subject, text in rows.values_list("pk", "subject", "text").iterator()
        if pattern.search(subject) or pattern.search(" ".join(text.split()))
    ]
    Mail.objects.filter(pk__in=said).update(subject="", text="", html="")


def _mails_to(member: Any) -> Any:
    """Mails of the organisation to its address for them, and of the server itself to the one they sign in with."""
    theirs = Q(member=member) | Q(organisation=member.organisation_id, to__iexact=member.email)
    if member.account is not None:
        either = Q(organisation=member.organisation_id) | Q(organisation=None)
        theirs |= either & Q(to__iexact=member.account.email)
    return Mail.objects.filter(theirs)
