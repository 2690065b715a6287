"""What the page of one mentor shows beyond the card."""

from dataclasses import dataclass
from typing import Any

from wayfellow.discovery.queries.reader import Reader
from wayfellow.people.models import BackgroundFacet, Member
from wayfellow.skills.models import MemberSkill, Skill
from wayfellow.skills.queries import anchors_of, by_name


@dataclass(frozen=True)
class OfferedSkill:
    """A skill the mentor offers, at their level; `wants` is the level the reader's goal aims at, if it names it."""

    skill: Skill
    level: int
    anchor: str
    wants: int | None


def skills_of(reader: Reader, mentor: Member) -> list[OfferedSkill]:
    """The skills a mentor offers: those of the reader's goal first, then the highest levels."""
    rows = MemberSkill.objects.visible_to(reader.member).filter(member=mentor, offers=True).select_related("skill")
    wanted = reader.seeker.skills
    return [
        OfferedSkill(
            row.skill,
            row.level,
            anchors_of(row.skill)[row.level - 1].anchor,
            wanted[row.skill_id][1] if row.skill_id in wanted else None,
        )
        for row in sorted(rows, key=lambda row: (row.skill_id not in wanted, -row.level, by_name(row.skill)))
    ]


def background_of(reader: Member, mentor: Member) -> list[Any]:
    """What the mentor chose to tell this reader of their background; to themselves, what all members see."""
    rows = BackgroundFacet.objects.visible_to(reader).filter(member=mentor)
    if reader.pk == mentor.pk:
        rows = rows.filter(visibility=BackgroundFacet.Visibility.MEMBERS)
    return list(rows.order_by("kind"))
