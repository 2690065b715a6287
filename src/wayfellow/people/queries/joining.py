"""What doors for joining need to know."""

from typing import Any

from django.db.models import QuerySet

from wayfellow.people.models import Invitation, Member, OneTimeLink, Organisation
from wayfellow.people.tokens import digest_of


def invitation_of(token: str) -> Invitation | None:
    """The invitation of this link."""
    rows = Invitation.objects.select_related("member__organisation", "invited_by", "cohort")
    return rows.filter(token_digest=digest_of(token)).first()


def one_time_link(token: str, purpose: Any) -> OneTimeLink | None:
    """The one-time link of this token and purpose."""
    rows = OneTimeLink.objects.select_related("organisation", "account")
    return rows.filter(token_digest=digest_of(token), purpose=purpose).first()


def open_network_cohort(organisation: Organisation) -> Any | None:
    """The cohort of the open network, reached through the field that refers to it: programmes lie above people."""
    cohorts: QuerySet = Invitation._meta.get_field("cohort").related_model._default_manager.all()
    return cohorts.filter(organisation=organisation, programme__is_open_network=True).first()


def administrators(organisation: Organisation) -> QuerySet[Member]:
    """Who runs the organisation's people and settings."""
    return Member.objects.active().filter(organisation=organisation, is_administrator=True)


def open_organisations() -> QuerySet[Organisation]:
    """Organisations that somebody can join from outside."""
    return (
        Organisation.objects.filter(join_by_domain=True) | Organisation.objects.filter(join_by_asking=True)
    ).order_by("name")
