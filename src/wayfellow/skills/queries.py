"""Reads about skills that more than one door needs."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import get_language, gettext, gettext_noop

from wayfellow.people.models import Member
from wayfellow.search.words import fold, words
from wayfellow.skills.finding import Found, search
from wayfellow.skills.models import (
    Concept,
    ConceptLink,
    ImportedFamily,
    Level,
    MemberSkill,
    Role,
    RoleNeed,
    Skill,
    Source,
)
from wayfellow.skills.starter import families, starter_skills

MOST_FOUND = 10
MOST_PROPOSED = 6
MOST_NEIGHBOURS = 12
ROLES_AT_ONCE = 50
SIBLINGS_LOOKED_AT = 200
ANCHORS = (
    gettext_noop("Knows what it is about, and can follow somebody who does it."),
    gettext_noop("Does simple parts of it by a known recipe, and has somebody check them."),
    gettext_noop("Does it alone in ordinary cases, and knows when to ask."),
    gettext_noop("Does it well where it is hard, unclear or new."),
    gettext_noop("Is asked for it by others, and has raised how it is done around them."),
)
"""What others can observe at each level of an imported skill, whichever it is."""


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
    skills: list[Skill] = field(default_factory=list)
    count: int = 0


def anchors_of(skill: Skill) -> list[Rung]:
    """The five levels of a skill, with its own anchors where it has them and its family's otherwise."""
    starter = starter_skills().get(skill.key) if skill.is_starter else None
    family = families().get(skill.family)
    anchors = (starter and starter.anchors) or (family.anchors if family else ANCHORS)
    return [Rung(level, str(label), gettext(anchors[level - 1])) for level, label in Level.choices]


def family_name(key: str) -> str:
    """The name of a family in the reader's language."""
    if key in families():
        return gettext(families()[key].name)
    row = ImportedFamily.objects.filter(key=key).first()
    return _name_of(row) if row else key


def family_names() -> dict[str, str]:
    """The names of all families in the reader's language: the starter ones, then those that were imported by name."""
    imported = {row.key: _name_of(row) for row in ImportedFamily.objects.all()}
    return dict(family_choices()) | dict(sorted(imported.items(), key=lambda entry: fold(entry[1])))


def _name_of(row: ImportedFamily) -> str:
    language = (get_language() or "").split("-")[0]
    return str(row.names.get(language) or row.names.get("en") or next(iter(row.names.values()), row.key))


def family_choices() -> list[tuple[str, str]]:
    """The starter families as choices of a form."""
    return [(key, family_name(key)) for key in families()]


def in_families(skills: Iterable[Skill]) -> list[FamilyOfSkills]:
    """These skills, which are not imported, by family: families in their own order, skills by name, none empty."""
    grouped: dict[str, list[Skill]] = {key: [] for key in families()}
    for skill in skills:
        grouped[skill.family].append(skill)
    return [
        FamilyOfSkills(
            key,
            gettext(families()[key].name),
            gettext(families()[key].description),
            sorted(found, key=by_name),
            count=len(found),
        )
        for key, found in grouped.items()
        if found
    ]


def browsed(member: Member) -> list[FamilyOfSkills]:
    """All families with skills the member could choose: the starter ones with them, imported ones with their number."""
    choosable = Skill.objects.choosable_by(member)
    imported_ones = choosable.exclude(source="").order_by()
    numbers = list(imported_ones.values_list("family", "source").annotate(n=Count("pk")))
    names = family_names() if numbers else {}
    imported = [
        FamilyOfSkills(key, names.get(key, key), str(Source(source).label), count=count)
        for key, source, count in numbers
    ]
    return in_families(choosable.filter(source="")) + sorted(imported, key=lambda family: fold(family.name))


def by_name(skill: Skill) -> str:
    """Sorting key: the name as the reader sees it."""
    return fold(str(skill))


def suggest(member: Member, text: str, *, chosen: Collection[str] = ()) -> list[Skill]:
    """What the picker proposes: what was searched for, otherwise neighbours of what is chosen, otherwise nothing."""
    choosable = Skill.objects.choosable_by(member).exclude(key__in=chosen)
    if text.strip():
        return list(search(choosable, text, limit=MOST_FOUND))
    if not chosen:
        return []
    return _nearest(choosable, Skill.objects.visible_to(member).filter(key__in=chosen), limit=MOST_PROPOSED)


def neighbours_of(member: Member, skill: Skill) -> list[Skill]:
    """Skills beside this one that the member could choose, by name."""
    choosable = Skill.objects.choosable_by(member).exclude(pk=skill.pk)
    found = _nearest(choosable, Skill.objects.filter(pk=skill.pk), limit=MOST_NEIGHBOURS)
    return sorted(found, key=by_name)


def _nearest(choosable: QuerySet[Skill], chosen: QuerySet[Skill], *, limit: int) -> list[Skill]:
    """The skills beside the chosen ones, those beside most of them first.

    Beside are the neighbours of the starter list and what an imported taxonomy calls broader, narrower or related.
    Skills of the same group come after all of these, where there is room.
    """
    ids = list(chosen.values_list("pk", flat=True))
    near = Counter(Skill.objects.filter(neighbours__in=ids).values_list("pk", flat=True))
    links = ConceptLink.objects.filter(Q(concept__skill__in=ids) | Q(other__skill__in=ids))
    for one, other in links.values_list("concept__skill", "other__skill"):
        near[one] += other in ids
        near[other] += one in ids
    found = list(choosable.filter(pk__in=[pk for pk, count in near.items() if count]))
    found.sort(key=lambda skill: (-near[skill.pk], by_name(skill)))
    if len(found) < limit:
        beside = {skill.pk for skill in found}
        found += [skill for skill in _siblings(choosable, ids) if skill.pk not in beside]
    return found[:limit]


def _siblings(choosable: QuerySet[Skill], ids: list[int]) -> list[Skill]:
    groups = list(Concept.objects.filter(skill__in=ids, gone=False).exclude(group="").values_list("source", "group"))
    if not groups:
        return []
    same = Q()
    for source, group in groups:
        same |= Q(source=source, group=group)
    siblings = Concept.objects.filter(same, gone=False).values("skill")
    return sorted(choosable.filter(pk__in=siblings).order_by("name")[:SIBLINGS_LOOKED_AT], key=by_name)


def with_offers(skills: QuerySet[Skill], member: Member) -> QuerySet[Skill]:
    """Adds `offers`: how many people this member may see offer the skill."""
    offered = MemberSkill.objects.visible_to(member).offered().values("pk")
    return skills.annotate(offers=Count("members", filter=Q(members__in=offered)))


def mine(member: Member) -> list[MemberSkill]:
    """What a member has said they can do, highest level first."""
    return sorted(member.skills.select_related("skill"), key=lambda entry: (-entry.level, by_name(entry.skill)))


def managed_skills(member: Member, text: str = "", *, show: str = "all") -> Found:
    """What an administrator looks after and searches, with `offers` and `is_retired`: all, own, or retired ones."""
    skills = Skill.objects.visible_to(member).filter(retired=False).with_retirement(member)
    rows = with_offers(skills, member)
    if show == "own":
        skills = skills.filter(organisation=member.organisation_id)
    elif show == "retired":
        skills = skills.filter(is_retired=True)
    return search(skills, text, rows=rows)


def choosable_skills(member: Member, text: str = "", *, family: str = "") -> Found:
    """The skills a member could choose, searched, with `offers`."""
    skills = Skill.objects.choosable_by(member)
    return search(skills.filter(family=family) if family else skills, text, rows=with_offers(skills, member))


def same_name(member: Member, name: str, *, other_than: Skill | None = None) -> Skill | None:
    """A skill of the organisation's list that is called the same."""
    wanted = fold(name)
    skills = Skill.objects.visible_to(member)
    folded = " ".join(words(name))
    imported = skills.exclude(source="").filter(words__text__contains=f"||{folded}|")
    for skill in (*skills.filter(source=""), *imported):
        if skill != other_than and wanted in {fold(skill.name), fold(str(skill))}:
            return skill
    return None


def export_member_skills(member: Member) -> list[dict[str, Any]]:
    """What a member takes away of their skills."""
    return [
        {"skill": entry.skill.name, "level": entry.level, "level_in_words": entry.level_words, "offers": entry.offers}
        for entry in mine(member)
    ]


SKILL_COLUMNS = ("key", "name", "family", "from", "kind", "also_called", "description", "state")
NEED_COLUMNS = ("taxonomy", "occupation", "occupation_name", "skill", "skill_name", "relation", "importance", "level")


def listed_skills(*, source: str | None = None, text: str = "") -> Iterator[tuple[str, ...]]:
    """The skills that are no organisation's own, a row of SKILL_COLUMNS each: by name, or best first when searched.

    Args:
        source: "starter", or the taxonomy of which they have a concept.
    """
    skills = Skill.objects.filter(organisation=None)
    if source == "starter":
        skills = skills.filter(source="")
    elif source:
        skills = skills.filter(Exists(Concept.objects.filter(skill=OuterRef("pk"), source=source)))
    names = family_names()
    for skill in search(skills, text, rows=skills.prefetch_related("concepts")):
        concepts = skill.concepts.all()
        origins = [*(["starter"] if not skill.source else []), *sorted({concept.source for concept in concepts})]
        yield (
            skill.key,
            str(skill),
            names.get(skill.family, skill.family),
            ", ".join(origins),
            ", ".join(sorted({concept.kind for concept in concepts})),
            ", ".join(skill.other_names),
            skill.about,
            "retired" if skill.retired else "in use",
        )


def listed_roles(*, source: str | None = None, text: str = "", identifier: str | None = None) -> list[Role]:
    """Occupations by name: of one taxonomy, with this text in their name, or the one with this identifier."""
    roles = Role.objects.all()
    if source:
        roles = roles.filter(source=source)
    if identifier:
        roles = roles.filter(identifier=identifier)
    wanted = fold(text.strip())
    return sorted((role for role in roles if wanted in fold(role.name)), key=lambda role: (fold(role.name), role.pk))


def listed_needs(roles: list[Role]) -> Iterator[tuple[Any, ...]]:
    """What these occupations ask for, a row of NEED_COLUMNS each: the most important first."""
    for start in range(0, len(roles), ROLES_AT_ONCE):
        batch = {role.pk: role for role in roles[start : start + ROLES_AT_ONCE]}
        needs: dict[int, list[RoleNeed]] = {pk: [] for pk in batch}
        rows = RoleNeed.objects.filter(role__in=batch, concept__gone=False).select_related("concept__skill")
        for need in rows.order_by("relation", F("importance").desc(nulls_last=True), "concept__skill__name", "pk"):
            needs[need.role_id].append(need)
        for pk, role in batch.items():
            for need in needs[pk]:
                skill = need.concept.skill
                rated = ("" if value is None else value for value in (need.importance, need.level))
                yield (role.source, role.identifier, role.name, skill.key, str(skill), need.relation, *rated)
