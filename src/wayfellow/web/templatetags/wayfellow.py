"""Tags and filters that every template has without loading them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import apnumber
from django.forms import BaseForm, BaseFormSet
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wayfellow.core.clock import now
from wayfellow.web.icons import ICONS, NOTE_ICONS, STATUS_ICONS

register = template.Library()


@register.simple_tag
def icon(name: str, flip: bool = False) -> SafeString:
    """An inline icon. `flip=True` mirrors it where text runs from right to left.

    Raises:
        TemplateSyntaxError: there is no icon of this name.
    """
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no icon is called {name!r}; see wayfellow/web/icons.json")
    return format_html(
        '<svg class="icon{}" aria-hidden="true" viewBox="0 0 24 24">{}</svg>',
        " flip" if flip else "",
        _shapes(name),
    )


@cache
def _shapes(name: str) -> SafeString:
    return format_html_join(
        "", "<{}{}/>", ((shape, format_html_join("", ' {}="{}"', values.items())) for shape, values in ICONS[name])
    )


@register.simple_tag
def status(kind: str, label: Any) -> SafeString:
    """Shape and word: `{% status "good" _("Active") %}`; good, warn, stop, info, none."""
    if kind not in STATUS_ICONS:
        raise template.TemplateSyntaxError(f"no status is called {kind!r}")
    return format_html('<span class="status {}">{}{}</span>', kind, icon(STATUS_ICONS[kind]), label)


@register.simple_tag
def note_icon(kind: str = "info") -> SafeString:
    """The icon of a note of this kind."""
    return icon(NOTE_ICONS[kind])


@register.simple_tag(takes_context=True)
def face(context: Any, member: Any, role: str = "mentor", size: str = "") -> SafeString:
    """A person's photo or initials in the shape of their role: a square mentor, a round mentee; sizes s, l."""
    organisation = getattr(context.get("page"), "organisation", None)
    if organisation is not None and getattr(member, "organisation_id", None) == organisation.pk:
        member.organisation = organisation  # the address of a photo names it; a list must not read it for each row
    classes = " ".join(filter(None, ["face", role, size]))
    photo = getattr(member, "photo_url", "")
    if photo:
        return format_html(
            '<span class="{}" aria-hidden="true"><img src="{}" alt="" loading="lazy"></span>', classes, photo
        )
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, getattr(member, "initials", "?"))


@register.simple_tag(takes_context=True)
def pair(context: Any, mentor: Any, mentee: Any, size: str = "") -> SafeString:
    """Two faces that belong together."""
    return format_html(
        '<span class="pair">{}{}</span>', face(context, mentor, "mentor", size), face(context, mentee, "mentee", size)
    )


@register.simple_tag
def lock_line(text: Any) -> SafeString:
    """Who can read this: `{% lock_line "Read by you and Inês only" %}`."""
    return format_html('<span class="seen">{}{}</span>', icon("lock"), text)


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """This page's query string with some values changed; None or "" takes one out. Starts with a question mark."""
    values = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            values.pop(name, None)
        else:
            values[name] = value
    return f"?{values.urlencode()}"


@register.simple_tag(takes_context=True)
def query_without(context: Any, name: str, value: Any) -> str:
    """This page's query string without one value of a name that may have several; goes back to the first page."""
    values = context["request"].GET.copy()
    values.setlist(name, [kept for kept in values.getlist(name) if kept != str(value)])
    values.pop("page", None)
    return f"?{values.urlencode()}"


@register.simple_tag
def error_heading(errors: Sequence[Any]) -> str:
    """Heading of an error summary."""
    count = len(errors)
    words = {"count": capfirst(str(apnumber(count)))}
    return ngettext("%(count)s thing before this can go", "%(count)s things before this can go", count) % words


@register.simple_tag(takes_context=True)
def error_prefix(context: Any) -> str:
    """ "Error: " for the page's title when a form of the page has errors, or the view says `page_has_errors`."""
    if context.get("page_has_errors") or any(_has_errors(value) for value in context.flatten().values()):
        return _("Error: ")
    return ""


def _has_errors(value: Any) -> bool:
    if isinstance(value, BaseForm):
        return value.is_bound and bool(value.errors)
    if isinstance(value, BaseFormSet):
        return value.is_bound and value.total_error_count() > 0
    return False


@register.filter
def quoted(value: Any) -> str:
    """What somebody wrote, between quotation marks as the reader's language has them."""
    return pgettext("quotation", "“%(words)s”") % {"words": value}


@register.filter
def in_sentence(value: Any) -> str:
    """Words that begin with a capital letter when they stand alone, in the middle of a sentence."""
    text = str(value)
    return text[:1].lower() + text[1:]


@register.filter
def moment(value: datetime | None) -> str:
    """Day and time in the reader's zone: Thu 26 Nov, 19:00."""
    return f"{day(value)}, {clock(value)}" if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Time in the reader's zone: 19:00."""
    return date_format(localtime(value), pgettext("time format", "H:i")) if value else ""


@register.filter
def day(value: date | None) -> str:
    """Weekday and day, in the reader's zone: Thu 26 Nov; with the year when it is another."""
    if not value:
        return ""
    on = _local_date(value)
    same_year = on.year == localtime(now()).year
    return date_format(on, pgettext("date format", "D j M") if same_year else pgettext("date format", "D j M Y"))


@register.filter
def long_day(value: date | None) -> str:
    """Day in full: 26 November; with the year when it is another."""
    if not value:
        return ""
    on = _local_date(value)
    same_year = on.year == localtime(now()).year
    return date_format(on, pgettext("date format", "j F") if same_year else pgettext("date format", "j F Y"))


@register.filter
def weekday_and_day(value: date | None) -> str:
    """Weekday and day in full: Thursday 26 November."""
    return date_format(_local_date(value), pgettext("date format", "l j F")) if value else ""


@register.filter
def on_day(value: date | None) -> str:
    """A day as one says it: today, yesterday, tomorrow, on Saturday, on 12 November."""
    if not value:
        return ""
    on = _local_date(value)
    days = (on - localtime(now()).date()).days
    named = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}
    if days in named:
        return named[days]
    if -7 < days < 7:
        return _("on %(weekday)s") % {"weekday": date_format(on, "l")}
    return _("on %(day)s") % {"day": long_day(on)}


@register.filter
def since(value: date | None) -> str:
    """How long ago: just now, 5 minutes ago, 3 hours ago, yesterday, 3 days ago, 2 weeks ago, on 12 March."""
    if not value:
        return ""
    if isinstance(value, datetime):
        minutes = int((now() - value).total_seconds() // 60)
        if minutes < 1:
            return _("just now")
        if minutes < 60:
            return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
        if _local_date(value) == localtime(now()).date():
            return ngettext("%(n)d hour ago", "%(n)d hours ago", minutes // 60) % {"n": minutes // 60}
    days = (localtime(now()).date() - _local_date(value)).days
    if days < 2:
        return on_day(value)
    if days < 14:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if days < 60:
        return ngettext("%(n)d week ago", "%(n)d weeks ago", days // 7) % {"n": days // 7}
    return on_day(value)


def _local_date(value: date) -> date:
    return localtime(value).date() if isinstance(value, datetime) else value
