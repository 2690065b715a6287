"""Setting up second factors, for tests: through the actions, as the pages do."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.people.actions.factors import add_totp
from wayfellow.people.tests.mails import mails
from wayfellow.people.tests.soft_key import SoftKey, app_code

SECRET = generate_totp_secret()


def with_app(account: Any, **more: Any) -> str:
    """An account that has an app; its secret. The code of this moment is used up."""
    add_totp(account, secret=SECRET, code=app_code(SECRET, clock.now().timestamp()), **more)
    return SECRET


def next_code(secret: str = SECRET, steps: int = 1) -> str:
    """What the app shows a little later: the clock may be half a minute off, so it is taken now."""
    return app_code(secret, clock.now().timestamp() + 30 * steps)


def codes_of(account: Any) -> list[str]:
    """The recovery codes that are left."""
    return Authenticator.objects.get(user=account, type="recovery_codes").wrap().get_unused_codes()


def with_passkey(client: Client, organisation: str = "larkmoor", **how: Any) -> SoftKey:
    """A passkey added on the page, by somebody signed in."""

    client.defaults["HTTP_HOST"] = "localhost"  # browsers make passkeys for https and for this
    key = SoftKey(**how)
    page = client.get(reverse("add_passkey", args=[organisation]))
    credential = json.dumps(key.make(json.loads(page.context["options"])))
    done = client.post(reverse("add_passkey", args=[organisation]), {"name": "Telephone", "credential": credential})
    assert done.status_code == 302, done.context["form"].errors
    return key


def code_in_mail() -> str:
    """The newest code for signing in or confirming."""
    return mails("sign_in_code")[-1]["facts"]["code"]


def by_mail(client: Client, email: str) -> Any:
    """Sign in with a code by mail, as far as it goes."""
    client.post(reverse("sign_in"), {"email": email})
    return client.post(reverse("confirm_code"), {"code": code_in_mail()})


def is_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return "_auth_user_id" in client.session
