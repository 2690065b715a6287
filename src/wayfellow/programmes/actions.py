"""Founding: an organisation together with its open network."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.people.actions.organisations import create_organisation
from wayfellow.people.models import Member, Organisation
from wayfellow.programmes.models import Cohort, Programme


@transaction.atomic
def create_open_network(organisation: Organisation, manager: Member) -> Cohort:
    """The programme that never closes, where members find each other; the manager runs it.

    Returns:
        Its single cohort. One that is there already is kept, and the manager added.
    """
    name = _("Open network")
    programme, created = Programme.objects.get_or_create(
        organisation=organisation, is_open_network=True, defaults={"name": name}
    )
    cohort, _made = Cohort.objects.get_or_create(
        organisation=organisation, programme=programme, defaults={"name": programme.name}
    )
    programme.managers.add(manager)
    if created:
        record("programme_created", actor=manager, organisation=organisation, about=programme)
    return cohort


@transaction.atomic
def found_organisation(*, name: str, slug: str, admin_email: str) -> tuple[Any, str]:
    """An organisation, its administrator, and the open network that they manage to begin with.

    Returns:
        The organisation, and a link that signs its administrator in once.

    Raises:
        InvalidInput, Conflict: as `people.actions.organisations.create_organisation`.
    """
    organisation, link = create_organisation(name=name, slug=slug, admin_email=admin_email)
    create_open_network(organisation, organisation.members.get(is_administrator=True))
    return organisation, link
