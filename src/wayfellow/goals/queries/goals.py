"""Reads about goals."""

from typing import Any

from django.db.models import QuerySet

from wayfellow.goals.models import Goal
from wayfellow.people.models import Member


def goals_of(member: Member) -> QuerySet[Goal]:
    """A member's goals with their skills, the main one first, then the latest."""
    return Goal.objects.filter(member=member).prefetch_related("skills__skill").order_by("-is_main", "-updated_at")


def export_goals(member: Member) -> list[dict[str, Any]]:
    """All of a member's goals, to take away."""
    return [
        {
            "state": goal.state,
            "title": goal.title,
            "why": goal.why,
            "sign_of_success": goal.sign_of_success,
            "by_when": goal.by_when,
            "obstacle": goal.obstacle,
            "if_moment": goal.if_moment,
            "then_act": goal.then_act,
            "created_at": goal.created_at,
            "closed_at": goal.closed_at,
            "skills": [
                {"skill": entry.skill.name, "from_level": entry.from_level, "to_level": entry.to_level}
                for entry in goal.skills.all()
            ],
        }
        for goal in goals_of(member)
    ]
