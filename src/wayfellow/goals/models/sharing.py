from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core import clock
from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.goals.models.together import not_changed_since, takes_part


class GoalShareQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Its owner, and those of the relationship whom the owner chose.

        A shared item is the goal as it is now. So whoever has left, or whose relationship is over, reads it only for
        as long as the goal stays as it was then, and nobody reads what an owner wrote after leaving.
        """
        shared_before = Q(left_at__gte=OuterRef("created_at"))
        unchanged = Q(left_at__isnull=True) | shared_before & Q(left_at__gte=OuterRef("goal__updated_at"))
        everyone = takes_part(member, unchanged)
        mentors = takes_part(member, unchanged, Q(role="mentor"))
        owner_left = apps.get_model("relationships", "Participant").objects.filter(
            relationship=OuterRef("relationship"),
            enrolment__member=OuterRef("goal__member"),
            left_at__lt=OuterRef("goal__updated_at"),
        )
        chosen = Q(everyone, audience=GoalShare.Audience.EVERYONE) | Q(mentors, audience=GoalShare.Audience.MENTORS)
        still = not_changed_since("relationship__ended_at", "goal__updated_at") & ~Q(Exists(owner_left))
        return self.filter(Q(goal__member=member) | chosen & still, organisation=member.organisation_id)


class GoalShare(OrganisationOwned):
    """One item of a goal that its owner lets the people of one relationship read, until the owner stops."""

    class Item(models.TextChoices):
        TITLE = "title", _("Where I want to go")
        WHY = "why", _("Why it matters to me")
        SIGN = "sign_of_success", _("How it will be seen")
        BY_WHEN = "by_when", _("By when")
        OBSTACLE = "obstacle", _("What could stop me")
        PLAN = "plan", _("My plan for that moment (if and then)")
        SKILLS = "skills", _("Skills it asks for, with levels")

    class Audience(models.TextChoices):
        MENTORS = "mentors", _("Mentors")
        EVERYONE = "everyone", _("Everybody in it")

    goal = models.ForeignKey("goals.Goal", on_delete=models.CASCADE, related_name="shares")
    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="shared_goals"
    )
    item = models.CharField(max_length=16, choices=Item)
    audience = models.CharField(max_length=8, choices=Audience)
    created_at = models.DateTimeField(default=clock.now)

    objects = GoalShareQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("goal", "relationship", "item", name="goal_share_unique")]

    def __str__(self) -> str:
        return f"goal share {self.pk}"
