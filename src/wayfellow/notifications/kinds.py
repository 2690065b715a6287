"""The kinds of notices that subjects declare in their `apps.py`."""

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import InvalidInput
from wayfellow.core.registry import NoticeKind, subjects


def declared_kinds() -> dict[str, tuple[str, NoticeKind]]:
    """Each kind's name, with the label of the subject that declares it, in the order of the subjects."""
    return {notice.kind: (subject.label, notice) for subject in subjects() for notice in subject.notices}


def kind_named(kind: str) -> NoticeKind:
    """The declaration of a kind.

    Raises:
        InvalidInput: no subject declares it.
    """
    try:
        return declared_kinds()[kind][1]
    except KeyError:
        raise InvalidInput("unknown_notice", _("No subject declares the notice %(kind)s.") % {"kind": kind}) from None


def template_of(kind: str) -> str:
    """The path of a kind's mail templates, without `.txt` or `.html`."""
    subject, notice = declared_kinds()[kind]
    return f"{subject}/mail/{notice.kind}"
