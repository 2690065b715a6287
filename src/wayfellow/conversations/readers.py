"""Who can read what of a conversation, from the policy, for the page that lists it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.conversations import policy
from wayfellow.core.readers import ItemKind

ROLES = ("me", "others", "manager", "administrator", "safeguarding", "host")


def _kind(kind: str, label: Any, says: Callable[[str], Any]) -> ItemKind:
    readers = {role: words for role in ROLES if (words := says(role))}
    return ItemKind(kind=kind, label=label, readers=readers, models=(kind,))


READERS = [
    _kind("conversations.Message", _("Letters you write each other"), policy.who_reads_messages),
    _kind("conversations.MessageFile", _("Files with letters"), policy.who_reads_files),
    _kind("conversations.Draft", _("A letter you began"), policy.who_reads_drafts),
    _kind("conversations.Reading", _("How far you have read"), policy.who_reads_drafts),
]
