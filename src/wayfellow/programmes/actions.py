"""Founding an organisation together with its open network; who runs a programme, and its rules."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.notifications.actions import notify
from wayfellow.people.actions.organisations import create_organisation
from wayfellow.people.models import Member, Organisation
from wayfellow.programmes.models import Cohort, Programme
from wayfellow.programmes.policy import why_not_appoint_manager, why_not_change_programme, why_not_dismiss_manager

RULES = [
    "first_reminder_days",
    "second_reminder_days",
    "request_expiry_days",
    "max_open_requests",
    "mentor_queue_factor",
    "waiting_offer_days",
    "default_capacity",
    "max_capacity",
]
MOST_DAYS = 90


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


@transaction.atomic
def appoint_manager(actor: Member, programme: Programme, member: Member) -> None:
    """Let a member run a programme. They are told.

    Raises:
        Refused: see `why_not_appoint_manager`.
    """
    programme = Programme.objects.lock(programme.pk)
    enforce(why_not_appoint_manager(programme, member))
    programme.managers.add(member)
    _tell_of_role(actor, programme, member, given=True)
    details = {"member": member.pk}
    record("manager_appointed", actor=actor, organisation=programme.organisation, about=programme, details=details)


@transaction.atomic
def dismiss_manager(actor: Member, programme: Programme, member: Member) -> None:
    """Take that back. They are told.

    Raises:
        Refused: see `why_not_dismiss_manager`; the last manager stays.
    """
    programme = Programme.objects.lock(programme.pk)
    enforce(why_not_dismiss_manager(programme, member))
    programme.managers.remove(member)
    _tell_of_role(actor, programme, member, given=False)
    details = {"member": member.pk}
    record("manager_dismissed", actor=actor, organisation=programme.organisation, about=programme, details=details)


def _tell_of_role(actor: Member, programme: Programme, member: Member, *, given: bool) -> None:
    facts = {"programme": programme.name, "given": given, "by": actor.full_name}
    page = reverse("home", args=[programme.organisation.slug])
    notify("programme_role_changed", to=member, about=programme, facts=facts, links={"page": page})


@transaction.atomic
def change_programme(actor: Member, programme: Programme, **rules: int) -> Programme:
    """Change rules of a programme. They hold for what is sent from now on.

    Args:
        actor: one of its managers.
        programme: which.
        rules: any of `RULES`.

    Raises:
        Refused: `not_a_manager`.
        InvalidInput: numbers that do not fit together, each at its field.
    """
    enforce(why_not_change_programme(actor, programme))
    programme = Programme.objects.lock(programme.pk)
    changed = sorted(name for name in RULES if name in rules and getattr(programme, name) != rules[name])
    for name in changed:
        setattr(programme, name, rules[name])
    check_rules(programme)
    programme.save(update_fields=changed or None)
    if changed:
        details = {name: rules[name] for name in changed}
        record("programme_changed", actor=actor, organisation=programme.organisation, about=programme, details=details)
    return programme


def check_rules(programme: Programme) -> None:
    """Whether a programme's numbers make sense together.

    Raises:
        InvalidInput: the first that does not, at its field.
    """
    positive: dict[str, Any] = {name: getattr(programme, name) for name in RULES}
    for name, value in positive.items():
        if value < 1:
            raise InvalidInput("too_small", _("Write a number of at least 1."), field=name)
        if name.endswith("_days") and value > MOST_DAYS:
            raise InvalidInput("too_large", _("Write at most %(most)d days.") % {"most": MOST_DAYS}, field=name)
    if programme.second_reminder_days <= programme.first_reminder_days:
        raise InvalidInput(
            "days_not_in_order", _("The second reminder comes after the first."), field="second_reminder_days"
        )
    if programme.request_expiry_days <= programme.second_reminder_days:
        raise InvalidInput(
            "days_not_in_order", _("A request closes after the second reminder."), field="request_expiry_days"
        )
    if programme.max_capacity < programme.default_capacity:
        words = _("This cannot be less than what a new mentor starts with.")
        raise InvalidInput("capacity_not_in_order", words, field="max_capacity")
