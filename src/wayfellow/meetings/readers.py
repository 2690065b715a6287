"""Who reads what of this subject, for the page on which one can check it: from the rule that `visible_to` enforces."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.core.readers import READERS as ROLES
from wayfellow.core.readers import ItemKind
from wayfellow.meetings.policy import may_read_meetings, may_read_own_calendar
from wayfellow.meetings.policy.notes import may_read_private_notes, may_read_shared_notes


def _readers(may_read: Callable[[str], bool]) -> dict[str, Any]:
    return {role: _("Yes") for role in ROLES if may_read(role)}


READERS = [
    ItemKind(
        kind="meetings",
        label=_("When you meet, where, and who answered what"),
        readers=_readers(may_read_meetings),
        models=("meetings.Meeting", "meetings.Attendance", "meetings.Series", "meetings.Proposal", "meetings.Slot"),
    ),
    ItemKind(
        kind="own_calendar",
        label=_("What your own calendar says"),
        readers=_readers(may_read_own_calendar),
        models=("meetings.PersonalCalendar", "meetings.BusyTime", "meetings.RevokedFeed"),
    ),
    ItemKind(
        kind="notes",
        label=_("Agenda and notes together"),
        readers=_readers(may_read_shared_notes),
        models=("meetings.AgendaPoint", "meetings.SharedNote", "meetings.NoteVersion", "meetings.NoteConflict"),
    ),
    ItemKind(
        kind="private_notes",
        label=_("Your private notes"),
        readers=_readers(may_read_private_notes),
        models=("meetings.PrivateNote",),
    ),
]
