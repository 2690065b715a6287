"""The personal data that people's models hold: what a member takes away, and how it is erased."""

from base64 import b64encode
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from wayfellow.core.naming import naming
from wayfellow.people.actions.accounts import end_sessions
from wayfellow.people.models import (
    BackgroundFacet,
    BrowserSession,
    ImportRow,
    Invitation,
    JoinRequest,
    Member,
    MemberImport,
    OneTimeLink,
    Profile,
)
from wayfellow.search.actions import touch

Rows = list[dict[str, Any]]
MEMBER_FIELDS = (
    "full_name",
    "first_name",
    "last_name",
    "email",
    "employee_number",
    "job_title",
    "department",
    "location",
    "time_zone",
    "languages",
    "hire_date",
    "grade",
    "phone",
    "state",
    "is_guest",
    "guest_from",
    "guest_until",
    "is_administrator",
    "is_safeguarding_lead",
    "conduct_accepted_version",
    "conduct_accepted_at",
    "created_at",
    "joined_at",
    "left_at",
    "last_seen_on",
)


def export_member(member: Member) -> Rows:
    """Their own row, and who their manager is."""
    row = Member.objects.filter(pk=member.pk).values(*MEMBER_FIELDS, "manager__full_name")
    return list(row)


def erase_member(member: Member) -> None:
    """Keep a row without a person, so that counts and other people's history stay right."""
    member.reports.update(manager=None)
    account = member.account
    blank: dict[str, Any] = dict.fromkeys(
        [
            "first_name",
            "last_name",
            "employee_number",
            "job_title",
            "department",
            "location",
            "time_zone",
            "grade",
            "phone",
            "guest_from",
        ],
        "",
    )
    blank |= {"languages": [], "manager": None, "hire_date": None, "guest_until": None, "last_seen_on": None}
    blank |= {"is_administrator": False, "is_safeguarding_lead": False, "account": None, "conduct_accepted_at": None}
    blank |= {"full_name": "—", "email": f"forgotten-{member.pk}@forgotten.invalid", "forgotten_at": member.left_at}
    for name, value in blank.items():
        setattr(member, name, value)
    member.save()
    touch(member)
    if account is not None and not account.memberships.exists():
        end_sessions(account)
        account.delete()


def export_account(member: Member) -> Rows:
    """How they sign in."""
    account = member.account
    if account is None:
        return []
    return [{"email": account.email, "language": account.language, "created_at": account.created_at}]


def erase_account(member: Member) -> None:
    """The account goes with the last membership: see `erase_member`, which runs after this."""


def export_addresses(member: Member) -> Rows:
    """Addresses that sign-in has verified."""
    return list(EmailAddress.objects.filter(user=member.account_id).values("email", "verified"))


def erase_addresses(member: Member) -> None:
    """They go with the account, or stay while somebody is a member elsewhere."""
    if member.account is not None and not member.account.memberships.exclude(pk=member.pk).exists():
        EmailAddress.objects.filter(user=member.account_id).delete()


def export_sessions(member: Member) -> Rows:
    """The browsers they are signed in with."""
    rows = BrowserSession.objects.filter(account=member.account_id).exclude(account=None)
    return list(rows.values("browser", "system", "signed_in_at", "seen_at"))


def erase_sessions(member: Member) -> None:
    """Sign them out everywhere: a session remembers the address it began with."""
    if member.account is not None:
        end_sessions(member.account)


def export_factors(member: Member) -> Rows:
    """Their second factors; what is secret about them stays so."""
    rows = Authenticator.objects.filter(user=member.account_id).order_by("pk")
    return [
        {
            "type": row.type,
            "name": row.data.get("name", ""),
            "created_at": row.created_at,
            "last_used_at": row.last_used_at,
        }
        for row in rows
    ]


def erase_factors(member: Member) -> None:
    """They go with the account, or stay while somebody is a member elsewhere."""
    if member.account is not None and not member.account.memberships.exclude(pk=member.pk).exists():
        Authenticator.objects.filter(user=member.account_id).delete()


def export_profile(member: Member) -> Rows:
    """What they said of themselves."""
    fields = ("industry", "function", "seniority", "about", "availability", "updated_at", "photo")
    rows = list(Profile.objects.filter(member=member).values(*fields))
    return [{**row, "photo": b64encode(row["photo"]).decode() if row["photo"] else ""} for row in rows]


def erase_profile(member: Member) -> None:
    member.photo_version = ""
    member.save(update_fields=["photo_version"])
    Profile.objects.filter(member=member).delete()


def export_background(member: Member) -> Rows:
    """Their background, whoever may see it."""
    return list(BackgroundFacet.objects.filter(member=member).values("kind", "value", "visibility"))


def erase_background(member: Member) -> None:
    BackgroundFacet.objects.filter(member=member).delete()


def export_invitations(member: Member) -> Rows:
    """The invitations they got."""
    return list(Invitation.objects.filter(member=member).values("state", "note", "created_at", "accepted_at"))


def erase_invitations(member: Member) -> None:
    """Those they got, and the notes in those they wrote."""
    Invitation.objects.filter(member=member).delete()
    Invitation.objects.filter(invited_by=member).update(invited_by=None, note="")


def export_join_requests(member: Member) -> Rows:
    """When they asked to join."""
    rows = JoinRequest.objects.filter(organisation=member.organisation_id, email__iexact=member.email)
    return list(rows.values("full_name", "email", "message", "state", "created_at", "answered_at"))


def erase_join_requests(member: Member) -> None:
    JoinRequest.objects.filter(organisation=member.organisation_id, email__iexact=member.email).delete()
    JoinRequest.objects.filter(answered_by=member).update(answered_by=None)


def export_links(member: Member) -> Rows:
    """One-time links that were sent to them; the links themselves are not known."""
    rows = OneTimeLink.objects.filter(organisation=member.organisation_id, email__iexact=member.email)
    return list(rows.values("purpose", "full_name", "email", "created_at", "used_at"))


def erase_links(member: Member) -> None:
    OneTimeLink.objects.filter(organisation=member.organisation_id, email__iexact=member.email).delete()


def export_import_rows(member: Member) -> Rows:
    """What lists from the organisation said of them."""
    rows = ImportRow.objects.filter(organisation=member.organisation_id, email__iexact=member.email)
    return list(rows.values("member_import_id", "line", "name", "email", "values", "result"))


def erase_import_rows(member: Member) -> None:
    """Their rows, and the files they stood in: a file cannot forget one of its lines."""
    rows = ImportRow.objects.filter(organisation=member.organisation_id, email__iexact=member.email)
    MemberImport.objects.filter(pk__in=rows.values("member_import")).update(file=b"")
    rows.delete()
    _forget_manager_cells(member)


def _forget_manager_cells(member: Member) -> None:
    """Other people's rows may name them as the manager."""
    rows = ImportRow.objects.filter(organisation=member.organisation_id)
    keys = {member.email, member.email.lower(), member.employee_number} - {""}
    rows.filter(manager_key__in=keys).delete()
    for field in ("changes", "problems", "warnings"):
        rows.filter(pk__in=naming(rows, field, member.email, member.email.lower()).values("pk")).delete()


def export_imports(member: Member) -> Rows:
    """The imports they started."""
    return list(MemberImport.objects.filter(started_by=member).values("file_name", "state", "created_at"))


def erase_imports(member: Member) -> None:
    MemberImport.objects.filter(started_by=member).update(started_by=None)
