"""Sessions: who is signed in where, since when, and when that ends by itself.

What a session knows stands in its data; `SessionStore` copies the few facts that are listed and searched to columns.
"""

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wayfellow.core import clock

SIGNED_IN, SEEN, CONFIRMED = "signed_in_at", "seen_at", "confirmed_at"
BROWSER, SYSTEM = "browser", "system"
NOTE_EVERY = 5 * 60
# The first that matches; a browser's words name those it descends from, too.
BROWSERS = {
    "Edge": r"\bEdg(e|A|iOS)?/",
    "Opera": r"\bOPR/",
    "Samsung Internet": r"\bSamsungBrowser/",
    "Firefox": r"\b(Firefox|FxiOS)/",
    "Chrome": r"\b((Headless)?Chrome|Chromium|CriOS)/",
    "Safari": r"\bSafari/",
}
SYSTEMS = {
    "iPhone": r"\biPhone\b",
    "iPad": r"\biPad\b",
    "Android": r"\bAndroid\b",
    "Windows": r"\bWindows\b",
    "Chromebook": r"\bCrOS\b",
    "Mac": r"\bMac(intosh| OS X)\b",
    "Linux": r"\bLinux\b",
}


class SessionStore(db.SessionStore):
    """Django's database sessions, in our table."""

    @classmethod
    def get_model_class(cls) -> Any:
        from wayfellow.people.models import BrowserSession

        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        if "_auth_user_id" in data:
            row.account_id = int(data["_auth_user_id"])
            row.browser, row.system = data.get(BROWSER, ""), data.get(SYSTEM, "")
            row.signed_in_at, row.seen_at = _moment(data.get(SIGNED_IN)), _moment(data.get(SEEN))
        return row


def begin(request: HttpRequest, *, confirmed: bool) -> None:
    """Note that somebody has just signed in with this browser.

    Args:
        confirmed: they have just shown who they are, so need not for a while when they change something that matters.
    """
    now = _seconds()
    words = request.headers.get("User-Agent", "")
    request.session.update(
        {SIGNED_IN: now, SEEN: now, BROWSER: _first(BROWSERS, words), SYSTEM: _first(SYSTEMS, words)}
    )
    if confirmed:
        confirm(request)


def confirm(request: HttpRequest) -> None:
    """Note that they have just shown again that it is they."""
    request.session[CONFIRMED] = _seconds()


def is_confirmed(request: HttpRequest) -> bool:
    """Whether they have shown lately who they are. In the demo, whose doors have no lock, always."""
    since = _seconds() - int(request.session.get(CONFIRMED, 0))
    return settings.DEMO or 0 <= since < settings.CONFIRM_MINUTES * 60


def why_over(session: Any) -> str:
    """Why a signed-in session has ended by itself, in words; nothing while it goes on."""
    now = _seconds()
    if now - int(session.get(SIGNED_IN, now)) >= settings.SIGNED_IN_FOR.total_seconds():
        return _("You have been signed out, because you signed in a long time ago.")
    if now - int(session.get(SEEN, now)) >= settings.IDLE_FOR.total_seconds():
        return _("You have been signed out, because you were away for a while.")
    return ""


def note_seen(session: Any) -> None:
    """Remember that somebody is there, not more often than every few minutes."""
    now = _seconds()
    if now - int(session.get(SEEN, 0)) >= NOTE_EVERY:
        session[SEEN] = now


def device_in_words(browser: str, system: str) -> str:
    """Firefox on Linux; as much of it as the browser says of itself."""
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser that does not say what it is")


def device_of(request: HttpRequest) -> str:
    """The browser that asks, in words."""
    words = request.headers.get("User-Agent", "")
    return device_in_words(_first(BROWSERS, words), _first(SYSTEMS, words))


def public_id(session_key: str) -> str:
    """What a session is called on pages: its key opens the door, so it stands on none."""
    return hashlib.sha256(f"session:{session_key}".encode()).hexdigest()[:24]


def _first(known: dict[str, str], words: str) -> str:
    return next((name for name, pattern in known.items() if re.search(pattern, words)), "")


def _seconds() -> int:
    return int(clock.now().timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
