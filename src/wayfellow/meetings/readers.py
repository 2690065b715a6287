"""Who reads what of this subject, for the page on which one can check it: from the rule that `visible_to` enforces."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.core.readers import ItemKind
from wayfellow.meetings.policy import may_read_meetings, may_read_own_calendar

ROLES = ("me", "others", "manager", "administrator", "safeguarding", "host")
YES, NO = _("Yes"), _("No")


def _readers(may_read: Any) -> dict[str, Any]:
    return {role: YES if may_read(role) else NO for role in ROLES}


READERS = [
    ItemKind("meetings", _("When you meet, and who answered what"), _readers(may_read_meetings)),
    ItemKind("video_links", _("Video links and places"), _readers(may_read_meetings)),
    ItemKind("busy_times", _("What your own calendar says, the feed’s address"), _readers(may_read_own_calendar)),
]
