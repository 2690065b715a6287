"""Saying that something about signing in has changed: to the account's owner, and in its organisations' records."""

import secrets
from typing import Any

from django.conf import settings
from django.urls import reverse

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.notifications.actions import send_mail
from wayfellow.people.models import Account, Member


def tell_owner(
    account: Account, change: str, *, kind: str = "", device: str = "", left: int = 0, to: str | None = None
) -> None:
    """Mail the owner what has changed, when, and with which browser. It cannot be turned off.

    Args:
        change: added, removed, codes_renewed, code_used, dropped, password or address.
        kind: app or passkey.
        device: the browser it was done with, in words.
        left: how many recovery codes are left.
        to: the address, if not the one they sign in with.
    """
    memberships = _memberships(account)
    link = reverse("security", args=[memberships[0].organisation.slug]) if memberships else reverse("front")
    send_mail(
        to=to or account.email,
        template="people/mail/security_changed",
        facts={
            "change": change,
            "kind": kind,
            "left": left,
            "device": device,
            "at": clock.now(),
            "link": settings.BASE_URL + link,
        },
        organisation=memberships[0].organisation if len(memberships) == 1 else None,
        key=f"security-changed:{secrets.token_hex(8)}",
        language=account.language,
    )


def record_everywhere(account: Account, verb: str, *, details: dict[str, Any], by_owner: bool = True) -> None:
    """One event in each organisation of an account, in the order of their ids: each locks the head of a chain."""
    for member in _memberships(account):
        actor = member if by_owner else None
        record(verb, actor=actor, organisation=member.organisation, about=member, details=details)


def _memberships(account: Account) -> list[Member]:
    rows = Member.objects.active().filter(account=account)
    return list(rows.select_related("organisation").order_by("organisation_id"))
