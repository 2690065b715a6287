"""Accepting the code of conduct."""

from django.db import transaction

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import Conflict
from wayfellow.people.models import Member
from wayfellow.people.policy import CONDUCT_CHANGED


@transaction.atomic
def accept_conduct(member: Member, *, version: int) -> None:
    """Note that a member agrees to this version.

    Raises:
        Conflict: the text changed since they opened it; they have to read the new one.
    """
    member = Member.objects.lock(member.pk)
    if version != member.organisation.conduct_version:
        raise Conflict("conduct_changed", CONDUCT_CHANGED)
    if member.has_accepted_conduct:
        return
    member.conduct_accepted_version = version
    member.conduct_accepted_at = clock.now()
    member.save(update_fields=["conduct_accepted_version", "conduct_accepted_at"])
    details = {"version": version}
    record("conduct_accepted", actor=member, organisation=member.organisation, about=member, details=details)
