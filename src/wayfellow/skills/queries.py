"""Reads about skills that more than one door needs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from wayfellow.people.models import Member
from wayfellow.search.words import fold, query_words, spell, words
from wayfellow.skills.models import Level, MemberSkill, Skill
from wayfellow.skills.starter import families, starter_skills
from wayfellow.skills.words import rank


@dataclass(frozen=True)
class Rung:
    """One level of a skill in words: as its owner says it, and what others can observe."""

    level: int
    label: str
    anchor: str


@dataclass(frozen=True)
class FamilyOfSkills:
    """A family as a page shows it."""

    key: str
    name: str
    description: str
    skills: list[Skill]


def anchors_of(skill: Skill) -> list[Rung]:
    """The five levels of a skill, with its own anchors where it has them and its family's otherwise."""
    starter = starter_skills().get(skill.key) if skill.is_starter else None
    anchors = (starter and starter.anchors) or families()[skill.family].anchors
    return [Rung(level, str(label), gettext(anchors[level - 1])) for level, label in Level.choices]


def family_name(key: str) -> str:
    """The name of a family in the reader's language."""
    return gettext(families()[key].name)


def family_choices() -> list[tuple[str, str]]:
    """All families as choices of a form."""
    return [(key, family_name(key)) for key in families()]


def in_families(skills: Iterable[Skill]) -> list[FamilyOfSkills]:
    """These skills by family, families in their own order, skills by name; empty families are left out."""
    grouped: dict[str, list[Skill]] = {key: [] for key in families()}
    for skill in skills:
        grouped[skill.family].append(skill)
    return [
        FamilyOfSkills(key, family_name(key), gettext(families()[key].description), sorted(found, key=by_name))
        for key, found in grouped.items()
        if found
    ]


def by_name(skill: Skill) -> str:
    """Sorting key: the name as the reader sees it."""
    return fold(str(skill))


def search(skills: Iterable[Skill], text: str) -> list[Skill]:
    """The skills that fit what was typed, best first: by name, by other names, by description.

    A word that fits nothing is read as the nearest one that does. Somebody who reads a translation finds a skill by
    its English name too. Without text, all skills by name.
    """
    found = sorted(skills, key=by_name)
    typed = query_words(text)
    if not typed:
        return [] if text.strip() else found
    names = {skill: [words(name) for name in skill.all_names] for skill in found}
    descriptions = {skill: words(skill.about) for skill in found}

    def ranked(typed: list[str]) -> list[Skill]:
        places = {skill: rank(typed, names[skill], description=descriptions[skill]) for skill in found}
        return sorted((skill for skill in found if places[skill] is not None), key=lambda skill: places[skill] or 0)

    vocabulary = {word for all_names in names.values() for name in all_names for word in name}
    return ranked(typed) or ranked([spell(word, vocabulary) for word in typed])


def suggest(member: Member, text: str, *, chosen: Collection[str] = (), limit: int = 6) -> list[Skill]:
    """What the picker proposes: what was searched for, otherwise neighbours of what is chosen, otherwise nothing."""
    choosable = Skill.objects.choosable_by(member).exclude(key__in=chosen)
    if text.strip():
        return search(choosable, text)[:limit]
    if not chosen:
        return []
    beside = choosable.filter(neighbours__in=Skill.objects.visible_to(member).filter(key__in=chosen))
    shared = beside.annotate(shared=Count("neighbours", distinct=True)).order_by("-shared", "name")
    return list(shared[:limit])


def neighbours_of(member: Member, skill: Skill) -> list[Skill]:
    """Skills beside this one that the member could choose, by name."""
    return sorted(Skill.objects.choosable_by(member).filter(neighbours=skill), key=by_name)


def with_offers(skills: QuerySet[Skill], member: Member) -> QuerySet[Skill]:
    """Adds `offers`: how many people this member may see offer the skill."""
    offered = MemberSkill.objects.visible_to(member).offered().values("pk")
    return skills.annotate(offers=Count("members", filter=Q(members__in=offered)))


def mine(member: Member) -> list[MemberSkill]:
    """What a member has said they can do, highest level first."""
    return sorted(member.skills.select_related("skill"), key=lambda entry: (-entry.level, by_name(entry.skill)))


def managed_skills(member: Member, *, show: str = "all") -> QuerySet[Skill]:
    """The skills an administrator looks after, with `offers` and `is_retired`: all, own, or retired ones."""
    skills = with_offers(Skill.objects.visible_to(member).filter(retired=False).with_retirement(member), member)
    if show == "own":
        return skills.filter(organisation=member.organisation_id)
    return skills.filter(is_retired=True) if show == "retired" else skills


def same_name(member: Member, name: str, *, other_than: Skill | None = None) -> Skill | None:
    """A skill of the organisation's list that is called the same."""
    wanted = fold(name)
    for skill in Skill.objects.visible_to(member):
        if skill != other_than and wanted in {fold(skill.name), fold(str(skill))}:
            return skill
    return None


def export_member_skills(member: Member) -> list[dict[str, Any]]:
    """What a member takes away of their skills."""
    return [
        {"skill": entry.skill.name, "level": entry.level, "level_in_words": entry.level_words, "offers": entry.offers}
        for entry in mine(member)
    ]
