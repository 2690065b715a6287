"""The agreement as one of its people reads it: each point with what each said, what is settled, who signed what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wayfellow.people.models import Member
from wayfellow.relationships.clauses import CLAUSES, EACH, Clause, Values, clauses_of, in_words, part
from wayfellow.relationships.models import (
    Agreement,
    AgreementAnswers,
    AgreementProposal,
    AgreementVersion,
    Participant,
    Relationship,
)
from wayfellow.relationships.queries.agreement import sides_of, still_open
from wayfellow.relationships.queries.trail import Names, Step

MOST_VERSIONS = 8


@dataclass(frozen=True)
class Said:
    """What one person said at a point."""

    who: Participant
    is_me: bool
    words: str


@dataclass
class Point:
    """One point: its words in the text, and what each said where they differ."""

    clause: Clause
    words: str = ""
    said: list[Said] = field(default_factory=list)
    proposal: AgreementProposal | None = None
    proposed: str = ""
    is_open: bool = False
    settled_at: datetime | None = None

    @property
    def my_words(self) -> str:
        return next((one.words for one in self.said if one.is_me), "")

    @property
    def proposal_is_mine(self) -> bool:
        return self.proposal is not None and any(
            one.is_me and one.who.pk == self.proposal.written_by_id for one in self.said
        )


@dataclass(frozen=True)
class Signed:
    """Whether one person signed the version that stands now."""

    who: Participant
    is_me: bool
    at: datetime | None


@dataclass
class AgreementPage:
    """Everything of an agreement, as far as the reader may read it."""

    agreement: Agreement | None = None
    mine: AgreementAnswers | None = None
    waiting_for: list[Participant] = field(default_factory=list)
    shown: list[AgreementAnswers] = field(default_factory=list)
    version: AgreementVersion | None = None
    in_force: AgreementVersion | None = None
    versions: list[AgreementVersion] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    signatures: list[Signed] = field(default_factory=list)

    @property
    def open(self) -> list[Point]:
        return [point for point in self.points if point.is_open]

    @property
    def settled(self) -> list[Point]:
        return [point for point in self.points if not point.is_open and point.said]

    @property
    def agreed(self) -> list[Point]:
        return [point for point in self.points if not point.is_open and not point.said and point.words]

    @property
    def is_signed(self) -> bool:
        return self.version is not None and self.version.in_force_at is not None

    @property
    def signed_by_me(self) -> bool:
        return any(one.is_me and one.at is not None for one in self.signatures)

    @property
    def unsigned(self) -> list[Participant]:
        return [one.who for one in self.signatures if one.at is None]

    @property
    def stage(self) -> str:
        """empty, mine (my side waits), others (theirs does), open (points differ), sign, sign_others, signed."""
        if self.version is None:
            if self.mine is not None and self.mine.done_at is not None:
                return "others"
            return "empty" if self.agreement is None or not self.agreement.answers.exists() else "mine"
        if self.is_signed:
            return "signed"
        if self.open:
            return "open"
        return "sign_others" if self.signed_by_me else "sign"


def read_agreement(relationship: Relationship, reader: Member) -> AgreementPage:
    """Everything of an agreement that this reader may read. A fixed number of queries.

    Args:
        relationship: with its people prefetched.
    """
    found = Agreement.objects.visible_to(reader).filter(relationship=relationship).first()
    if found is None:
        return AgreementPage()
    found.relationship = relationship
    people = list(relationship.participants.all())
    here, by_pk = [one for one in people if one.is_present], {one.pk: one for one in people}
    answers = list(found.answers.all())
    read = set(AgreementAnswers.objects.visible_to(reader).filter(agreement=found).values_list("pk", flat=True))
    me = next((one for one in people if one.enrolment.member_id == reader.pk), None)
    page = AgreementPage(agreement=found)
    page.mine = next((row for row in answers if me is not None and row.participant_id == me.pk), None)
    done = {row.participant_id for row in answers if row.done_at is not None}
    page.waiting_for = [one for one in here if one.pk not in done]
    page.shown = [row for row in answers if row.pk in read and row.shown_at is not None]
    for row in page.shown:
        row.participant = by_pk[row.participant_id]
    rows = AgreementVersion.objects.visible_to(reader).filter(agreement=found).order_by("-number")
    page.versions = list(rows[:MOST_VERSIONS])
    page.version = next((one for one in page.versions if one.dropped_at is None), None)
    page.in_force = next((one for one in page.versions if one.in_force_at is not None), None) or (
        rows.filter(in_force_at__isnull=False).first() if page.version is not None else None
    )
    for version in page.versions:
        version.agreement, version.written_by = found, by_pk.get(version.written_by_id or 0)
    if page.version is not None:
        _fill(page, here, by_pk, me)
    return page


def _fill(page: AgreementPage, here: list[Participant], by_pk: dict[int, Participant], me: Participant | None) -> None:
    agreement, version = page.agreement, page.version
    assert agreement is not None and version is not None  # noqa: S101 (asked for by the caller)
    sides = sides_of(page.shown, here)
    still = {clause.key for clause in still_open(version.values, sides, agreement)}
    proposals = {row.clause: row for row in agreement.proposals.all()}
    settled = {one.clause: one.created_at for one in reversed(page.versions) if one.because == "settled"}
    for clause in clauses_of(agreement.template):
        point = Point(clause, words=words_in(clause, version.values, agreement.template, by_pk, me))
        point.is_open = clause.key in still
        point.settled_at = settled.get(clause.key)
        if point.is_open or point.settled_at is not None:
            point.said = [
                Said(by_pk[pk], me is not None and pk == me.pk, in_words(clause, values, agreement.template))
                for pk, values in sides.items()
                if in_words(clause, values, agreement.template)
            ]
        point.proposal = proposals.get(clause.key)
        if point.proposal is not None:
            point.proposal.written_by = by_pk[point.proposal.written_by_id]
            point.proposed = in_words(clause, point.proposal.values, agreement.template)
        page.points.append(point)
    signed = dict(version.signatures.values_list("participant", "signed_at"))
    page.signatures = [Signed(one, me is not None and one.pk == me.pk, signed.get(one.pk)) for one in here]


def words_in(
    clause: Clause, values: Values, template: str, by_pk: dict[int, Participant], me: Participant | None
) -> str:
    """What a text says at a point; of `each`, one line a person."""
    if clause.kind != EACH:
        return in_words(clause, values, template)
    lines = []
    for pk, text in sorted((values.get(clause.key) or {}).items(), key=lambda entry: int(entry[0])):
        who = by_pk.get(int(pk))
        if who is not None and text:
            name = _("You") if me is not None and who.pk == me.pk else who.enrolment.member.short_name
            lines.append(f"{name}: {text}")
    return "\n".join(lines)


def wording(version: AgreementVersion, people: Sequence[Participant], reader: Member) -> list[tuple[Any, str]]:
    """All points of one version with their words, for reading it alone."""
    by_pk = {one.pk: one for one in people}
    me = next((one for one in people if one.enrolment.member_id == reader.pk), None)
    template = version.agreement.template
    found = [(clause, words_in(clause, version.values, template, by_pk, me)) for clause in clauses_of(template)]
    return [(clause.label, words) for clause, words in found if words or part(version.values, clause)]


def steps_of_versions(page: AgreementPage, names: Names) -> list[Step]:
    """What happened to the text, newest first: for the side of its page, and for the timeline."""
    steps = []
    for version in page.versions:
        steps.append(names.step(*_written(version), version.created_at))
        if version.in_force_at is not None:
            steps.append(Step("both", _("Version %(n)d signed by all") % {"n": version.number}, version.in_force_at))
    return sorted(steps, key=lambda step: step.at)[::-1]


def _written(version: AgreementVersion) -> tuple[Participant | None, str, str]:
    n, label = version.number, str(CLAUSES[version.clause].label) if version.clause else ""
    kinds = AgreementVersion.Because
    filled = {"n": n, "point": label, "name": "%(name)s"}
    if version.because == kinds.SETTLED:
        mine, theirs = _("Version %(n)d, you settled “%(point)s”"), _("Version %(n)d, %(name)s settled “%(point)s”")
    elif version.because == kinds.CHANGED:
        mine, theirs = _("Version %(n)d, you changed “%(point)s”"), _("Version %(n)d, %(name)s changed “%(point)s”")
    elif version.because == kinds.EXTENDED:
        mine, theirs = _("Version %(n)d, you propose a later end"), _("Version %(n)d, %(name)s proposes a later end")
    elif version.because == kinds.JOINED:
        mine = theirs = _("Version %(n)d, somebody joined")
    else:
        mine = theirs = _("Version %(n)d, from what each filled in")
    who = version.written_by if version.because not in (kinds.JOINED, kinds.COMPARED) else None
    return who, mine % filled, theirs % filled
