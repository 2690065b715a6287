"""Who is looking: their goal, free time and reporting line, read once for a page."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from wayfellow.core import week
from wayfellow.discovery.scoring import Seeker
from wayfellow.goals.models import Goal, GoalSkill
from wayfellow.people.models import Member, Profile

_LINE = """
WITH RECURSIVE above(id) AS (
    SELECT manager_id FROM people_member WHERE id = %s AND manager_id IS NOT NULL
    UNION SELECT m.manager_id FROM people_member m JOIN above ON m.id = above.id WHERE m.manager_id IS NOT NULL
), below(id) AS (
    SELECT id FROM people_member WHERE manager_id = %s
    UNION SELECT m.id FROM people_member m JOIN below ON m.manager_id = below.id
)
SELECT 1, id FROM above UNION ALL SELECT 0, id FROM below
"""


@dataclass(frozen=True)
class Reader:
    """The member who looks for a mentor, with what is compared and what is said of them."""

    member: Member
    now: datetime
    offset: int
    seeker: Seeker
    goals: list[Goal] = field(default_factory=list)
    goal: Goal | None = None
    skill_names: dict[int, str] = field(default_factory=dict)
    above: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()

    @property
    def slots(self) -> int:
        return self.seeker.slots


def read_reader(member: Member, *, goal_id: int | None = None, now: datetime) -> Reader:
    """What a page needs to know of the member who looks, in four statements.

    Args:
        goal_id: the goal they look for; the main one, or the oldest, when it is none of theirs.
    """
    profile = Profile.objects.filter(member=member).defer("photo").first()
    goals = list(Goal.objects.visible_to(member).filter(state=Goal.State.ACTIVE).order_by("-is_main", "pk"))
    goal = next((goal for goal in goals if goal.pk == goal_id), goals[0] if goals else None)
    skills = list(GoalSkill.objects.visible_to(member).filter(goal=goal).select_related("skill")) if goal else []
    above, below = _reporting_line(member)
    return Reader(
        member=member,
        now=now,
        offset=week.offset_of(member.zone, now),
        seeker=Seeker(
            skills={each.skill_id: (each.from_level, each.to_level) for each in skills},
            slots=week.slots_of(profile.availability, member.zone, now) if profile else 0,
            languages=frozenset(member.languages),
            seniority=profile.seniority if profile else None,
        ),
        goals=goals,
        goal=goal,
        skill_names={each.skill_id: str(each.skill) for each in skills},
        above=above,
        below=below,
    )


def _reporting_line(member: Member) -> tuple[frozenset[int], frozenset[int]]:
    """Ids of those above and below a member in the reporting line. A circle ends where it began."""
    with connection.cursor() as cursor:
        cursor.execute(_LINE, [member.pk, member.pk])
        rows = cursor.fetchall()
    above = frozenset(pk for side, pk in rows if side == 1 and pk != member.pk)
    below = frozenset(pk for side, pk in rows if side == 0 and pk != member.pk)
    return above, below - above
