"""Second factors of an account: adding, using and removing them. An event in each of its organisations, and a mail."""

from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wayfellow.core import clock
from wayfellow.core.errors import Refused, enforce
from wayfellow.people import policy
from wayfellow.people.actions.alerts import record_everywhere, tell_owner
from wayfellow.people.actions.sessions import end_other_sessions
from wayfellow.people.models import Account
from wayfellow.people.queries.security import factors_of, organisations_that_ask
from wayfellow.people.second_factors import WRONG_CODE
from wayfellow.web.text import clean_text

Type = Authenticator.Type
PERIOD = 30
STEPS_ASIDE = 1  # a telephone's clock may be half a minute off
LAST_STEP = "last_step"
KINDS = {Type.TOTP: "app", Type.WEBAUTHN: "passkey", Type.RECOVERY_CODES: "recovery_codes"}


@transaction.atomic
def add_totp(account: Account, *, secret: str, code: str, device: str = "", keep_session: str | None = None) -> None:
    """Let an app on a telephone or computer give codes, shown by one.

    Args:
        secret: the one that was scanned, in base 32.
        code: what the app shows for it now.
        device: the browser it is done in, in words, for the mail.
        keep_session: the key of its session. With the first factor all others are signed out: they showed none.

    Raises:
        Refused: there is one already; incorrect_code.
    """
    account = _lock(account)
    enforce(policy.why_not_add_totp(factors_of(account)))
    step = _step_of(secret, code, now=clock.now())
    if step is None:
        raise Refused("incorrect_code", WRONG_CODE, field="code")
    row = TOTP.activate(account, secret).instance
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    _added(account, row, device=device, keep_session=keep_session)


@transaction.atomic
def add_passkey(
    account: Account, *, name: str, credential: dict[str, Any], device: str = "", keep_session: str | None = None
) -> None:
    """Keep a passkey that `passkeys.check_new` has checked. Arguments are those of `add_totp`.

    Raises:
        Refused: there are too many.
    """
    account = _lock(account)
    enforce(policy.why_not_add_passkey(factors_of(account)))
    row = WebAuthn.add(account, clean_text(name).strip(), credential).instance
    _added(account, row, device=device, keep_session=keep_session)


@transaction.atomic
def rename_passkey(account: Account, passkey: Authenticator, *, name: str) -> None:
    """Call a passkey something else."""
    row = Authenticator.objects.select_for_update().get(pk=passkey.pk, user=account)
    row.data["name"] = clean_text(name).strip()
    row.save(update_fields=["data"])


@transaction.atomic
def remove_factor(account: Account, factor: Authenticator, *, device: str = "") -> None:
    """Take a factor away; the recovery codes go with the last one. Doing it twice changes nothing.

    Raises:
        Refused: it is the last one, and an organisation asks for one.
    """
    account = _lock(account)
    rows = factors_of(account)
    row = rows.filter(pk=factor.pk).first()
    if row is None:
        return
    enforce(policy.why_not_remove_factor(row, rows, asked_by=organisations_that_ask(account)))
    row.delete()
    if not rows.exists():
        Authenticator.objects.filter(user=account).delete()
    tell_owner(account, "removed", kind=KINDS[row.type], device=device)
    record_everywhere(account, "second_factor_removed", details={"kind": KINDS[row.type]})


@transaction.atomic
def renew_recovery_codes(account: Account, *, device: str = "") -> None:
    """Ten new recovery codes; the old ones stop working.

    Raises:
        Refused: there is no second factor for them to stand in for.
    """
    account = _lock(account)
    enforce(policy.why_not_renew_recovery_codes(factors_of(account)))
    Authenticator.objects.filter(user=account, type=Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(account)
    tell_owner(account, "codes_renewed", device=device)
    record_everywhere(account, "recovery_codes_renewed", details={})


@transaction.atomic
def use_code(account: Account, code: str, *, device: str = "") -> Authenticator:
    """Take a code from the app, or a recovery code. Each works once, whoever is faster.

    Returns:
        What it belongs to.

    Raises:
        Refused: incorrect_code; code_used; secret_lost.
    """
    rows = Authenticator.objects.select_for_update().filter(user=account).exclude(type=Type.WEBAUTHN).order_by("pk")
    try:
        for row in rows:
            if row.type == Type.TOTP and _use_step(row, code):
                return row
            if row.type == Type.RECOVERY_CODES and row.wrap().validate_code(code):
                _used_recovery_code(account, device=device)
                return row
    except ValidationError as error:
        raise Refused("secret_lost", error.messages[0], field="code") from error
    raise Refused("incorrect_code", WRONG_CODE, field="code")


@transaction.atomic
def drop_factors(account: Account) -> int:
    """The host's way out for somebody who has lost everything: no second factor is left, and nobody is signed in.

    Returns:
        How many factors there were.
    """
    account = _lock(account)
    found = factors_of(account).count()
    if found:
        Authenticator.objects.filter(user=account).delete()
        account.browser_sessions.all().delete()
        tell_owner(account, "dropped")
        record_everywhere(account, "second_factors_dropped", details={}, by_owner=False)
    return found


def _lock(account: Account) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _added(account: Account, row: Authenticator, *, device: str, keep_session: str | None) -> None:
    """The first factor brings recovery codes, and signs out the browsers that came in without one."""
    if not factors_of(account).exclude(pk=row.pk).exists():
        end_other_sessions(account, keep=keep_session)
    if not Authenticator.objects.filter(user=account, type=Type.RECOVERY_CODES).exists():
        RecoveryCodes.activate(account)
    tell_owner(account, "added", kind=KINDS[row.type], device=device)
    record_everywhere(account, "second_factor_added", details={"kind": KINDS[row.type]})


def _use_step(row: Authenticator, code: str) -> bool:
    """Whether the app shows this code now; a code that was taken before, or is older than one that was, is refused."""
    step = _step_of(decrypt(row.data["secret"]), code, now=clock.now())
    if step is None:
        return False
    if step <= row.data.get(LAST_STEP, 0):
        raise Refused(
            "code_used", _("This code was used already. Wait until your app shows the next one."), field="code"
        )
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str, *, now: datetime) -> int | None:
    current = int(now.timestamp()) // PERIOD
    for step in range(current - STEPS_ASIDE, current + STEPS_ASIDE + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def _used_recovery_code(account: Account, *, device: str) -> None:
    row = Authenticator.objects.get(user=account, type=Type.RECOVERY_CODES)
    left = len(row.wrap().get_unused_codes())
    tell_owner(account, "code_used", left=left, device=device)
    record_everywhere(account, "recovery_code_used", details={"left": left})
