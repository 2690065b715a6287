"""What the page of a relationship shows of goals and commitments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wayfellow.goals.models import Commitment, CommitmentStep
from wayfellow.goals.queries.commitments import commitments_of
from wayfellow.goals.queries.sharing import SharedGoal, shared_goals
from wayfellow.goals.queries.together import names_in
from wayfellow.people.models import Member

SHOWN = 4


@dataclass(frozen=True)
class GoalsPanel:
    """Goals as they are shared here, and the commitments that come next."""

    relationship: Any
    names: str
    goals: list[SharedGoal]
    own_goal_id: int | None
    commitments: list[Commitment]
    more: bool
    today: Any
    reader: Member
    is_open: bool


def read_panel(relationship: Any, member: Member, *, now: datetime) -> GoalsPanel:
    """Both in at most six queries, however long the history. The relationship comes with its people at hand."""
    today = relationship.organisation.today(now)
    rows = list(commitments_of(member, today=today, relationship=relationship)[: SHOWN + 1])
    main = member.goals.filter(state="active").order_by("-is_main", "pk").values_list("pk", flat=True).first()
    return GoalsPanel(
        relationship=relationship,
        names=names_in(relationship, member),
        goals=shared_goals(relationship, member),
        own_goal_id=main,
        commitments=rows[:SHOWN],
        more=len(rows) > SHOWN,
        today=today,
        reader=member,
        is_open=relationship.is_open,
    )


@dataclass(frozen=True)
class Step:
    """One step on the way: whose (`mentor`, `mentee` or `both`), what, when. As in the trail of relationships."""

    whose: str
    text: str
    at: datetime


def steps_of(relationship: Any, reader: Member, most: int) -> list[Step]:
    """Commitments that were done, newest first and at most so many. One query; the people are at hand."""
    roles = {participant.enrolment.member_id: participant.role for participant in relationship.participants.all()}
    rows = (
        CommitmentStep.objects.visible_to(reader)
        .filter(commitment__relationship=relationship, verb=CommitmentStep.Verb.DONE)
        .select_related("commitment__owner")
        .order_by("-at", "-pk")[:most]
    )
    found = []
    for row in rows:
        owner = row.commitment.owner
        words = {"what": row.commitment.what, "name": owner.short_name}
        text = _("You did: %(what)s") if owner.pk == reader.pk else _("%(name)s did: %(what)s")
        found.append(Step(roles.get(owner.pk, "both"), text % words, row.at))
    return found
