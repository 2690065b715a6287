"""Reads for the notices page, the preferences and the outbox."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from wayfellow.notifications.kinds import declared_kinds
from wayfellow.notifications.models import Mail, Notice, NoticePreference

SEARCHED = 1000


@dataclass(frozen=True)
class Sentence:
    """A notice as the page shows it."""

    notice: Notice
    text: str
    label: Any


@dataclass(frozen=True)
class Preference:
    """One kind of notice and what the member said about it."""

    kind: str
    label: Any
    why: Any
    can_stop: bool
    in_app: bool
    by_mail: bool


def notices_of(member: Any, *, unread: bool = False, kind: str = "") -> QuerySet[Notice]:
    """A member's notices in the app, newest first."""
    rows = Notice.objects.visible_to(member).in_app().order_by("-created_at", "-pk")
    if unread:
        rows = rows.filter(read_at__isnull=True)
    return rows.filter(kind=kind) if kind else rows


def sentences_of(notices: Any) -> list[Sentence]:
    """The notices in words. A kind that no subject declares any more is left out."""
    kinds = declared_kinds()
    return [
        Sentence(notice, str(import_string(kinds[notice.kind][1].text)(notice)), kinds[notice.kind][1].label)
        for notice in notices
        if notice.kind in kinds
    ]


def search_notices(rows: QuerySet[Notice], words: str) -> list[Sentence]:
    """The newest notices whose sentence holds all these words. Sentences are made in the reader's language, so they
    are looked through here and not in the database."""
    wanted = words.casefold().split()
    return [
        sentence
        for sentence in sentences_of(rows[:SEARCHED])
        if all(word in sentence.text.casefold() for word in wanted)
    ]


def preferences_of(member: Any) -> list[Preference]:
    """Every kind of notice, with the member's choice."""
    said = {row.kind: row for row in NoticePreference.objects.visible_to(member)}
    found = []
    for kind, (_subject, declared) in declared_kinds().items():
        row = said.get(kind) if declared.can_stop else None
        found.append(
            Preference(
                kind=kind,
                label=declared.label,
                why=declared.why,
                can_stop=declared.can_stop,
                in_app=row.in_app if row else True,
                by_mail=row.by_mail if row else True,
            )
        )
    return found


def mails_kept(words: str = "") -> QuerySet[Mail]:
    """The demo's outbox, newest first; every word is looked for in receiver and subject."""
    rows = Mail.objects.filter(state=Mail.State.KEPT).exclude(text="").order_by("-created_at", "-pk")
    for word in words.split():
        rows = rows.filter(Q(to__icontains=word) | Q(subject__icontains=word))
    return rows.defer("text", "html")
