"""What was answered, as each reader may have it: oneself all, a programme one thing, an organisation totals."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.surveys.instruments import PULSE, Instrument
from wayfellow.surveys.models import SurveyAnswer, SurveyChoice, SurveyInvitation
from wayfellow.surveys.policy import is_shown


@dataclass(frozen=True)
class Said:
    """What one person answered to one item."""

    text: str
    value: int | None
    word: Any


def invitations_of(member: Member, relationship: Relationship) -> QuerySet[SurveyInvitation]:
    """What a member was asked in a relationship, the newest first, with their answers."""
    rows = SurveyInvitation.objects.visible_to(member).filter(relationship=relationship)
    return rows.prefetch_related("answers").order_by("-asked_at", "-pk")


def open_invitations(member: Member, *, now: datetime) -> QuerySet[SurveyInvitation]:
    """What waits for a member's answer, in all relationships, the one that closes first before the others."""
    rows = SurveyInvitation.objects.visible_to(member).filter(answered_at__isnull=True, closes_at__gt=now)
    return rows.select_related("relationship").order_by("closes_at", "pk")


def said_in(invitation: SurveyInvitation, names: str) -> list[Said]:
    """Each item of an answered invitation with what was said; nothing where it was left out."""
    values = {answer.item: answer.value for answer in invitation.answers.all()}
    asked: Instrument = invitation.asks
    return [
        Said(str(item.text) % {"names": names}, values.get(item.key), word_of(asked, values.get(item.key)))
        for item in asked.items
    ]


def word_of(instrument: Instrument, value: int | None) -> Any:
    """The word of a value on its scale."""
    return instrument.scale.word(value) if value is not None else ""


def choice_of(member: Member, relationship: Relationship) -> SurveyChoice:
    """What a member wants of these questions; the usual, not stored, where they chose nothing."""
    found = SurveyChoice.objects.visible_to(member).filter(relationship=relationship).first()
    return found or SurveyChoice(organisation=relationship.organisation, member=member, relationship=relationship)


def worthwhile(relationships: Iterable[int]) -> dict[int, bool | None]:
    """Whether everybody in a relationship calls it worthwhile, the one thing that its programme manager reads.

    Args:
        relationships: keys of relationships.

    Returns:
        for each key, True or False by the latest answers of all who are in it; None while one of them has not
        answered the item. Who said what is not in it. Two queries.
    """
    keys = list(relationships)
    people: dict[int, set[int]] = defaultdict(set)
    rows = Participant.objects.filter(relationship__in=keys, left_at__isnull=True)
    for relationship, member in rows.values_list("relationship_id", "enrolment__member_id"):
        people[relationship].add(member)
    latest: dict[tuple[int, int], int] = {}
    answers = SurveyAnswer.objects.filter(
        invitation__relationship__in=keys, invitation__instrument=PULSE.key, item=PULSE.programme_item
    ).order_by("invitation__answered_at", "pk")
    for relationship, member, value in answers.values_list("invitation__relationship_id", "member_id", "value"):
        latest[relationship, member] = value
    found: dict[int, bool | None] = {}
    for key in keys:
        values = [latest.get((key, member)) for member in people[key]]
        known = [value for value in values if value is not None]
        complete = bool(values) and len(known) == len(values)
        found[key] = all(value >= PULSE.programme_floor for value in known) if complete else None
    return found


@dataclass(frozen=True)
class Total:
    """How many people chose each point of an item, by their latest answer; None where too few answered."""

    text: str
    people: int
    counts: list[int] | None

    @property
    def is_shown(self) -> bool:
        return self.counts is not None

    @property
    def by_word(self) -> list[tuple[Any, int]]:
        """Each answer with how many chose it; none where that is not shown."""
        return list(zip(PULSE.scale.words, self.counts or (), strict=False))


def totals(relationships: QuerySet[Relationship], names: str) -> list[Total]:
    """For each item of the pulse the latest answers of all people in these relationships; fewer than five people are
    not shown."""
    latest: dict[tuple[str, int, int], int] = {}
    answers = SurveyAnswer.objects.filter(invitation__relationship__in=relationships, invitation__instrument=PULSE.key)
    rows = answers.order_by("invitation__answered_at", "pk")
    for item, relationship, member, value in rows.values_list(
        "item", "invitation__relationship_id", "member_id", "value"
    ):
        latest[item, relationship, member] = value
    found = []
    for item in PULSE.items:
        theirs = {key: value for key, value in latest.items() if key[0] == item.key}
        people = len({key[2] for key in theirs})
        counts = Counter(theirs.values())
        shown = [counts[point] for point in PULSE.scale.points] if is_shown(people) else None
        found.append(Total(str(item.text) % {"names": names}, people, shown))
    return found
