"""Asking for a link to set a new password.

Whether the address is known is found out by a job, so that whoever asks can tell it neither from the answer nor from
how long it takes.
"""

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.utils import translation

from wayfellow.jobs.tasks import task


@transaction.atomic
def ask_for_new_password(*, email: str, language: str) -> None:
    """Write to an address: a link, or that nobody here signs in with it.

    Args:
        email: what was typed, in small letters.
        language: what to write in.
    """
    write_about_new_password_job.enqueue(email=email, language=language)


@task(priority=10)
def write_about_new_password_job(email: str, language: str) -> None:
    """Find out who that is, and write."""
    adapter = get_adapter()
    with translation.override(language), transaction.atomic():
        accounts = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        for account in accounts:
            key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
            link = adapter.get_reset_password_from_key_url(key)
            adapter.send_mail("account/email/password_reset_key", email, {"password_reset_url": link})
        if not accounts:
            adapter.send_mail("account/email/unknown_account", email, {})
