"""How relationships are doing, in parts and never as a score: who has met, what is agreed, what both sides say.

Nothing here reads what people wrote: dates and counts only. Each part is seen by its people first; the programme
sees it as somebody to have a word with a week later (`LATER`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.conversations.models import Message
from wayfellow.goals.queries.commitments import Counts, commitment_counts
from wayfellow.meetings.queries.health import MeetingFacts, meeting_facts
from wayfellow.people.availability import listed
from wayfellow.people.models import Member
from wayfellow.programmes.models import Cohort
from wayfellow.relationships.models import AgreementVersion, Participant, Relationship
from wayfellow.surveys.queries.answers import worthwhile
from wayfellow.web.templatetags.wayfellow import long_day

FIRST_MEETING = 10  # days after it opened
BEYOND_CADENCE = 14  # days after the next meeting was due
USUAL_WEEKS = 4  # between meetings, where nothing was agreed
LATER = 7  # days by which the programme sees later than the people themselves
LOOK_BACK = timedelta(days=60)
FEWEST_LETTERS, ONE_SIDE = 6, 0.8


@dataclass(frozen=True)
class Part:
    """One part of how a relationship is doing.

    Attributes:
        kind: `contact`, `balance`, `worthwhile`, `commitments` or `agreement`.
        label: its name.
        words: what can be seen of it.
        shape: `good`, `warn`, `info` or `none`, as `{% status %}` shows it.
    """

    kind: str
    label: Any
    words: str
    shape: str


@dataclass(frozen=True)
class Health:
    """The parts of one relationship, and whether the programme could have a word.

    Attributes:
        names: its people, mentors first.
        quiet_days: days since they met, or since it began; None while it is paused.
    """

    relationship: Relationship
    people: list[Participant]
    names: str
    parts: list[Part]
    quiet_days: int | None
    wants_word: bool

    @property
    def contact(self) -> Part:
        return self.parts[0]


def under_way(cohort: Cohort) -> QuerySet[Relationship]:
    """The relationships of a cohort that are open, with their people."""
    rows = Relationship.objects.filter(cohort=cohort, state__in=(Relationship.State.ACTIVE, Relationship.State.PAUSED))
    return rows.select_related("organisation").prefetch_related("participants__enrolment__member")


def search(rows: QuerySet[Relationship], words: str) -> QuerySet[Relationship]:
    """Only those in which somebody is called like each of the words."""
    for word in words.replace("\0", "").split()[:8]:
        named = Participant.objects.filter(
            relationship=OuterRef("pk"), left_at__isnull=True, enrolment__member__full_name__icontains=word
        )
        rows = rows.filter(Exists(named))
    return rows


def health_of(relationships: Sequence[Relationship], *, now: datetime, later: int = LATER) -> list[Health]:
    """The parts of each of these relationships. Six queries, whatever their number.

    Args:
        relationships: with their participants and members at hand.
        later: days by which thresholds lie later; `LATER` for the programme, 0 for the people themselves.
    """
    if not relationships:
        return []
    keys = [row.pk for row in relationships]
    today = relationships[0].organisation.today(now)
    met = meeting_facts(keys, now=now)
    kept = commitment_counts(keys, today=today)
    letters = _letters(keys, now)
    good = worthwhile(keys)
    signed = dict(
        AgreementVersion.objects.filter(agreement__relationship__in=keys, in_force_at__isnull=False)
        .order_by("in_force_at", "pk")
        .values_list("agreement__relationship", "in_force_at")
    )
    return [
        _health(row, met[row.pk], kept[row.pk], letters.get(row.pk, {}), good[row.pk], signed.get(row.pk), now, later)
        for row in relationships
    ]


def _health(
    row: Relationship,
    met: MeetingFacts,
    kept: Counts,
    letters: dict[int, int],
    good: bool | None,
    signed: datetime | None,
    now: datetime,
    later: int,
) -> Health:
    people = [one for one in row.participants.all() if one.left_at is None]
    people.sort(key=lambda one: (one.role != Participant.Role.MENTOR, one.pk))
    contact, quiet_days = _contact(row, met, now, later)
    parts = [contact, _balance(letters, len(people)), _worth(good), _commitments(kept), _agreement(signed)]
    return Health(
        relationship=row,
        people=people,
        names=listed([one.enrolment.member.full_name for one in people]),
        parts=parts,
        quiet_days=quiet_days,
        wants_word=contact.shape == "warn" or good is False,
    )


def _contact(row: Relationship, met: MeetingFacts, now: datetime, later: int) -> tuple[Part, int | None]:
    label = _("Contact")
    if row.state == Relationship.State.PAUSED:
        return Part("contact", label, _("Paused"), "none"), None
    since = met.last_held or row.opened_at
    days = (now - since).days
    ahead = _("next on %(day)s") % {"day": long_day(met.next_planned)} if met.next_planned else _("next one not set")
    if met.last_held is None:
        words = ngettext("Not met yet, %(n)d day after it began; %(next)s", "Not met yet, %(n)d days after it began; "
                         "%(next)s", days) % {"n": days, "next": ahead}  # fmt: skip
        late = days > FIRST_MEETING + later
    else:
        words = _("Last met on %(day)s; %(next)s") % {"day": long_day(met.last_held), "next": ahead}
        late = days > (row.every_weeks or USUAL_WEEKS) * 7 + BEYOND_CADENCE + later
    shape = "warn" if late and met.next_planned is None else "good" if met.last_held else "info"
    return Part("contact", label, words, shape), days


def _balance(letters: dict[int, int], people: int) -> Part:
    label, total = _("Both sides"), sum(letters.values())
    if total < FEWEST_LETTERS or people < 2:
        return Part("balance", label, _("Too few letters to say"), "none")
    if max(letters.values()) / total > ONE_SIDE:
        return Part("balance", label, _("One person writes most of the letters"), "info")
    return Part("balance", label, _("Letters come from more than one side"), "good")


def _worth(good: bool | None) -> Part:
    label = _("Worth the time")
    if good is None:
        return Part("worthwhile", label, _("Not all have answered"), "none")
    if good:
        return Part("worthwhile", label, _("All call it worthwhile"), "good")
    return Part("worthwhile", label, _("Not all call it worthwhile"), "warn")


def _commitments(kept: Counts) -> Part:
    label = _("Commitments")
    if not kept.open:
        return Part("commitments", label, _("None open"), "none")
    words = ngettext("%(n)d open", "%(n)d open", kept.open) % {"n": kept.open}
    if kept.overdue:
        words += ", " + ngettext("%(n)d past its day", "%(n)d past their day", kept.overdue) % {"n": kept.overdue}
    return Part("commitments", label, words, "info" if kept.overdue else "good")


def _agreement(signed: datetime | None) -> Part:
    label = _("Agreement")
    if signed is None:
        return Part("agreement", label, _("Not signed yet"), "none")
    return Part("agreement", label, _("Signed by all on %(day)s") % {"day": long_day(signed)}, "good")


def _letters(keys: list[int], now: datetime) -> dict[int, dict[int, int]]:
    """How many letters each person wrote lately; what they say is not read."""
    rows = Message.objects.filter(
        relationship__in=keys, created_at__gte=now - LOOK_BACK, author__isnull=False, deleted_at__isnull=True
    )
    found: dict[int, dict[int, int]] = {}
    counted = rows.order_by().values_list("relationship", "author").annotate(n=Count("pk"))
    for relationship, author, count in counted:
        found.setdefault(relationship, {})[author] = count
    return found


@dataclass(frozen=True)
class Summary:
    """Counts over a cohort; none of fewer than five relationships."""

    open: int
    met_lately: int
    signed: int
    judged: int
    good: int
    is_shown: bool


def summary_of(found: Sequence[Health], *, now: datetime, fewest: int) -> Summary:
    """How many met in the last 30 days, signed, and call it worthwhile."""
    parts = [{part.kind: part for part in health.parts} for health in found]
    return Summary(
        open=len(found),
        met_lately=sum(_met_within(health, 30) for health in found),
        signed=sum(each["agreement"].shape == "good" for each in parts),
        judged=sum(each["worthwhile"].shape != "none" for each in parts),
        good=sum(each["worthwhile"].shape == "good" for each in parts),
        is_shown=len(found) >= fewest,
    )


def _met_within(health: Health, days: int) -> bool:
    return health.contact.shape == "good" and health.quiet_days is not None and health.quiet_days <= days


def managers_of(relationship: Relationship) -> str:
    """Who sees these parts, by name."""
    rows = Member.objects.active().filter(programmes_managed=relationship.cohort.programme_id)
    return listed(list(rows.order_by("full_name").values_list("full_name", flat=True)))
