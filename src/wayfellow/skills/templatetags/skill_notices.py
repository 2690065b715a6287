"""The notices of imported taxonomies, for the foot of pages that show their skills."""

from typing import Any

from django import template

from wayfellow.skills.notices import notices

register = template.Library()


@register.inclusion_tag("skills/_notices.html")
def skill_notices() -> dict[str, Any]:
    """One read; nothing where nothing was imported."""
    return {"notices": notices()}
