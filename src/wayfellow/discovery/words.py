"""How languages, rhythms and counts are said."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wayfellow.people.availability import count_of_hours, listed, weekdays
from wayfellow.people.vocabulary import label as choice
from wayfellow.people.vocabulary import language_name as language

__all__ = ["choice", "count_of_hours", "language", "listed", "listed_bold", "weekdays"]


def listed_bold(names: Sequence[str]) -> SafeString:
    """As `listed`, each name set off."""
    bold = [format_html("<b>{}</b>", name) for name in names]
    if len(bold) < 2:
        return bold[0] if bold else format_html("{}", "")
    return format_html(
        _("{most} and {last}"), most=format_html_join(", ", "{}", ((name,) for name in bold[:-1])), last=bold[-1]
    )
