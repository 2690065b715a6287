"""The steps of one's own profile, for the pages of this and of higher subjects that are one of them."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wayfellow.people.queries.profile import STEPS, steps_done

register = template.Library()
NAMES = {
    "about": _("About you"),
    "skills": _("Skills"),
    "availability": _("When you are free"),
    "background": _("Background"),
    "check": _("Check"),
}


@register.inclusion_tag("web/components/steps.html", takes_context=True)
def profile_steps(context: Any, current: str, next_url: str | None = None) -> dict[str, Any]:
    """The bar of steps; nothing on a page that was opened on the way to somewhere else.

    Args:
        current: the step this page is.
        next_url: where the page leads, if it serves several ways.
    """
    member = context["request"].member
    slug = member.organisation.slug
    if next_url is not None and not next_url.startswith(reverse("my_profile", args=[slug])):
        return {"steps": []}
    done = steps_done(member)
    return {
        "steps": [
            {
                "label": NAMES[step],
                "url": reverse("edit_profile", args=[slug, step]),
                "done": step in done and step != current,
                "current": step == current,
            }
            for step in STEPS
        ]
    }


@register.simple_tag(takes_context=True)
def edit_skills_url(context: Any) -> str:
    """The page of one's skills, coming back to the profile."""
    slug = context["request"].member.organisation.slug
    return f"{reverse('edit_my_skills', args=[slug])}?next={reverse('my_profile', args=[slug])}"
