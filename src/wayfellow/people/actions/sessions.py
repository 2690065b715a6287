"""Signing out browsers, and dropping sessions nobody comes back to."""

from django.db import transaction
from django_tasks import task

from wayfellow.core import clock
from wayfellow.people.models import Account, BrowserSession
from wayfellow.people.sessions import public_id


@transaction.atomic
def end_session(account: Account, session_id: str) -> bool:
    """Sign one of an account's browsers out. False when it is not signed in any more.

    Args:
        session_id: its public id, as the page of devices says it.
    """
    rows = BrowserSession.objects.filter(account=account)
    keys = [key for key in rows.values_list("session_key", flat=True) if public_id(key) == session_id]
    ended, _models = rows.filter(session_key__in=keys).delete()
    return bool(ended)


@transaction.atomic
def end_other_sessions(account: Account, *, keep: str | None) -> int:
    """Sign an account out everywhere but in the browser whose session has this key. Returns how many ended."""
    ended, _models = BrowserSession.objects.filter(account=account).exclude(session_key=keep or "").delete()
    return ended


@task()
@transaction.atomic
def drop_old_sessions() -> None:
    """Delete sessions whose cookie has run out."""
    BrowserSession.objects.filter(expire_date__lt=clock.now()).delete()
