"""The first organisation, its first administrator, and the settings."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import Conflict, InvalidInput, enforce
from wayfellow.people import policy
from wayfellow.people.models import Account, Member, OneTimeLink, Organisation
from wayfellow.people.tokens import digest_of, new_token
from wayfellow.web.text import clean_text

SIGN_IN_DAYS = 7
SET_UP_DAYS = 30


@transaction.atomic
def create_organisation(
    *, name: str, slug: str, admin_email: str, now: datetime | None = None
) -> tuple[Organisation, str]:
    """Create an organisation and its first administrator. Links to the set-up page stop working.

    Args:
        name: shown beside the mark and in mails.
        slug: its short name in addresses.
        admin_email: who runs it; they sign in by the link.

    Returns:
        The organisation, and a link that signs its administrator in once.

    Raises:
        InvalidInput: a name, short name or address that cannot be used.
        Conflict: the short name is taken.
    """
    now = now or clock.now()
    name, slug, email = clean_text(name).strip(), slug.strip().lower(), clean_email(admin_email, field="admin_email")
    if not name or len(name) > 100 or "\0" in name:
        raise InvalidInput("bad_name", _("Write a name of 1 to 100 characters."), field="name")
    try:
        validate_slug(slug)
    except ValidationError:
        slug = ""
    if not slug or len(slug) > 40:
        raise InvalidInput(
            "bad_slug", _("Write a short name of 1 to 40 letters, digits, hyphens or underscores."), field="slug"
        )
    if Organisation.objects.filter(slug=slug).exists():
        raise Conflict("slug_taken", _("There is an organisation with this short name already."), field="slug")
    organisation = Organisation.objects.create(name=name, slug=slug)
    OneTimeLink.objects.filter(purpose=OneTimeLink.Purpose.SET_UP, used_at=None).delete()
    account = Account.objects.filter(email__iexact=email).first() or Account.objects.create_account(email)
    administrator = Member.objects.create(
        organisation=organisation,
        account=account,
        state=Member.State.ACTIVE,
        is_administrator=True,
        full_name=name_from_address(email),
        email=email,
        joined_at=now,
    )
    link = make_sign_in_link(account, organisation=organisation, now=now)
    record("organisation_founded", actor=administrator, organisation=organisation, about=organisation)
    return organisation, link


def make_sign_in_link(account: Account, *, organisation: Organisation | None, now: datetime) -> str:
    """A link that signs this account in once, for whoever sees it first."""
    token, digest = new_token()
    OneTimeLink.objects.create(
        purpose=OneTimeLink.Purpose.SIGN_IN,
        token_digest=digest,
        account=account,
        organisation=organisation,
        expires_at=now + timedelta(days=SIGN_IN_DAYS),
    )
    return settings.BASE_URL + reverse("welcome", args=[token])


@transaction.atomic
def make_setup_link() -> str | None:
    """A link to the page that creates the first organisation; earlier ones die. None when there is one already."""
    if Organisation.objects.exists():
        return None
    token, digest = new_token()
    OneTimeLink.objects.filter(purpose=OneTimeLink.Purpose.SET_UP).delete()
    OneTimeLink.objects.create(
        purpose=OneTimeLink.Purpose.SET_UP,
        token_digest=digest,
        expires_at=clock.now() + timedelta(days=SET_UP_DAYS),
    )
    return settings.BASE_URL + reverse("set_up", args=[token])


@transaction.atomic
def use_link(token: str, purpose: Any) -> OneTimeLink:
    """Mark a one-time link as used, under a lock: of two callers one is refused.

    Raises:
        Refused: link_unknown, link_used or link_expired.
    """
    now = clock.now()
    rows = OneTimeLink.objects.select_for_update(of=("self",))
    link = rows.filter(token_digest=digest_of(token), purpose=purpose).first()
    enforce(policy.why_not_use_link(link, now=now))
    assert link is not None  # noqa: S101  the policy has refused None
    link.used_at = now
    link.save(update_fields=["used_at"])
    return link


@transaction.atomic
def change_settings(actor: Member, *, values: dict[str, Any]) -> list[str]:
    """Change settings of the organisation; the record names the fields, never what they say.

    Args:
        values: field names of `Organisation` and what they become, already checked by the form.

    Returns:
        The names of the fields that changed.
    """
    organisation = Organisation.objects.lock(actor.organisation_id)
    changed = sorted(name for name, value in values.items() if _differs(getattr(organisation, name), value))
    for name in changed:
        setattr(organisation, name, values[name])
    if "conduct" in changed:
        organisation.conduct_version += 1
    if changed:
        organisation.save()
        record(
            "settings_changed", actor=actor, organisation=organisation, about=organisation, details={"fields": changed}
        )
    return changed


def clean_email(email: str, *, field: str = "email") -> str:
    """An address in lower case.

    Raises:
        InvalidInput: it is none.
    """
    email = clean_text(email).strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise InvalidInput("bad_email", _("Write an e-mail address like name@example.org."), field=field) from None
    if len(email) > 254:
        raise InvalidInput("bad_email", _("This address is too long."), field=field)
    return email


def name_from_address(email: str) -> str:
    """What to call somebody until they say their name: jo.blake@… is Jo Blake."""
    words = email.split("@")[0].replace("_", ".").replace("-", ".").split(".")
    return " ".join(word.capitalize() for word in words if word)[:200] or email[:200]


def _differs(old: Any, new: Any) -> bool:
    if isinstance(old, memoryview):
        old = bytes(old)
    return old != new
