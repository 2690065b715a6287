"""What of a mentor goes into the index. Places, leave and requests change by the hour and are read live instead."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django_tasks import task

from wayfellow.core import clock, week
from wayfellow.discovery.queries.candidates import MENTOR
from wayfellow.discovery.queries.pool import RETIRED_SKILL
from wayfellow.people.models import Member, Organisation
from wayfellow.programmes.models import Enrolment
from wayfellow.search.actions import AT_ONCE, Draft, index, rebuild, remove, sweep_vocabulary, touch_all
from wayfellow.search.models import Document
from wayfellow.skills.models import MemberSkill


@transaction.atomic
def reindex_members(member_ids: Iterable[int]) -> None:
    """Write the documents of the mentors among these members, and take out those who mentor no more or have left.

    Four statements to read, whatever the number of members.
    """
    ids = list(member_ids)
    now = clock.now()
    enrolments = list(
        Enrolment.objects.mentors()
        .filter(member__in=ids, member__state=Member.State.ACTIVE)
        .select_related("member__organisation", "member__profile")
        .defer("member__profile__photo", "member__organisation__logo")
    )
    skills: dict[int, list[MemberSkill]] = defaultdict(list)
    for offered in MemberSkill.objects.filter(member__in=ids, offers=True).select_related("skill").order_by("skill"):
        skills[offered.member_id].append(offered)
    stays = {enrolment.pk for enrolment in enrolments}
    stored = Document.objects.filter(kind=MENTOR, member__in=ids).values_list("subject_id", flat=True)
    gone = [pk for pk in stored if pk not in stays]
    if gone:
        remove(MENTOR, gone)
    index(_draft(enrolment, skills[enrolment.member_id], now) for enrolment in enrolments)


def _draft(enrolment: Enrolment, offered: list[MemberSkill], now: datetime) -> Draft:
    member = enrolment.member
    profile = getattr(member, "profile", None)
    names = [word for each in offered for word in each.skill.all_names]
    facets: dict[str, list[Any]] = {
        "skill": [each.skill_id for each in offered if not each.skill.retired],
        RETIRED_SKILL: [each.skill_id for each in offered if each.skill.retired],
        "industry": [profile.industry] if profile and profile.industry else [],
        "function": [profile.function] if profile and profile.function else [],
        "seniority": [profile.seniority] if profile and profile.seniority else [],
        "language": list(member.languages),
        "department": [member.department] if member.department else [],
    }
    levels = {each.skill_id: each.level for each in offered}
    slots = week.slots_of(profile.availability, member.zone, now) if profile else 0
    return Draft(
        kind=MENTOR,
        subject_id=enrolment.pk,
        organisation_id=enrolment.organisation_id,
        member_id=member.pk,
        name=member.full_name,
        texts={
            "A": member.full_name,
            "B": " ".join([member.job_title, *names]),
            "C": f"{member.department} {member.location}",
            "D": profile.about if profile else "",
        },
        facets=facets,
        degrees={"skill": levels, RETIRED_SKILL: levels},
        facts={
            "levels": {str(skill): level for skill, level in levels.items()},
            "zone": member.zone,
            "offset": week.offset_of(member.zone, now),
        },
        slots=week.to_bytes(slots),
    )


def rebuild_index(organisation: Organisation) -> Iterator[int]:
    """Write the whole index of an organisation anew while it serves. Yields how many members were looked at so far."""
    everybody = Member.objects.filter(organisation=organisation).values_list("pk", flat=True)
    yield from rebuild(everybody)
    sweep_vocabulary(organisation.pk)


@task()
def follow_time_zones_job() -> None:
    """Write again, batch by batch, whose zone or whose zone's clock has changed since their free time was laid down."""
    now = clock.now()
    laid_down = Document.objects.filter(kind=MENTOR).values_list(
        "member", "facts", "member__time_zone", "organisation__time_zone"
    )
    shifted = sorted(
        member_id
        for member_id, facts, own, organisations in laid_down
        if week.offset_of(own or organisations, now) != facts["offset"]
    )
    for start in range(0, len(shifted), AT_ONCE):
        touch_all(shifted[start : start + AT_ONCE])
