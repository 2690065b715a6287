"""The sentences of people's notices."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ROLE_GIVEN = {
    "administrator": gettext_lazy("You are an administrator now."),
    "safeguarding_lead": gettext_lazy("You are a safeguarding lead now."),
}
ROLE_TAKEN = {
    "administrator": gettext_lazy("You are not an administrator any more."),
    "safeguarding_lead": gettext_lazy("You are not a safeguarding lead any more."),
}


def invitation_accepted(notice: Any) -> str:
    return _("%(name)s accepted your invitation.") % {"name": notice.facts.get("name", "")}


def join_requested(notice: Any) -> str:
    return _("%(name)s asks to join.") % {"name": notice.facts.get("name", "")}


def role_changed(notice: Any) -> str:
    words = ROLE_GIVEN if notice.facts.get("given") else ROLE_TAKEN
    return str(words[notice.facts["role"]])


def import_done(notice: Any) -> str:
    """ "people-november.xlsx is imported: 241 created, 38 changed, 4 refused"."""
    return _("%(file)s is imported: %(created)s created, %(changed)s changed, %(refused)s refused.") % {
        name: notice.facts.get(name, "") for name in ("file", "created", "changed", "refused")
    }
