"""Who can read what of goals and commitments. `visible_to` and the policy hold it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.core.readers import READERS as ROLES
from wayfellow.core.readers import ItemKind
from wayfellow.goals import policy
from wayfellow.goals.models import GoalShare


def reads_goal(role: str) -> Any:
    """What each reads of a goal: its owner all, the others what the widest circle an owner can choose allows."""
    if policy.may_read_item("owner" if role == "me" else role, ""):
        return _("Yes")
    party = "mentor" if role == "others" else role
    widest = policy.may_read_item(party, GoalShare.Audience.EVERYONE)
    return _("What its owner shares, item by item") if widest else ""


def reads_commitments(role: str) -> Any:
    """The people of the relationship read them; a programme counts them."""
    if policy.may_read_commitments(role):
        return _("Yes")
    return _("How many are open") if role == "manager" else ""


def _kind(kind: str, label: Any, says: Callable[[str], Any], *models: str) -> ItemKind:
    said = {role: says(role) for role in ROLES}
    return ItemKind(
        kind=kind, label=label, readers={role: words for role, words in said.items() if words}, models=models
    )


READERS = [
    _kind("goals.Goal", _("Goals"), reads_goal, "goals.GoalShare"),
    _kind("goals.Commitment", _("Commitments"), reads_commitments, "goals.Commitment", "goals.CommitmentStep"),
]
