"""What the pages of Find have in common: tabs, and the toast that offers to undo."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.discovery.queries import my_network_enrolment

UNDO = "discovery_undo"


def frame(request: HttpRequest, current: str) -> dict[str, Any]:
    """Context of every page of Find."""
    slug = request.organisation.slug
    mine = my_network_enrolment(request.member)
    tabs = [("find", _("Everyone")), ("recommendations", _("For my goal")), ("saved_mentors", _("Saved"))]
    if mine is not None and mine.is_mentor:
        tabs.append(("find_mentees", _("Open to an offer")))
    return {
        "organisation": request.organisation,
        "mine": mine,
        "tabs": [
            {"url": reverse(name, args=[slug]), "label": label, "current": name == current} for name, label in tabs
        ],
        "undo": request.session.pop(UNDO, None),
        "here": request.get_full_path(),
    }
