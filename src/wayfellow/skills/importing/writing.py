"""Writes what was read of a taxonomy, changing only what is different. Called in a transaction."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.text import slugify

from wayfellow.core import clock
from wayfellow.search.words import fold, words
from wayfellow.skills.importing.content import Content, Known, ReadConcept
from wayfellow.skills.models import (
    Concept,
    ConceptLink,
    ImportedFamily,
    Role,
    RoleNeed,
    Skill,
    SkillWords,
    Taxonomy,
)

AT_ONCE = 1_000
_DERIVED = ["name", "description", "family", "labels", "also", "retired"]
"""What skills repeat of their concepts; `retired` is the last."""


@dataclass
class Written:
    """What writing changed.

    Attributes:
        merged: name in the taxonomy, and the skill it became one with.
        changed_skills: ids of those whose names are not what they were.
    """

    added: int = 0
    changed: int = 0
    retired: int = 0
    left: int = 0
    merged: list[tuple[str, str]] = field(default_factory=list)
    links: int = 0
    roles: int = 0
    needs: int = 0
    changed_skills: list[int] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.retired or self.merged or self.links or self.roles or self.needs)


def known_of(source: str) -> Known:
    """What files of this taxonomy may refer to without saying it again."""
    concepts = Concept.objects.filter(source=source, gone=False).values_list("identifier", "kind")
    roles = Role.objects.filter(source=source).values_list("identifier", flat=True)
    return Known(dict(concepts), frozenset(roles))


def write(content: Content) -> Written:
    """Make the tables say what the files say."""
    done = Written()
    taxonomy, is_new = Taxonomy.objects.select_for_update().get_or_create(
        source=content.source, defaults={"imported_at": clock.now()}
    )
    families = _write_families(content)
    concepts, touched, new = _write_concepts(content, done)
    _derive(touched, new=new, done=done)
    _write_links(content, concepts, done)
    _write_roles(content, concepts, done)
    release, languages = content.release or taxonomy.release, sorted({*taxonomy.languages, *content.languages})
    if is_new or families or not done.is_nothing or (release, languages) != (taxonomy.release, taxonomy.languages):
        taxonomy.release, taxonomy.languages, taxonomy.imported_at = release, languages, clock.now()
        taxonomy.save()
    return done


def _write_families(content: Content) -> int:
    rows = {row.key: row for row in ImportedFamily.objects.filter(source=content.source)}
    new, changed = [], []
    for key, names in sorted(content.families.items()):
        row = rows.get(key)
        if row is None:
            new.append(ImportedFamily(key=key, source=content.source, names=names))
        elif (merged := row.names | names) != row.names:
            row.names = merged
            changed.append(row)
    ImportedFamily.objects.bulk_create(new)
    ImportedFamily.objects.bulk_update(changed, ["names"])
    return len(new) + len(changed)


def _write_concepts(content: Content, done: Written) -> tuple[dict[str, Concept], set[int], set[int]]:
    """All concepts of the source by identifier; the skills whose concepts are new or different; those with new ones."""
    rows = {row.identifier: row for row in Concept.objects.filter(source=content.source)}
    changed = [row for row in rows.values() if _update(row, content)]
    new = {key: read for key, read in sorted(content.concepts.items()) if key not in rows}
    skills = _skills_for(new, content.source, done)
    made = Concept.objects.bulk_create(
        [
            Concept(
                source=content.source,
                identifier=identifier,
                kind=read.kind,
                skill_id=skills[identifier],
                family=read.family or "",
                group=read.group or "",
                labels=read.labels,
            )
            for identifier, read in new.items()
        ],
        batch_size=AT_ONCE,
    )
    Concept.objects.bulk_create(
        changed,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["kind", "family", "group", "labels", "gone"],
    )
    done.left = len(content.concepts) - len(new) - sum(row.identifier in content.concepts for row in changed)
    fresh = {row.skill_id for row in made}
    return rows | {row.identifier: row for row in made}, fresh | {row.skill_id for row in changed}, fresh


def _update(row: Concept, content: Content) -> bool:
    """Make the row say what the files say; whether anything is different."""
    before = (row.kind, row.family, row.group, row.labels, row.gone)
    read = content.concepts.get(row.identifier)
    if read is None:
        row.gone = row.gone or row.kind in content.whole
    else:
        row.kind, row.labels, row.gone = read.kind, row.labels | read.labels, False
        row.family = row.family if read.family is None else read.family
        row.group = row.group if read.group is None else read.group
    return before != (row.kind, row.family, row.group, row.labels, row.gone)


def _skills_for(new: dict[str, ReadConcept], source: str, done: Written) -> dict[str, int]:
    """A skill for each new concept: one that is there already and means the same, or a new one."""
    found = _matches(new, source)
    done.merged = sorted((base_name(new[key].labels), skill.name) for key, skill in found.items())
    made = Skill.objects.bulk_create(
        [
            Skill(
                key=_key(source, identifier, read.kind),
                source=source,
                name=base_name(read.labels),
                family=read.family or "",
            )
            for identifier, read in new.items()
            if identifier not in found
        ],
        batch_size=AT_ONCE,
    )
    done.added = len(made)
    fresh = iter(made)
    return {key: found[key].pk if key in found else next(fresh).pk for key in new}


def _matches(new: dict[str, ReadConcept], source: str) -> dict[str, Skill]:
    """Concepts that mean a skill that is there: the same name, a starter skill's other name, or the reverse.

    A skill stands for one concept of a taxonomy at most; the nearest likeness wins, then the first identifier. Other
    names of one imported taxonomy are not held against names of another: they are many and loose.
    """
    taken = Concept.objects.filter(source=source).values("skill")
    there = list(Skill.objects.filter(organisation=None, retired=False).exclude(source=source).exclude(pk__in=taken))
    by_name: dict[str, Skill] = {}
    starter_names: dict[str, Skill] = {}
    starter_synonyms: dict[str, Skill] = {}
    for skill in sorted(there, key=lambda skill: (skill.source, skill.key)):
        by_name.setdefault(normal(skill.name), skill)
        if skill.is_starter:
            starter_names.setdefault(normal(skill.name), skill)
            for synonym in skill.synonyms:
                starter_synonyms.setdefault(normal(synonym), skill)
    found: dict[str, Skill] = {}
    used: set[int] = set()
    for names_of, among in ((_names, by_name), (_synonymous, starter_synonyms), (_other_names, starter_names)):
        for identifier, read in new.items():
            hits = (among[name] for name in names_of(read) if name in among)
            skill = next((skill for skill in hits if skill.pk not in used), None)
            if skill is not None and identifier not in found:
                found[identifier] = skill
                used.add(skill.pk)
    return found


def normal(name: str) -> str:
    """A name without case, accents and space around: what must be the same for two to be one. `C++` is not `C`."""
    return " ".join(fold(name).split())


def _names(read: ReadConcept) -> list[str]:
    return [normal(str(label["name"])) for label in read.labels.values()]


def _synonymous(read: ReadConcept) -> list[str]:
    """A tool is not the skill it serves, though that one may be found by its name: Tableau is not Showing data."""
    return [] if read.kind == Concept.Kind.SOFTWARE else _names(read)


def _other_names(read: ReadConcept) -> list[str]:
    return [normal(name) for label in read.labels.values() for name in label["also"]]


def base_language(labels: dict[str, Any]) -> str:
    """English where it is said, otherwise the first language there is."""
    return "en" if "en" in labels else min(labels)


def base_name(labels: dict[str, Any]) -> str:
    return str(labels[base_language(labels)]["name"])


def _key(source: str, identifier: str, kind: str) -> str:
    if kind == Concept.Kind.SOFTWARE:
        mark = sha256(identifier.encode()).hexdigest()[:8]
        return f"{source}-{slugify(identifier)[:50] or 'software'}-{mark}"
    tail = slugify(identifier.rstrip("/").rpartition("/")[2].replace(".", "-"))
    return f"{source}-{tail}"[:80]


def _derive(skill_ids: set[int], *, new: set[int], done: Written) -> None:
    """Write again what skills repeat of their concepts. Those with `new` concepts are counted already."""
    ids = sorted(skill_ids)
    for start in range(0, len(ids), AT_ONCE):
        batch = ids[start : start + AT_ONCE]
        concepts: dict[int, list[Concept]] = defaultdict(list)
        for concept in Concept.objects.filter(skill__in=batch).order_by("source", "identifier"):
            concepts[concept.skill_id].append(concept)
        changed, worded = [], []
        for skill in Skill.objects.filter(pk__in=batch):
            before = [getattr(skill, name) for name in _DERIVED]
            _repeat(skill, concepts[skill.pk])
            if before != [getattr(skill, name) for name in _DERIVED]:
                changed.append(skill)
                if skill.retired and not before[-1]:
                    done.retired += 1
                elif skill.pk not in new:
                    done.changed += 1
            if skill.source and (skill.pk in new or skill in changed[-1:]):
                worded.append(skill)
        # One statement for all: `bulk_update` writes a CASE a field, which is many times slower for so many.
        Skill.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=_DERIVED)
        _write_words(worded)
        done.changed_skills += [skill.pk for skill in changed]


def _repeat(skill: Skill, concepts: list[Concept]) -> None:
    """Give a skill the names its concepts have: of the taxonomy it came from first, the others after."""
    here = [concept for concept in concepts if not concept.gone]
    if skill.source:
        skill.retired = not here
        if not here:
            return
        here.sort(key=lambda concept: concept.source != skill.source)
        first = here[0]
        base = base_language(first.labels)
        skill.name, skill.description = first.labels[base]["name"], first.labels[base]["about"]
        skill.family = first.family
    else:
        base = "en"
    labels: dict[str, dict[str, str]] = {}
    also: dict[str, None] = {}
    for concept in here:
        for language, label in sorted(concept.labels.items()):
            if language == base or language in labels:
                also[label["name"]] = None
            else:
                labels[language] = {"name": label["name"], "about": label["about"]}
            also |= dict.fromkeys(label["also"])
    said = {normal(name) for name in (skill.name, *skill.synonyms)}
    skill.labels = labels
    others: dict[str, str] = {}
    for name in also:
        others.setdefault(normal(name), name)
    skill.also = [name for folded, name in others.items() if folded not in said]


def _write_words(skills: Iterable[Skill]) -> None:
    SkillWords.objects.bulk_create(
        [SkillWords(skill=skill, text=text_of(skill)) for skill in skills],
        update_conflicts=True,
        unique_fields=["skill"],
        update_fields=["text"],
    )


def text_of(skill: Skill) -> str:
    """Its names, folded: `||` before what it is properly called in some language, `|` before its other names."""
    proper = dict.fromkeys([skill.name, *(label["name"] for label in skill.labels.values())])
    folded = [f"||{' '.join(words(name))}" for name in proper]
    folded += [f"|{' '.join(words(name))}" for name in skill.also if name not in proper]
    return "".join(folded) + "|"


def _write_links(content: Content, concepts: dict[str, Concept], done: Written) -> None:
    for kind, pairs in content.links.items():
        rows = ConceptLink.objects.filter(kind=kind, concept__source=content.source)
        there = {(one, other): pk for pk, one, other in rows.values_list("pk", "concept_id", "other_id")}
        wanted = {(concepts[one].pk, concepts[other].pk) for one, other in pairs if one != other}
        done.links += _settle(
            ConceptLink.objects.all(),
            gone=[pk for pair, pk in there.items() if pair not in wanted],
            new=[
                ConceptLink(concept_id=one, other_id=other, kind=kind) for one, other in sorted(wanted - there.keys())
            ],
        )


def _write_roles(content: Content, concepts: dict[str, Concept], done: Written) -> None:
    rows = {row.identifier: row for row in Role.objects.filter(source=content.source)}
    new, changed = [], []
    for identifier, labels in sorted(content.roles.items()):
        row = rows.get(identifier)
        if row is None:
            new.append(Role(source=content.source, identifier=identifier, labels=labels))
        elif (merged := row.labels | labels) != row.labels:
            row.labels = merged
            changed.append(row)
    rows |= {row.identifier: row for row in Role.objects.bulk_create(new, batch_size=AT_ONCE)}
    Role.objects.bulk_update(changed, ["labels"], batch_size=AT_ONCE)
    gone = [row.pk for identifier, row in rows.items() if content.roles and identifier not in content.roles]
    _settle(Role.objects.all(), gone=gone, new=[])
    done.roles = len(new) + len(changed) + len(gone)
    _write_needs(content, concepts, rows, done)


def _write_needs(content: Content, concepts: dict[str, Concept], roles: dict[str, Role], done: Written) -> None:
    if not content.needed:
        return
    wanted = {
        (roles[role].pk, concepts[concept].pk): (need.relation, need.importance, need.level)
        for (role, concept), need in content.needs.items()
    }
    rows = RoleNeed.objects.filter(role__source=content.source, concept__kind__in=content.needed)
    there = {
        (role, concept): (pk, (relation, importance, level))
        for pk, role, concept, relation, importance, level in rows.values_list(
            "pk", "role_id", "concept_id", "relation", "importance", "level"
        )
    }
    stays = {pair for pair, (_pk, said) in there.items() if wanted.get(pair) == said}
    done.needs = _settle(
        RoleNeed.objects.all(),
        gone=[pk for pair, (pk, _said) in there.items() if pair not in stays],
        new=[
            RoleNeed(role_id=role, concept_id=concept, relation=relation, importance=importance, level=level)
            for (role, concept), (relation, importance, level) in sorted(wanted.items())
            if (role, concept) not in stays
        ],
    )


def _settle(rows: QuerySet[Any], *, gone: list[int], new: list[Model]) -> int:
    """Delete and create, some at a time. Returns how many rows are different."""
    for start in range(0, len(gone), AT_ONCE):
        rows.filter(Q(pk__in=gone[start : start + AT_ONCE])).delete()
    rows.bulk_create(new, batch_size=AT_ONCE)
    return len(gone) + len(new)
