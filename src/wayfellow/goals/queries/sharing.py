"""What of a goal its owner shares, with whom, and what a reader of a relationship finds."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wayfellow.goals import policy
from wayfellow.goals.models import Goal, GoalShare
from wayfellow.goals.queries.together import names_in, others_in, relationships_of
from wayfellow.people.models import Member

Item, Audience = GoalShare.Item, GoalShare.Audience


@dataclass
class SharedGoal:
    """A goal as one reader of a relationship may read it: what was not shared is empty and not told apart."""

    goal_id: int
    owner: Member
    is_mine: bool
    state: str
    title: str = ""
    why: str = ""
    sign_of_success: str = ""
    by_when: Any = None
    obstacle: str = ""
    if_moment: str = ""
    then_act: str = ""
    skills: list[Any] = field(default_factory=list)
    shared_with: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether anything besides its first line is shown."""
        return any((self.why, self.sign_of_success, self.by_when, self.obstacle, self.if_moment, self.skills))


def shared_goals(relationship: Any, reader: Member) -> list[SharedGoal]:
    """The goals that are shared in a relationship, item by item, as one of its people may read them. Two queries.

    An owner sees here what the others see, not the whole goal.
    """
    rows = (
        GoalShare.objects.visible_to(reader)
        .filter(relationship=relationship)
        .select_related("goal__member")
        .order_by("goal", "pk")
        .prefetch_related("goal__skills__skill")
    )
    found: dict[int, SharedGoal] = {}
    for row in rows:
        goal = row.goal
        shared = found.setdefault(
            goal.pk, SharedGoal(goal.pk, goal.member, goal.member_id == reader.pk, goal.get_state_display())
        )
        if row.item == Item.PLAN:
            shared.if_moment, shared.then_act = goal.if_moment, goal.then_act
        elif row.item == Item.SKILLS:
            shared.skills = list(goal.skills.all())
        else:
            setattr(shared, row.item, getattr(goal, row.item))
    return list(found.values())


@dataclass(frozen=True)
class Sharing:
    """How one goal is shared with the people of one relationship."""

    relationship: Any
    names: str
    audiences: list[str]
    items: dict[str, str]
    is_writable: bool

    @property
    def said(self) -> list[tuple[str, str]]:
        """(item, who reads it besides the owner) of what is shared."""
        return [
            (str(Item(item).label), reader_words(audience, self.names, self.audiences))
            for item, audience in sorted(self.items.items(), key=lambda pair: Item.values.index(pair[0]))
        ]


def reader_words(audience: str, names: str, audiences: list[str]) -> str:
    """Who reads an item that is shared with this circle, in words."""
    if audience == Audience.MENTORS:
        return _("The mentors here")
    return _("Everybody here: %(names)s") % {"names": names} if len(audiences) > 1 else names


def sharings_of(goal: Goal) -> list[Sharing]:
    """How a goal is shared in each of its owner's relationships: those under way, and those where it still is."""
    by_relationship: dict[int, dict[str, str]] = {}
    for pk, item, audience in goal.shares.values_list("relationship", "item", "audience"):
        by_relationship.setdefault(pk, {})[item] = audience
    return [
        Sharing(
            relationship=row,
            names=names_in(row, goal.member),
            audiences=policy.audiences_for(goal.member, row),
            items=by_relationship.get(row.pk, {}),
            is_writable=row.is_open and bool(others_in(row, goal.member)) and _is_in(row, goal.member),
        )
        for row in relationships_of(goal.member).order_by("-opened_at", "-pk")
        if row.is_open or row.pk in by_relationship
    ]


def _is_in(relationship: Any, member: Member) -> bool:
    return any(
        participant.enrolment.member_id == member.pk and participant.left_at is None
        for participant in relationship.participants.all()
    )


def export_shares(member: Member) -> list[dict[str, Any]]:
    """Which items of one's goals one shares, with whom."""
    rows = GoalShare.objects.filter(goal__member=member).select_related("goal").order_by("pk")
    return [
        {
            "goal": row.goal.title,
            "item": row.item,
            "audience": row.audience,
            "relationship": row.relationship_id,
            "since": row.created_at,
        }
        for row in rows
    ]
