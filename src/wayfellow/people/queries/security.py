"""What secures an account: its factors, the browsers it is signed in with, and what its organisations ask for."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from wayfellow.core import clock
from wayfellow.people.models import Account, BrowserSession, Member, Organisation
from wayfellow.people.sessions import device_in_words, public_id

Type = Authenticator.Type


@dataclass(frozen=True)
class Passkey:
    """One passkey, as its owner sees it."""

    pk: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Security:
    """What an account has set up."""

    has_password: bool
    totp: Authenticator | None
    passkeys: list[Passkey]
    codes_left: int | None

    @property
    def has_factor(self) -> bool:
        return self.totp is not None or bool(self.passkeys)


@dataclass(frozen=True)
class Device:
    """A browser somebody is signed in with."""

    id: str
    words: str
    signed_in_at: datetime | None
    seen_at: datetime | None
    is_this: bool


def factors_of(account: Account) -> QuerySet[Authenticator]:
    """Their second factors, recovery codes not among them."""
    return Authenticator.objects.filter(user=account).exclude(type=Type.RECOVERY_CODES).order_by("pk")


def has_second_factor(account: Account) -> bool:
    return factors_of(account).exists()


def security_of(account: Account) -> Security:
    """What the security page shows, in one query."""
    rows = list(Authenticator.objects.filter(user=account).order_by("pk"))
    codes = next((row for row in rows if row.type == Type.RECOVERY_CODES), None)
    return Security(
        has_password=account.has_usable_password(),
        totp=next((row for row in rows if row.type == Type.TOTP), None),
        passkeys=[
            Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at)
            for row in rows
            if row.type == Type.WEBAUTHN
        ],
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )


def must_have_factor(member: Member) -> bool:
    """Whether their organisation asks them for a second factor: who runs something, or receives reports of harm."""
    if not member.organisation.second_factor_required:
        return False
    return member.is_administrator or member.is_safeguarding_lead or member.is_programme_manager


def organisations_that_ask(account: Account) -> list[Organisation]:
    """The organisations that ask this account for a second factor."""
    rows = Member.objects.active().filter(account=account, organisation__second_factor_required=True)
    return [row.organisation for row in rows.select_related("organisation") if must_have_factor(row)]


def without_factor(organisation: Organisation) -> QuerySet[Member]:
    """Whoever the setting is about and who has no second factor yet, by name."""
    factors = Authenticator.objects.filter(user=OuterRef("account")).exclude(type=Type.RECOVERY_CODES)
    runs = Q(is_administrator=True) | Q(is_safeguarding_lead=True) | Q(programmes_managed__isnull=False)
    rows = Member.objects.active().filter(runs, organisation=organisation)
    return rows.filter(~Exists(factors)).distinct().order_by("full_name", "pk")


def sessions_of(account: Account) -> QuerySet[BrowserSession]:
    """The browsers an account is signed in with, the one seen last first; what has ended by time is not among them."""
    now = clock.now()
    rows = BrowserSession.objects.filter(account=account, expire_date__gt=now)
    rows = rows.filter(signed_in_at__gt=now - settings.SIGNED_IN_FOR, seen_at__gt=now - settings.IDLE_FOR)
    return rows.order_by("-seen_at", "session_key")


def as_device(row: BrowserSession, *, current_key: str | None) -> Device:
    """A session as the page of devices shows it."""
    return Device(
        id=public_id(row.session_key),
        words=device_in_words(row.browser, row.system),
        signed_in_at=row.signed_in_at,
        seen_at=row.seen_at,
        is_this=row.session_key == current_key,
    )
