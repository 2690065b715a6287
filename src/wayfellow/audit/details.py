"""What an event says besides who, what and when, in words: from the codes that are stored."""

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOUNS = {
    "conversations.Message": _("Letter"),
    "goals.Commitment": _("Commitment"),
    "goals.Goal": _("Goal"),
    "goals.GoalShare": _("Shared goal"),
    "meetings.Meeting": _("Meeting"),
    "meetings.Proposal": _("Times offered"),
    "meetings.Series": _("Series of meetings"),
    "people.JoinRequest": _("Wish to join"),
    "people.MemberImport": _("Import"),
    "people.Organisation": _("Organisation"),
    "programmes.Enrolment": _("Taking part"),
    "programmes.Programme": _("Programme"),
    "relationships.Agreement": _("Agreement"),
    "relationships.AgreementVersion": _("Version of an agreement"),
    "relationships.JoiningInvitation": _("Invitation to join"),
    "relationships.MentoringRequest": _("Request"),
    "relationships.QuietWord": _("Quiet word"),
    "relationships.Review": _("Look back"),
    "relationships.Relationship": _("Relationship"),
    "relationships.WaitingEntry": _("In line"),
    "safety.Block": _("Block"),
    "safety.Concern": _("Concern"),
    "safety.ReportTerms": _("Deadlines of reports"),
    "skills.Skill": _("Skill"),
}
LABELS = {
    "actor": _("Person"),
    "added": _("added"),
    "as_guests": _("as guests"),
    "by": pgettext_lazy("who did it", "by"),
    "changed": _("changed"),
    "count": _("number"),
    "created": _("created"),
    "done": _("done"),
    "fields": _("fields"),
    "from": _("from"),
    "goal": _("goal"),
    "job": _("job"),
    "kind": _("kind"),
    "left": _("left"),
    "member": _("member"),
    "mentee": _("mentee"),
    "mentor": _("mentor"),
    "name": _("name"),
    "of": _("of"),
    "people": _("people"),
    "refused": _("refused"),
    "relationship": _("relationship"),
    "removed": _("removed"),
    "step": _("step"),
    "to_change": _("to change"),
    "to_create": _("to create"),
    "turn": _("whose turn"),
    "version": _("version"),
}
VALUES = {
    "administrator": _("administrator"),
    "app": _("app"),
    "domain": _("work e-mail"),
    "host": _("host"),
    "invitation": _("invitation"),
    "mentee": _("mentee"),
    "mentor": _("mentor"),
    "passkey": _("passkey"),
    "recovery_codes": _("recovery codes"),
    "self": _("themselves"),
}


def noun_of(about_type: str, about_id: str) -> str:
    """What an event is about, where it is no person: Goal 12."""
    noun = NOUNS.get(about_type)
    return f"{capfirst(about_type.rpartition('.')[2]) if noun is None else noun} {about_id}"


def details_in_words(about_type: str, details: dict[str, Any]) -> list[tuple[str, str]]:
    """Each detail with its label."""
    return [
        (str(LABELS.get(key, key.replace("_", " "))), _plainly(value, about_type if key == "fields" else ""))
        for key, value in details.items()
    ]


def _plainly(value: Any, model: str = "") -> str:
    if isinstance(value, list):
        return ", ".join(_plainly(part, model) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{LABELS.get(key, key)}: {_plainly(part)}" for key, part in value.items())
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if model and isinstance(value, str):
        return _field_name(model, value)
    return "–" if value is None else str(VALUES.get(value, value))


def _field_name(model: str, name: str) -> str:
    try:
        return str(apps.get_model(model)._meta.get_field(name).verbose_name)
    except (LookupError, FieldDoesNotExist, AttributeError, ValueError):
        return name.replace("_", " ")
