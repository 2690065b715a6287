"""What every page knows of itself: who reads it, where they are, where they can go.

Entries come from the subjects' `navigation`. Besides the four areas (member, programme, organisation, safeguarding),
entries with the area "account" stand in the account menu.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, contributions

AREA_LABELS = {
    "member": _("My mentoring"),
    "programme": _("Programmes I run"),
    "organisation": _("Organisation"),
    "safeguarding": _("Safeguarding"),
}
FOOTER = {
    "who_can_see": _("Who can see what"),
    "conduct": _("Code of conduct"),
    "report_concern": _("Report a concern"),
}
THEMES = {"light": _("Light"), "dark": _("Dark"), "system": _("As my device")}


@dataclass(frozen=True)
class Entry:
    """One link of a menu."""

    label: Any
    icon: str
    url: str
    view: str
    current: bool = False


class Page:
    """The frame of the page: what `web/base.html` shows around the content. Asks the database nothing by itself."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.organisation = getattr(request, "organisation", None)
        self.member = getattr(request, "member", None)
        self.demo = settings.DEMO
        self.request_id = getattr(request, "request_id", "")
        theme = request.COOKIES.get("theme", "system")
        self.theme = theme if theme in THEMES else "system"
        self.themes = THEMES

    @cached_property
    def area(self) -> str:
        """The part of the house this page belongs to; of a page that several have, one that is the reader's."""
        match = getattr(self._request, "resolver_match", None)
        stated = getattr(getattr(match, "func", None), "access", None)
        area = stated.area if stated else "member"
        theirs = getattr(self.member, "areas", [])
        if self.member is None or area in theirs:
            return area
        shared = {entry.area for entry in contributions("navigation") if self.url_name in (entry.view, *entry.covers)}
        return next((one for one in theirs if one in shared), area)

    @cached_property
    def url_name(self) -> str:
        match = getattr(self._request, "resolver_match", None)
        return (match.url_name if match else "") or ""

    @cached_property
    def path(self) -> str:
        """Where a small form, like the choice of theme, comes back to."""
        return self._request.get_full_path()

    @cached_property
    def navigation(self) -> list[Entry]:
        """The main navigation of this page's area; none for who is not a member."""
        return self._entries(self.area) if self.member else []

    @cached_property
    def account_menu(self) -> list[Entry]:
        """Links of the account menu."""
        return self._entries("account") if self.member else []

    @cached_property
    def footer(self) -> list[Entry]:
        """Links of the footer, for members: the pages are theirs."""
        if not self.member or not self.organisation:
            return []
        links = ((view, label, _url(view, self.organisation.slug)) for view, label in FOOTER.items())
        return [Entry(label, "", url, view, self.url_name == view) for view, label, url in links if url]

    @cached_property
    def areas(self) -> list[Entry]:
        """The areas the member has; each goes to the first page of its navigation."""
        found = []
        for area in getattr(self.member, "areas", []):
            entries = self._entries(area)
            if entries:
                label, first = AREA_LABELS.get(area, area), entries[0]
                found.append(Entry(label, first.icon, first.url, first.view, current=area == self.area))
        return found

    @cached_property
    def notices_unread(self) -> int:
        """How many notices the member has not read."""
        unread = getattr(self.member, "unread_notices", 0)
        return int(unread() if callable(unread) else unread)

    @cached_property
    def home_url(self) -> str:
        """Where the mark leads: the first page of the area, or the front page."""
        return self.navigation[0].url if self.navigation else _url("front") or "/"

    @cached_property
    def accent_url(self) -> str:
        """The style sheet with the organisation's own accent colour, if it has one."""
        return _url("accent_css", self.organisation.slug) if self.organisation else ""

    @cached_property
    def sign_out_url(self) -> str:
        return _url("sign_out") or _url("account_logout")

    @cached_property
    def sign_in_url(self) -> str:
        return _url("sign_in")

    def _entries(self, area: str) -> list[Entry]:
        slug = self.organisation.slug if self.organisation else ""
        listed: list[Navigation] = sorted(
            (entry for entry in contributions("navigation") if entry.area == area), key=lambda entry: entry.order
        )
        found = []
        for entry in listed:
            url = _url(entry.view, slug)
            if url:
                current = self.url_name == entry.view or self.url_name in entry.covers
                label = capfirst(getattr(self.organisation, entry.own_word)) if entry.own_word else entry.label
                found.append(Entry(label, entry.icon, url, entry.view, current))
        return found


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame of the page."""
    return {"page": Page(request)}


def _url(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
