"""Reads the CSV files of the ESCO classification, in one language or several.

Which files and columns there are: https://esco.ec.europa.eu/en/structure-esco-downloadable-datasets
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.text import slugify

from wayfellow.core.errors import InvalidInput
from wayfellow.skills.importing.content import (
    LONGEST_NAME,
    Content,
    Known,
    Label,
    ReadConcept,
    ReadNeed,
    shortened,
)
from wayfellow.skills.importing.files import File, Kind, Progress, Row, open_files, rows
from wayfellow.skills.models import Concept, ConceptLink, RoleNeed, Source

FAMILIES = {Concept.Kind.SKILL: "esco-skills", Concept.Kind.KNOWLEDGE: "esco-knowledge"}
"""Where skills stand when the files do not say in which group."""

URI, NAME, ALSO, ABOUT, TYPE = "conceptUri", "preferredLabel", "altLabels", "description", "conceptType"
_NAMES = {"esco-skills": "ESCO skills", "esco-knowledge": "ESCO knowledge"}
_KINDS = {"skill/competence": Concept.Kind.SKILL, "knowledge": Concept.Kind.KNOWLEDGE}
_RELATIONS = {"essential": RoleNeed.Relation.ESSENTIAL, "optional": RoleNeed.Relation.OPTIONAL}
_RELEASE = re.compile(r"ESCO.*?v(\d+(?:\.\d+)+)")
_LANGUAGE = re.compile(r"[a-z]{2}")
_OBSOLETE = {"obsolete", "deprecated"}


def _is_of_skills(row: Mapping[str, str]) -> bool:
    return row["concepttype"] in {"KnowledgeSkillCompetence", "SkillGroup"}


HIERARCHY = Kind(
    "skillsHierarchy",
    ("Level 0 URI", "Level 1 URI", "Level 1 preferred term", "Level 2 URI", "Level 3 URI"),
    may_be_empty=("Level 0 URI", "Level 1 URI", "Level 1 preferred term", "Level 2 URI", "Level 3 URI"),
)
SKILLS = Kind(
    "skills",
    (URI, "skillType", NAME, ALSO, ABOUT),
    lacks=("broaderConceptUri",),
    may_be_empty=(ALSO, ABOUT),
)
BROADER = Kind("broaderRelationsSkillPillar", (TYPE, URI, "broaderType", "broaderUri"), fits=_is_of_skills)
RELATED = Kind("skillSkillRelations", ("originalSkillUri", "relationType", "relatedSkillUri"))
OCCUPATIONS = Kind("occupations", (URI, "iscoGroup", NAME, ABOUT), may_be_empty=("iscoGroup", ABOUT))
NEEDS = Kind("occupationSkillRelations", ("occupationUri", "relationType", "skillUri"))
KINDS = (HIERARCHY, SKILLS, BROADER, RELATED, OCCUPATIONS, NEEDS)


@dataclass
class _Reading:
    """What is collected on the way.

    Attributes:
        family_of: group → family.
        broader: concept or group → the groups it stands in.
        seen: identifiers by file, to find those that are there twice.
    """

    content: Content
    known: Known
    language: str
    family_of: dict[str, str] = field(default_factory=dict)
    broader: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    seen: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def is_concept(self, uri: str) -> bool:
        return uri in self.content.concepts or uri in self.known.concepts

    def is_role(self, uri: str) -> bool:
        return uri in self.content.roles or uri in self.known.roles


def read_esco(
    paths: Sequence[Path], *, known: Known, progress: Progress, language: str = "", release: str = ""
) -> Content:
    """Read files of the classification; what is wrong in them is in `faults`.

    Args:
        language: which one the names are in, where the names of the files do not end in it.

    Raises:
        InvalidInput: none of the files is of use, or the language is not known.
    """
    content = Content(str(Source.ESCO), release=release or _release(paths))
    files = open_files(paths, KINDS, content=content)
    reading = _Reading(content, known, language)
    read = {
        HIERARCHY.name: _hierarchy,
        SKILLS.name: _skill,
        BROADER.name: _broader,
        RELATED.name: _related,
        OCCUPATIONS.name: _occupation,
        NEEDS.name: _need,
    }
    for file in files:
        for row in rows(file, content, progress):
            read[file.kind.name](row, reading)
    kinds = {file.kind.name for file in files}
    # A file with headings alone says nothing; it must not look as if everything were gone.
    content.whole = set(_KINDS.values()) if content.concepts else set()
    content.needed = set(_KINDS.values()) if content.needs else set()
    _place(reading, was_said=BROADER.name in kinds and HIERARCHY.name in kinds)
    if content.needs and not (content.roles or known.roles):
        content.notes.append("Profiles of occupations are left out: the file of occupations is not among the files.")
        content.needs, content.needed = {}, set()
    return content


def _release(paths: Sequence[Path]) -> str:
    """1.2.1 where a folder is called `ESCO dataset - v1.2.1 - …`, as those that are published are."""
    for path in paths:
        found = _RELEASE.search(str(path.resolve()))
        if found:
            return found.group(1)
    return ""


def _language(file: File, reading: _Reading) -> str:
    language = reading.language or file.language
    if not _LANGUAGE.fullmatch(language):
        raise InvalidInput(
            "language_unknown", f"{file.name}: say which language its names are in with --language, such as en or de."
        )
    reading.content.languages.add(language)
    return language


def _hierarchy(row: Row, reading: _Reading) -> None:
    language = _language(row.file, reading)
    top, name = row["Level 1 URI"], row["Level 1 preferred term"]
    if not top:
        return
    if not name:
        reading.content.faults.append(row.fault("Level 1 preferred term", "is empty."))
        return
    family = f"esco-{slugify(top.rstrip('/').rpartition('/')[2])[:50]}"
    reading.content.families.setdefault(family, {})[language] = name[:1].upper() + name[1:]
    for column in ("Level 1 URI", "Level 2 URI", "Level 3 URI"):
        if row[column]:
            reading.family_of[row[column]] = family


def _skill(row: Row, reading: _Reading) -> None:
    uri, kind = row[URI], _KINDS.get(row["skillType"])
    if row.get("status").casefold() in _OBSOLETE:
        return
    if kind is None:
        kinds = " or ".join(_KINDS)
        reading.content.faults.append(row.fault("skillType", f"“{row['skillType']}” is not {kinds}."))
        return
    label = _label(row, reading)
    if label is None:
        return
    also = [" ".join(name.split())[:LONGEST_NAME] for name in row[ALSO].split("\n")]
    label["also"] = [name for name in dict.fromkeys(also) if name and name != label["name"]]
    concept = reading.content.concepts.setdefault(uri, ReadConcept(kind))
    concept.labels[_language(row.file, reading)] = label


def _label(row: Row, reading: _Reading) -> Label | None:
    """What the row's concept is called; None, and a fault, where that cannot be used."""
    uri, name = row[URI], " ".join(row[NAME].split())
    if not uri.startswith(("http://", "https://")) or len(uri) > 255:
        reading.content.faults.append(row.fault(URI, f"“{uri[:60]}” is no address of a concept."))
        return None
    if len(name) > LONGEST_NAME:
        reading.content.faults.append(row.fault(NAME, f"has {len(name)} letters; {LONGEST_NAME} are the most."))
        return None
    first = reading.seen[str(row.file.path)].setdefault(uri, row.line)
    if first != row.line:
        reading.content.faults.append(row.fault(URI, f"{uri} is there twice, first on line {first}."))
        return None
    return {"name": name[:1].upper() + name[1:], "about": shortened(row[ABOUT])}


def _broader(row: Row, reading: _Reading) -> None:
    uri, above = row[URI], row["broaderUri"]
    if row[TYPE] != "KnowledgeSkillCompetence":
        reading.broader[uri].add(above)
        return
    if not reading.is_concept(uri):
        reading.content.faults.append(row.fault(URI, f"{uri} is no skill that is known."))
    elif row["broaderType"] != "KnowledgeSkillCompetence":
        reading.broader[uri].add(above)
    elif not reading.is_concept(above):
        reading.content.faults.append(row.fault("broaderUri", f"{above} is no skill that is known."))
    else:
        reading.broader[uri].add(above)
        reading.content.links.setdefault(ConceptLink.Kind.BROADER, set()).add((uri, above))


def _related(row: Row, reading: _Reading) -> None:
    for column in ("originalSkillUri", "relatedSkillUri"):
        if not reading.is_concept(row[column]):
            reading.content.faults.append(row.fault(column, f"{row[column]} is no skill that is known."))
            return
    pair = (row["originalSkillUri"], row["relatedSkillUri"])
    reading.content.links.setdefault(ConceptLink.Kind.RELATED, set()).add(pair)


def _occupation(row: Row, reading: _Reading) -> None:
    if row.get("status").casefold() in _OBSOLETE:
        return
    label = _label(row, reading)
    if label is not None:
        reading.content.roles.setdefault(row[URI], {})[_language(row.file, reading)] = label


def _need(row: Row, reading: _Reading) -> None:
    role, skill, relation = row["occupationUri"], row["skillUri"], _RELATIONS.get(row["relationType"])
    if relation is None:
        reading.content.faults.append(
            row.fault("relationType", f"“{row['relationType']}” is neither essential nor optional.")
        )
    elif not reading.is_concept(skill):
        reading.content.faults.append(row.fault("skillUri", f"{skill} is no skill that is known."))
    elif (reading.content.roles or reading.known.roles) and not reading.is_role(role):
        reading.content.faults.append(row.fault("occupationUri", f"{role} is no occupation that is known."))
    elif (role, skill) not in reading.content.needs or relation == RoleNeed.Relation.ESSENTIAL:
        reading.content.needs[role, skill] = ReadNeed(relation)


def _place(reading: _Reading, *, was_said: bool) -> None:
    """Give each concept its family and group: the nearest group above it and the family that one belongs to.

    Concepts without a group stand in a family of their kind; new ones do too where the files say nothing of groups.
    """
    content = reading.content
    for uri, concept in content.concepts.items():
        if was_said:
            concept.group = _nearest_group(uri, reading)
            concept.family = reading.family_of.get(concept.group, FAMILIES[concept.kind])
        elif uri not in reading.known.concepts:
            concept.family, concept.group = FAMILIES[concept.kind], ""
    for family in {concept.family or "" for concept in content.concepts.values()} & _NAMES.keys():
        content.families[family] = {"en": _NAMES[family]}


def _nearest_group(uri: str, reading: _Reading) -> str:
    looked_at, level = {uri}, [uri]
    while level:
        above = sorted({one for each in level for one in reading.broader.get(each, ())} - looked_at)
        for one in above:
            if one in reading.family_of:
                return one
        looked_at |= set(above)
        level = above
    return ""
