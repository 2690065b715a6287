"""Person cards: name, state, why and but, four facts, what one can do. A bounded number of statements for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.core import week
from wayfellow.discovery import words
from wayfellow.discovery.queries.candidates import Candidate
from wayfellow.discovery.queries.history import (
    ENOUGH,
    Line,
    Replies,
    lines,
    past_durations,
    people_mentored,
    usual_replies,
    wait_in_weeks,
)
from wayfellow.discovery.queries.reader import Reader
from wayfellow.discovery.reasons import Reasons, reasons
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.web.templatetags.wayfellow import day, long_day, moment


@dataclass(frozen=True)
class Fact:
    """One of the four facts of a card."""

    label: Any
    value: Any
    basis: Any = ""


@dataclass(frozen=True)
class Card:
    """A mentor as one member sees them, ready to be shown."""

    candidate: Candidate
    enrolment: Enrolment
    mentor: Member
    reasons: Reasons
    state: tuple[str, str]
    facts: list[Fact]
    line: Line

    @property
    def pk(self) -> int:
        return self.enrolment.pk

    @property
    def about_line(self) -> str:
        """Head of product, Customer tools · Lisbon."""
        work = ", ".join(part for part in (self.mentor.job_title, self.mentor.department) if part)
        return " · ".join(part for part in (work, self.mentor.location) if part)

    @property
    def can_ask(self) -> bool:
        return not self.candidate.is_taken_up and self.candidate.limits.state in ("free", "held")

    @property
    def can_wait(self) -> bool:
        return not self.candidate.is_taken_up and self.candidate.limits.state == "waitlist" and not self.line.mine

    @property
    def is_saved(self) -> bool:
        return self.candidate.mark == "saved"

    @property
    def is_dismissed(self) -> bool:
        return self.candidate.mark == "dismissed"


def cards(reader: Reader, chosen: Sequence[Candidate]) -> list[Card]:
    """Cards for the mentors of one page, in the same order."""
    ids = [candidate.pk for candidate in chosen]
    rows = (
        Enrolment.objects.visible_to(reader.member)
        .filter(pk__in=ids)
        .select_related("cohort__programme", "member__organisation", "member__profile")
        .defer("member__organisation__logo", "member__profile__photo")
        .in_bulk()
    )
    replies = usual_replies(ids)
    mentored = people_mentored(ids)
    waiting = lines(ids, reader.member)
    anybody_full = any(candidate.limits.state == "waitlist" for candidate in chosen)
    durations = past_durations(reader.member.organisation_id) if anybody_full else []
    return [
        _card(
            reader,
            candidate,
            rows[candidate.pk],
            mentored=mentored.get(candidate.pk, 0),
            replies=replies.get(candidate.pk),
            line=waiting.get(candidate.pk, Line()),
            durations=durations,
        )
        for candidate in chosen
        if candidate.pk in rows
    ]


def _card(
    reader: Reader,
    candidate: Candidate,
    enrolment: Enrolment,
    *,
    mentored: int,
    replies: Replies | None,
    line: Line,
    durations: list[timedelta],
) -> Card:
    mentor = enrolment.member
    full = candidate.limits.state == "waitlist"
    facts = [_reply_fact(replies), _places_fact(candidate, mentor)]
    facts += (
        _line_facts(enrolment, line, durations) if full else [_time_fact(reader, candidate), _offer_fact(enrolment)]
    )
    return Card(
        candidate=candidate,
        enrolment=enrolment,
        mentor=mentor,
        reasons=reasons(reader, candidate, mentor, mentored=mentored),
        state=_state(candidate),
        facts=facts,
        line=line,
    )


def _state(candidate: Candidate) -> tuple[str, str]:
    """Shape and word."""
    if candidate.relationship_id is not None:
        return "good", _("You work together")
    if candidate.request_id is not None:
        return "info", _("You have asked")
    limits = candidate.limits
    if limits.state == "away":
        return "none", _("Away until %(day)s") % {"day": day(limits.away_until).split(" ", 1)[-1]}
    return {
        "free": ("good", _("Can take a request")),
        "held": ("good", _("A place is kept for you")),
        "busy": ("info", _("Many requests just now")),
        "waitlist": ("info", _("Full, waitlist open")),
        "full": ("none", _("Full")),
        "closed": ("none", _("Takes no requests now")),
    }[limits.state]


def _reply_fact(replies: Replies | None) -> Fact:
    label = _("Usually replies")
    if replies is None:
        return Fact(label, _("Too few to say"), _("fewer than %(n)d requests") % {"n": ENOUGH})
    basis = _("middle of the last %(n)d") % {"n": replies.basis}
    return Fact(label, reply_words(replies.usual), basis)


def reply_words(usual: timedelta) -> str:
    """Within 2 days."""
    days = -(-usual // timedelta(days=1))
    return ngettext("Within %(n)d day", "Within %(n)d days", days) % {"n": max(days, 1)}


def _places_fact(candidate: Candidate, mentor: Member) -> Fact:
    limits = candidate.limits
    value = _("%(free)d of %(all)d free") % {"free": max(limits.free, 0), "all": limits.capacity}
    if limits.state == "away":
        return Fact(_("Places"), value, _("from %(day)s") % {"day": long_day(limits.away_until)})
    return Fact(_("Places"), value, _("set by %(name)s") % {"name": mentor.short_name})


def _time_fact(reader: Reader, candidate: Candidate) -> Fact:
    label = _("First free time")
    if not candidate.hit.slots:
        return Fact(label, _("Not shared"))
    if not reader.slots:
        return Fact(label, _("Say yours first"), _("in your profile"))
    first = week.first_time(candidate.shared, reader.now)
    if first is None:
        return Fact(label, _("None you share"))
    return Fact(label, moment(first), _("your time"))


def _offer_fact(enrolment: Enrolment) -> Fact:
    value = words.rhythm(enrolment.offer_minutes, enrolment.offer_every_weeks)
    months = enrolment.offer_months
    basis = ngettext("for %(n)d month", "for %(n)d months", months) % {"n": months}
    return Fact(_("Offers"), value, basis)


def _line_facts(enrolment: Enrolment, line: Line, durations: list[timedelta]) -> list[Fact]:
    place = line.mine or line.length + 1
    label = _("Your place in line") if line.mine else _("You would be")
    weeks = wait_in_weeks(durations, place=place, places=enrolment.capacity)
    if weeks is None:
        wait = Fact(_("Expected wait"), _("Too few to say"), _("fewer than %(n)d endings") % {"n": ENOUGH})
    else:
        wait = Fact(_("Expected wait"), _("%(low)d to %(high)d weeks") % weeks, _("from past endings"))
    return [Fact(label, _("Number %(n)d") % {"n": place}, _("never moves back")), wait]
