"""How languages, rhythms and counts are said."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _


def weekdays(numbers: Sequence[int]) -> str:
    """Tuesdays and Thursdays."""
    names = (
        _("Mondays"), _("Tuesdays"), _("Wednesdays"), _("Thursdays"), _("Fridays"), _("Saturdays"), _("Sundays"),
    )  # fmt: skip
    return listed([names[number] for number in numbers])


def language(code: str) -> str:
    """The name of a language in the reader's words; the code where nobody knows it."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code


def listed(names: Sequence[Any]) -> str:
    """One, two and three."""
    if len(names) < 2:
        return str(names[0]) if names else ""
    return _("%(most)s and %(last)s") % {"most": ", ".join(str(name) for name in names[:-1]), "last": names[-1]}


def listed_bold(names: Sequence[str]) -> SafeString:
    """As `listed`, each name set off."""
    bold = [format_html("<b>{}</b>", name) for name in names]
    if len(bold) < 2:
        return bold[0] if bold else format_html("{}", "")
    return format_html(
        _("{most} and {last}"), most=format_html_join(", ", "{}", ((name,) for name in bold[:-1])), last=bold[-1]
    )


def count_of_hours(hours: float) -> str:
    """one hour, 2 hours, half an hour, 1½ hours."""
    if hours == 0.5:
        return _("half an hour")
    if hours == 1:
        return _("one hour")
    whole = int(hours)
    return ngettext("%(n)s hour", "%(n)s hours", whole + 1) % {"n": f"{whole}½" if hours % 1 else whole}


def choice(field: str, value: str) -> str:
    """The label of an industry or function."""
    return value.replace("_", " ").capitalize()
