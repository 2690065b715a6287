"""The sentence of each notice, as the inbox shows it."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def message_received(notice: Any) -> str:
    facts = notice.facts
    words = {"names": get_text_list(facts["names"], _("and")), "n": facts["count"]}
    return ngettext("%(names)s wrote to you.", "%(names)s wrote to you, %(n)d letters.", facts["count"]) % words
