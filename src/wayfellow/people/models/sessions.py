from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class BrowserSession(AbstractBaseSession):
    """One browser: signed in as an account, or on its way there.

    Django's session with the few facts that the list of devices shows beside it, taken from its own data whenever it is
    saved. No address of the network is kept.
    """

    account = models.ForeignKey(
        "people.Account", on_delete=models.CASCADE, null=True, blank=True, related_name="browser_sessions"
    )
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    signed_in_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return "browser session"

    @classmethod
    def get_session_store_class(cls) -> Any:
        from wayfellow.people.sessions import SessionStore

        return SessionStore
