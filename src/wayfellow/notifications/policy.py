from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.notifications.kinds import declared_kinds


def why_not_stop_mails(kind: str) -> Refusal | None:
    """Why the mails of a kind cannot be stopped."""
    _subject, declared = declared_kinds().get(kind, ("", None))
    if declared is None:
        return Refusal("unknown_notice", _("Mails of this kind are not sent any more."))
    if not declared.can_stop:
        return Refusal("notice_cannot_stop", _("This mail cannot be stopped: it is about your account or safety."))
    return None
