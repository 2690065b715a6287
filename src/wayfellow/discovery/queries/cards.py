"""Person cards: name, state, why and but, four facts, what one can do. A bounded number of statements for a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wayfellow.core import week
from wayfellow.discovery.queries.candidates import Candidate
from wayfellow.discovery.queries.find import recommendations
from wayfellow.discovery.queries.history import Line, lines, people_mentored
from wayfellow.discovery.queries.reader import Reader, read_reader
from wayfellow.discovery.reasons import Reasons, reasons
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.programmes.words import months, rhythm
from wayfellow.relationships.queries import TOO_FEW_ANSWERS, ReplyTime, Wait, expected_waits, reply_times
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
    sought: frozenset[int]

    @property
    def pk(self) -> int:
        return self.enrolment.pk

    @property
    def about_line(self) -> str:
        """Head of product, Customer tools · Lisbon."""
        return self.mentor.work

    @property
    def can_ask(self) -> bool:
        return not self.candidate.is_taken_up and self.candidate.limits.state in ("free", "held")

    @property
    def can_wait(self) -> bool:
        return not self.candidate.is_taken_up and self.candidate.limits.state == "waitlist" and not self.line.mine

    @property
    def can_tell_when_back(self) -> bool:
        """Whether the reader may want to be told when this mentor, who is away, is back."""
        away = self.candidate.limits.state == "away" and not self.candidate.is_taken_up
        return away and not self.candidate.tells_when_back

    @property
    def like_them(self) -> list[int]:
        """For a mentor with no room: up to three skills by which to find somebody alike, the goal's first."""
        if self.candidate.limits.state not in ("waitlist", "full"):
            return []
        levels = {int(skill): level for skill, level in self.candidate.hit.facts.get("levels", {}).items()}
        return sorted(levels, key=lambda skill: (skill not in self.sought, -levels[skill], skill))[:3]

    @property
    def is_saved(self) -> bool:
        return self.candidate.mark == "saved"

    @property
    def is_dismissed(self) -> bool:
        return self.candidate.mark == "dismissed"


def recommended(member: Member, *, most: int, now: datetime) -> list[Card]:
    """Cards of the best mentors for a member's main goal, for a page that is about something else."""
    reader = read_reader(member, now=now)
    return cards(reader, recommendations(reader, most=most))


def cards(reader: Reader, chosen: Sequence[Candidate], *, replies: Mapping[int, ReplyTime] | None = None) -> list[Card]:
    """Cards for the mentors of one page, in the same order.

    Args:
        replies: how fast each answers, where that was read already; who is not in it has given no answer.
    """
    ids = [candidate.pk for candidate in chosen]
    rows = (
        Enrolment.objects.visible_to(reader.member)
        .filter(pk__in=ids)
        .annotate(mentored=people_mentored())
        .select_related("cohort__programme", "member__organisation", "member__profile")
        .defer("member__organisation__logo", "member__profile__photo")
        .in_bulk()
    )
    if replies is None:
        replies = reply_times(rows.values(), now=reader.now)
    waiting = lines(ids, reader.member)
    waits = _waits(chosen, rows, waiting)
    return [
        _card(
            reader,
            candidate,
            rows[candidate.pk],
            mentored=rows[candidate.pk].mentored,
            reply=replies.get(candidate.pk, TOO_FEW_ANSWERS),
            line=waiting.get(candidate.pk, Line()),
            wait=waits.get(candidate.pk),
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
    reply: ReplyTime,
    line: Line,
    wait: Wait | None,
) -> Card:
    mentor = enrolment.member
    facts = [_reply_fact(reply), _places_fact(candidate, mentor)]
    usual = [_time_fact(reader, candidate), _offer_fact(enrolment)]
    facts += _line_facts(line, wait) if wait is not None else usual
    return Card(
        candidate=candidate,
        enrolment=enrolment,
        mentor=mentor,
        reasons=reasons(reader, candidate, mentor, mentored=mentored),
        state=_state(candidate, line),
        facts=facts,
        line=line,
        sought=frozenset(reader.seeker.skills),
    )


def _state(candidate: Candidate, line: Line) -> tuple[str, str]:
    """Shape and word."""
    if candidate.relationship_id is not None:
        return "good", _("You work together")
    if candidate.request_id is not None:
        return "info", _("Has made you an offer") if candidate.request_is_offer else _("You have asked")
    limits = candidate.limits
    if line.mine and limits.state == "waitlist":
        return "info", _("You are in line")
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


def _reply_fact(reply: ReplyTime) -> Fact:
    basis = _("fewer than 5 answers") if reply.hours is None else reply.basis_words
    return Fact(_("Usually replies"), reply.words, basis)


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
    basis = _("for %(months)s") % {"months": months(enrolment.offer_months)}
    return Fact(_("Offers"), capfirst(rhythm(enrolment.offer_minutes, enrolment.offer_every_weeks)), basis)


def _place_in(line: Line) -> int:
    """The reader's place in line, or the one they would get."""
    return line.mine or line.length + 1


def _waits(chosen: Sequence[Candidate], rows: dict[int, Enrolment], waiting: dict[int, Line]) -> dict[int, Wait]:
    """The expected wait for each mentor who is full and can be waited for."""
    places = {
        candidate.pk: _place_in(waiting.get(candidate.pk, Line()))
        for candidate in chosen
        if candidate.limits.state == "waitlist" and candidate.pk in rows
    }
    if not places:
        return {}
    return expected_waits(places, cohort=rows[next(iter(places))].cohort)


def _line_facts(line: Line, wait: Wait) -> list[Fact]:
    label = _("Your place in line") if line.mine else _("You would be")
    return [
        Fact(label, _("Number %(n)d") % {"n": _place_in(line)}, _("never moves back")),
        Fact(
            _("Expected wait"),
            wait.words,
            _("fewer than 5 endings") if wait.weeks_to is None else _("from past endings"),
        ),
    ]
