"""What happens: blocking, taking a block back; raising a concern, looking into it, answering, closing.

Events of this subject name nobody as their actor where that would tell on a person: administrators read the record,
and whoever blocks somebody or reports harm must not be seen there.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.notifications.actions import notify
from wayfellow.people.models import Member
from wayfellow.safety import policy
from wayfellow.safety.models import Block, Concern, ConcernMessage, ReportTerms
from wayfellow.safety.queries import must_not_read, readers_of, terms_of

SENT_TWICE_WITHIN = timedelta(hours=1)


@transaction.atomic
def block_member(actor: Member, other: Member) -> Block:
    """Keep two people apart: neither finds, asks or offers to the other. Nobody is told. Twice is once.

    Raises:
        Refused: yourself.
    """
    enforce(policy.why_not_block_member(actor, other))
    block, is_new = Block.objects.get_or_create(
        blocker=actor, blocked=other, defaults={"organisation": actor.organisation}
    )
    if is_new:
        record("member_blocked", actor=None, organisation=actor.organisation, about=block)
    return block


@transaction.atomic
def unblock_member(actor: Member, other: Member) -> None:
    """Take a block back. What it closed stays closed."""
    block = Block.objects.visible_to(actor).filter(blocked=other).first()
    if block is not None:
        pk = block.pk
        block.delete()
        record("member_unblocked", actor=None, organisation=actor.organisation, about=Block(pk=pk))


@transaction.atomic
def report_concern(
    actor: Member,
    *,
    text: str,
    about: Member | None = None,
    about_words: str = "",
    kept_from: Iterable[Member] = (),
    page: str = "",
    quote: str = "",
) -> Concern:
    """Tell the safeguarding leads of harm. Their mail says only that a report waits.

    Where no lead may read it, administrators are told to name one, and nothing of what it says.

    Args:
        text: what happened.
        about: the member it is about, when they could be told from the others.
        about_words: whom or what it is about, in the person's own words.
        kept_from: leads who must not read it. Whom it is about never does, nor who is named in it, nor who manages a
            programme that both take part in.
        page: where it happened, and
        quote: what was said there, if whoever reports wants that in it.

    Raises:
        InvalidInput: text_missing.
    """
    text = _said(text)
    mine = Concern.objects.filter(raised_by=actor, text=text, about=about)
    same = mine.filter(created_at__gte=clock.now() - SENT_TWICE_WITHIN).first()
    if same is not None:
        return same
    now, terms = clock.now(), terms_of(actor.organisation)
    about_words, quote = about_words.strip()[:200], quote.strip()[:2000]
    concern = Concern.objects.create(
        organisation=actor.organisation,
        raised_by=actor,
        about=about,
        about_words=about_words,
        text=text,
        page=page[:200],
        quote=quote,
        created_at=now,
        take_up_by=now + timedelta(days=terms.take_up_days),
        close_by=now + timedelta(days=terms.close_days),
    )
    hidden = must_not_read(actor, about=about, words=(text, about_words, quote))
    concern.kept_from.set({*kept_from, *hidden})
    _tell_readers("concern_raised", concern)
    record("concern_reported", actor=None, organisation=actor.organisation, about=concern)
    return concern


@transaction.atomic
def add_to_concern(actor: Member, concern: Concern, *, text: str) -> ConcernMessage:
    """Write more about one's own report. A closed one is opened again.

    Raises:
        InvalidInput: text_missing.
        Refused: not_yours.
    """
    text = _said(text)
    concern = Concern.objects.lock(concern.pk)
    enforce(policy.why_not_add_to_concern(actor, concern))
    if concern.is_closed:
        now, terms = clock.now(), terms_of(concern.organisation)
        concern.state, concern.closed_at = Concern.State.NEW, None
        concern.take_up_by = now + timedelta(days=terms.take_up_days)
        concern.close_by = now + timedelta(days=terms.close_days)
        concern.save(update_fields=["state", "closed_at", "take_up_by", "close_by"])
    concern.kept_from.add(*must_not_read(actor, about=concern.about, words=(text,)))
    message = _write(actor, concern, text, from_lead=False)
    _tell_readers("concern_added", concern)
    record("concern_added_to", actor=None, organisation=concern.organisation, about=concern)
    return message


@transaction.atomic
def take_up_concern(actor: Member, concern: Concern) -> Concern:
    """Look into a report; from another lead it is taken over. Whoever raised it is told once that somebody does.

    Raises:
        Refused: not_your_desk, already_yours.
    """
    concern = Concern.objects.lock(concern.pk)
    enforce(policy.why_not_take_up_concern(actor, concern))
    is_first = concern.taken_up_at is None
    concern.state, concern.handled_by, concern.closed_at = Concern.State.SEEN, actor, None
    concern.taken_up_at = concern.taken_up_at or clock.now()
    concern.save(update_fields=["state", "handled_by", "taken_up_at", "closed_at"])
    if is_first:
        _tell_reporter(concern, what="taken_up")
    record("concern_taken_up", actor=actor, organisation=concern.organisation, about=concern)
    return concern


@transaction.atomic
def reply_to_concern(actor: Member, concern: Concern, *, text: str) -> ConcernMessage:
    """Write to the person who raised it. Their mail says only that there is an answer.

    Raises:
        InvalidInput: text_missing.
        Refused: not_your_desk, nobody_to_tell.
    """
    text = _said(text)
    concern = Concern.objects.lock(concern.pk)
    enforce(policy.why_not_reply_to_concern(actor, concern))
    if concern.state == Concern.State.NEW:
        concern.state, concern.handled_by = Concern.State.SEEN, actor
        concern.taken_up_at = concern.taken_up_at or clock.now()
        concern.save(update_fields=["state", "handled_by", "taken_up_at"])
    message = _write(actor, concern, text, from_lead=True)
    _tell_reporter(concern, what="answered")
    record("concern_answered", actor=actor, organisation=concern.organisation, about=concern)
    return message


@transaction.atomic
def close_concern(actor: Member, concern: Concern, *, text: str = "") -> Concern:
    """Close a report, with a last word to the person who raised it if there is one to say.

    Raises:
        Refused: not_your_desk, already_closed.
    """
    concern = Concern.objects.lock(concern.pk)
    enforce(policy.why_not_close_concern(actor, concern))
    now = clock.now()
    concern.state, concern.handled_by, concern.closed_at = Concern.State.CLOSED, actor, now
    concern.taken_up_at = concern.taken_up_at or now
    concern.save(update_fields=["state", "handled_by", "taken_up_at", "closed_at"])
    if text.strip():
        _write(actor, concern, text.strip(), from_lead=True)
    _tell_reporter(concern, what="closed")
    record("concern_closed", actor=actor, organisation=concern.organisation, about=concern)
    return concern


@transaction.atomic
def set_report_terms(actor: Member, *, take_up_days: int, close_days: int) -> ReportTerms:
    """Say how soon reports are looked into and closed, from the next one on.

    Raises:
        Refused: administrators only.
        InvalidInput: close_days is not later than take_up_days.
    """
    enforce(policy.why_not_set_report_terms(actor))
    if not 1 <= take_up_days < close_days <= policy.MOST_DAYS:
        words = _("A report is taken up before it is closed: write a larger number here.")
        raise InvalidInput("days_in_order", words, field="close_days")
    values = {"take_up_days": take_up_days, "close_days": close_days}
    terms, _new = ReportTerms.objects.update_or_create(organisation=actor.organisation, defaults=values)
    record("report_terms_changed", actor=actor, organisation=actor.organisation, about=terms, details=values)
    return terms


def _said(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput("text_missing", _("Write something here."), field="text")
    return text


def _write(actor: Member, concern: Concern, text: str, *, from_lead: bool) -> ConcernMessage:
    return ConcernMessage.objects.create(
        organisation=concern.organisation,
        concern=concern,
        author=actor,
        from_lead=from_lead,
        text=text,
        created_at=clock.now(),
    )


def _tell_readers(kind: str, concern: Concern) -> None:
    slug = concern.organisation.slug
    readers = readers_of(concern)
    for lead in readers:
        notify(kind, to=lead, about=concern, links={"page": reverse("concern", args=[slug, concern.pk])})
    if not readers:
        administrators = Member.objects.active().filter(organisation=concern.organisation_id, is_administrator=True)
        for administrator in administrators.order_by("pk"):
            page = {"page": reverse("people", args=[slug])}
            notify("safeguarding_lead_wanted", to=administrator, links=page)


def _tell_reporter(concern: Concern, *, what: str) -> None:
    reporter = concern.raised_by
    if reporter is not None and reporter.is_active:
        facts: dict[str, Any] = {"what": what}
        page = {"page": reverse("my_concern", args=[concern.organisation.slug, concern.pk])}
        notify("concern_answered", to=reporter, about=concern, facts=facts, links=page)
