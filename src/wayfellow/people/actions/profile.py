"""What members say of themselves. The record names the fields that changed, never what they say."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from wayfellow.audit.actions import record
from wayfellow.core.errors import enforce
from wayfellow.people import policy
from wayfellow.people.availability import checked
from wayfellow.people.models import BackgroundFacet, Member, Profile
from wayfellow.search.actions import touch

OF_PROFILE = ("industry", "function", "seniority", "about")
OF_MEMBER = ("languages", "time_zone", "job_title")


@transaction.atomic
def save_profile(actor: Member, member: Member, *, values: Mapping[str, Any]) -> list[str]:
    """Keep what a member says of themselves.

    Args:
        values: fields of `OF_PROFILE` and `OF_MEMBER` and what they become, already checked by the form.

    Returns:
        The names of the fields that changed.

    Raises:
        Refused: not_yours, or job_title_kept: the organisation keeps it.
    """
    member = Member.objects.lock(member.pk)
    enforce(policy.why_not_edit_profile(actor, member))
    profile = _profile_of(member)
    changed = []
    for row, names in ((profile, OF_PROFILE), (member, OF_MEMBER)):
        mine = [name for name in names if name in values and getattr(row, name) != values[name]]
        if "job_title" in mine:
            enforce(policy.why_not_change_job_title(member))
        for name in mine:
            setattr(row, name, values[name])
        if mine:
            row.save(update_fields=[*mine, *(["updated_at"] if row is profile else [])])
        changed += mine
    if changed:
        touch(member)
        details = {"fields": sorted(changed)}
        record("profile_changed", actor=actor, organisation=member.organisation, about=member, details=details)
    return changed


@transaction.atomic
def set_availability(actor: Member, member: Member, *, blocks: Iterable[Mapping[str, Any]]) -> None:
    """Say when a member is free in the week, in their own time zone.

    Raises:
        InvalidInput: a block is wrong.
        Refused: not_yours.
    """
    member = Member.objects.lock(member.pk)
    enforce(policy.why_not_edit_profile(actor, member))
    wanted = checked(blocks)
    profile = _profile_of(member)
    if profile.availability == wanted:
        return
    profile.availability = wanted
    profile.save(update_fields=["availability", "updated_at"])
    touch(member)
    record("availability_changed", actor=actor, organisation=member.organisation, about=member)


@transaction.atomic
def set_background(actor: Member, member: Member, *, facets: Mapping[str, tuple[str, str]]) -> None:
    """Tell something of one's background, or take it away. The record does not say what.

    Args:
        facets: by kind, (value, visibility); a kind that is not among them is taken away.

    Raises:
        Refused: not_yours.
    """
    member = Member.objects.lock(member.pk)
    enforce(policy.why_not_edit_profile(actor, member))
    stored = {facet.kind: (facet.value, facet.visibility) for facet in member.background.all()}
    if stored == dict(facets):
        return
    member.background.exclude(kind__in=facets).delete()
    BackgroundFacet.objects.bulk_create(
        [
            BackgroundFacet(
                organisation_id=member.organisation_id, member=member, kind=kind, value=value, visibility=visibility
            )
            for kind, (value, visibility) in facets.items()
        ],
        update_conflicts=True,
        unique_fields=["member", "kind"],
        update_fields=["value", "visibility"],
    )
    record("background_changed", actor=actor, organisation=member.organisation, about=member)


@transaction.atomic
def set_photo(actor: Member, member: Member, *, photo: bytes) -> None:
    """Show this photo of a member.

    Args:
        photo: a picture as `web.pictures.square_photo` draws it.

    Raises:
        Refused: not_yours.
    """
    member = Member.objects.lock(member.pk)
    enforce(policy.why_not_edit_profile(actor, member))
    _keep_photo(member, photo)
    record("photo_changed", actor=actor, organisation=member.organisation, about=member)


@transaction.atomic
def remove_photo(actor: Member, member: Member) -> None:
    """Show initials again, and keep nothing of the photo.

    Raises:
        Refused: not_yours.
    """
    member = Member.objects.lock(member.pk)
    enforce(policy.why_not_edit_profile(actor, member))
    if not member.photo_version:
        return
    _keep_photo(member, None)
    record("photo_removed", actor=actor, organisation=member.organisation, about=member)


def _keep_photo(member: Member, photo: bytes | None) -> None:
    profile = _profile_of(member)
    profile.photo = photo
    profile.save(update_fields=["photo", "updated_at"])
    member.photo_version = hashlib.sha256(photo).hexdigest()[:12] if photo else ""
    member.save(update_fields=["photo_version"])


def _profile_of(member: Member) -> Profile:
    rows = Profile.objects.defer("photo")
    return rows.get_or_create(member=member, defaults={"organisation_id": member.organisation_id})[0]
