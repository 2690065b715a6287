"""The address somebody signs in with, when the organisation has another one for them by now."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import enforce
from wayfellow.notifications.actions import send_mail
from wayfellow.people import policy
from wayfellow.people.actions.alerts import tell_owner
from wayfellow.people.actions.organisations import use_link
from wayfellow.people.models import Account, Member, OneTimeLink
from wayfellow.people.tokens import new_token

LINK_HOURS = 24


@transaction.atomic
def ask_to_use_address(member: Member) -> None:
    """Write to the address that the organisation has for a member: its link makes it the one they sign in with.

    Whoever changed the address cannot do that alone: it takes the member, signed in, and the new mailbox.

    Raises:
        Refused: it is the same already, or another account has it.
    """
    enforce(policy.why_not_use_address(member))
    token, digest = new_token()
    link = OneTimeLink.objects.create(
        purpose=OneTimeLink.Purpose.SIGN_IN,
        token_digest=digest,
        account=member.account,
        organisation=member.organisation,
        email=member.email,
        expires_at=clock.now() + timedelta(hours=LINK_HOURS),
    )
    send_mail(
        to=member.email,
        template="people/mail/new_address",
        facts={"old": member.account.email, "link": settings.BASE_URL + reverse("welcome", args=[token])},
        organisation=member.organisation,
        key=f"new-address:{link.pk}",
        language=member.account.language,
        secret=True,
    )


@transaction.atomic
def sign_in_by_link(token: str) -> Account:
    """Use a one-time sign-in link; if it was sent to a new address, that is the account's from now on.

    Raises:
        Refused: link_unknown, link_used or link_expired; address_changed or address_taken.
    """
    link = use_link(token, OneTimeLink.Purpose.SIGN_IN)
    account = Account.objects.select_for_update().get(pk=link.account_id)
    if link.email and link.email.lower() != account.email.lower():
        member = account.memberships.select_related("organisation").filter(organisation=link.organisation_id).first()
        enforce(policy.why_not_use_link_for_address(link, member))
        assert member is not None  # noqa: S101  the policy has refused None
        old = account.email
        account.email = link.email.lower()
        account.save(update_fields=["email"])
        EmailAddress.objects.filter(user=account).delete()
        tell_owner(account, "address", to=old)
        record("sign_in_address_changed", actor=member, organisation=member.organisation, about=member)
    return account
