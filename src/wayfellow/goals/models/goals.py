from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class GoalQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own. A goal reaches somebody else only inside a request its owner sends."""
        return self.filter(member=member)


class Goal(OrganisationOwned):
    """What a mentee wants to achieve, made concrete in at most five short steps, saved step by step."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Begun")
        ACTIVE = "active", _("Under way")
        REACHED = "reached", _("Reached")
        SET_ASIDE = "set_aside", _("Set aside")

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="goals")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    step = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("where do you want to go?"), max_length=160, blank=True)
    why = models.TextField(_("why does it matter to you?"), max_length=1000, blank=True)
    sign_of_success = models.TextField(_("how will it be seen?"), max_length=600, blank=True)
    by_when = models.DateField(_("by when?"), null=True, blank=True)
    obstacle = models.TextField(_("what is most likely to get in your way?"), max_length=600, blank=True)
    if_moment = models.TextField(_("if this happens"), max_length=300, blank=True)
    then_act = models.TextField(_("then I will"), max_length=300, blank=True)
    is_main = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("member", condition=Q(is_main=True), name="goal_one_main"),
        ]
        indexes = [models.Index(fields=["member", "state"])]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class GoalSkillQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As the goal."""
        return self.filter(goal__member=member)


class GoalSkill(OrganisationOwned):
    """A skill the goal asks for: from which level, to which."""

    goal = models.ForeignKey("goals.Goal", on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey("skills.Skill", on_delete=models.CASCADE, related_name="+")
    from_level = models.PositiveSmallIntegerField(default=1)
    to_level = models.PositiveSmallIntegerField(default=3)

    objects = GoalSkillQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("goal", "skill", name="goal_skill_unique"),
            models.CheckConstraint(
                condition=Q(from_level__gte=1) & Q(to_level__lte=5) & Q(from_level__lt=F("to_level")),
                name="goal_skill_levels",
            ),
        ]

    def __str__(self) -> str:
        return f"goal skill {self.pk}"
