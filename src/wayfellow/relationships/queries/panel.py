"""What the workspace page shows of agreement, looking back, pausing and the people of a relationship."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import (
    AgreementVersion,
    JoiningInvitation,
    Participant,
    Relationship,
    Review,
    Signature,
)
from wayfellow.relationships.policy.relationships import why_not_end_relationship
from wayfellow.relationships.policy.reviews import may_still_look_back
from wayfellow.relationships.queries.agreement_page import AgreementPage, read_agreement
from wayfellow.relationships.queries.alternatives import next_people
from wayfellow.relationships.queries.trail import Step, names_in

MOST_JOINING = 5


@dataclass
class Panel:
    """The parts of the workspace page that belong to this subject.

    Attributes:
        relationship: whose page it is.
        agreement: as `read_agreement`.
        review: the look back that is open or was shown last.
        my_turn: whether the reader has not filled it in.
        joining: people who are invited to join, newest first.
        may_end: whether the reader can pause, leave or end it.
        may_look_back: whether a look back can begin now.
        next_people: whom a mentee can ask next, once it is over for them.
        goodbyes: those who left a group, with what they said.
        met_unsigned: it is under way and no text is signed: they may meet all the same.
    """

    relationship: Relationship
    agreement: AgreementPage
    review: Review | None = None
    my_turn: bool = False
    joining: list[JoiningInvitation] = field(default_factory=list)
    may_end: bool = False
    may_look_back: bool = False
    next_people: list[Enrolment] = field(default_factory=list)
    goodbyes: list[Participant] = field(default_factory=list)

    @property
    def met_unsigned(self) -> bool:
        return self.relationship.is_open and self.agreement.in_force is None


def read_panel(relationship: Relationship, member: Member, *, now: datetime) -> Panel:
    """The panel, in a fixed number of queries.

    Args:
        relationship: with its people prefetched, as `find_relationship` reads it.
    """
    panel = Panel(relationship, read_agreement(relationship, member))
    rows = Review.objects.visible_to(member).filter(relationship=relationship)
    first = F("shown_at").desc(nulls_first=True) if relationship.is_open else F("kind").asc()
    panel.review = rows.order_by(first, "-opened_at").first()
    me = names_in(relationship, member).of_member(member.pk)
    here = me is not None and me.is_present
    panel.may_look_back = here and (relationship.is_open or may_still_look_back(relationship, now))
    if panel.review is not None and panel.review.shown_at is None:
        filled = panel.review.answers.filter(participant__enrolment__member=member, done_at__isnull=False)
        panel.my_turn = panel.may_look_back and not filled.exists()
    if relationship.is_open and here:
        asked = JoiningInvitation.objects.visible_to(member).open().filter(relationship=relationship)
        panel.joining = list(asked.select_related("enrolment__member").order_by("-pk")[:MOST_JOINING])
        panel.may_end = why_not_end_relationship(member, relationship, now) is None
    over = not relationship.is_open or not here
    if me is not None and over and me.role == Participant.Role.MENTEE and member.is_active:
        panel.next_people = next_people(me.enrolment, relationship, now=now)
    panel.goodbyes = [
        one
        for one in relationship.participants.all()
        if one.goodbye and one.left_at is not None and (here or one is me or (me and one.left_at <= me.left_at))
    ]
    return panel


def steps_of(relationship: Relationship, reader: Member, most: int) -> list[Step]:
    """The newest steps of agreement and looking back, newest first. Three queries."""
    names = names_in(relationship, reader)
    rows = AgreementVersion.objects.visible_to(reader).filter(agreement__relationship=relationship)
    steps: list[Step] = []
    for version in rows.filter(in_force_at__isnull=False).order_by("-in_force_at")[:most]:
        steps.append(Step("both", _("Agreement signed, version %(n)d") % {"n": version.number}, version.in_force_at))
    signed = Signature.objects.visible_to(reader).filter(version__agreement__relationship=relationship)
    by_pk = {one.pk: one for one in names.people}
    for row in signed.filter(version__in_force_at__isnull=True).select_related("version").order_by("-signed_at")[:most]:
        said = {"n": row.version.number, "name": "%(name)s"}
        mine, theirs = _("You signed version %(n)d") % said, _("%(name)s signed version %(n)d") % said
        steps.append(names.step(by_pk.get(row.participant_id), mine, theirs, row.signed_at))
    looked = Review.objects.visible_to(reader).filter(relationship=relationship, shown_at__isnull=False)
    for review in looked.order_by("-shown_at")[:most]:
        assert review.shown_at is not None  # noqa: S101 (asked for above)
        steps.append(Step("both", _("You looked back together"), review.shown_at))
    return sorted(steps, key=lambda step: step.at)[::-1][:most]
