"""The starter taxonomy: our own text, one file a family in `taxonomy/`, and how it gets into the table."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "taxonomy"
BETWEEN_SYNONYMS = ", "
"""Stands between the other names of a skill where they are translated as one line."""
OWN_KEY = "own-"
"""What the key of an organisation's own skill starts with, so that no later starter skill can meet it."""


@dataclass(frozen=True)
class StarterSkill:
    """A skill as its file says it. `anchors` is empty where those of the family are good enough."""

    key: str
    name: str
    family: str
    description: str
    synonyms: tuple[str, ...]
    neighbours: tuple[str, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """Skills that belong together. `anchors` says for each level what others can observe."""

    key: str
    name: str
    description: str
    anchors: tuple[str, ...]
    skills: tuple[StarterSkill, ...]


@dataclass(frozen=True)
class Written:
    """How many skills writing the taxonomy added, changed and retired."""

    added: int
    changed: int
    retired: int


@cache
def families() -> dict[str, Family]:
    """All families by key, in the order of their files."""
    return read_families(FOLDER)


@cache
def starter_skills() -> dict[str, StarterSkill]:
    """All starter skills by key."""
    return {skill.key: skill for family in families().values() for skill in family.skills}


def read_families(folder: Path) -> dict[str, Family]:
    """Read and check a folder of families.

    Raises:
        ValueError: a file says something that cannot be; the message names file and skill.
    """
    found: dict[str, Family] = {}
    keys: dict[str, str] = {}
    names: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        family = _read_family(path)
        found[family.key] = family
        for skill in family.skills:
            where = f"{path.name}, {skill.key}"
            if skill.key in keys or skill.name.casefold() in names:
                raise ValueError(f"{where}: this key or name is used before")
            keys[skill.key] = names[skill.name.casefold()] = where
            if skill.key.startswith(OWN_KEY):
                raise ValueError(f"{where}: keys of starter skills do not start with {OWN_KEY!r}")
    for family in found.values():
        for skill in family.skills:
            for neighbour in skill.neighbours:
                if neighbour not in keys or neighbour == skill.key:
                    raise ValueError(f"{keys[skill.key]}: {neighbour!r} cannot be its neighbour")
    return found


def _read_family(path: Path) -> Family:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return Family(
            key=raw["key"],
            name=raw["name"],
            description=raw["description"],
            anchors=_five(raw["anchors"]),
            skills=tuple(
                StarterSkill(
                    key=skill["key"],
                    name=skill["name"],
                    family=raw["key"],
                    description=skill["description"],
                    synonyms=tuple(skill["synonyms"]),
                    neighbours=tuple(skill["neighbours"]),
                    anchors=_five(skill["anchors"]) if "anchors" in skill else (),
                )
                for skill in raw["skills"]
            ),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _five(anchors: list[str]) -> tuple[str, ...]:
    if len(anchors) != 5:
        raise ValueError(f"five anchors are needed, one a level, not {len(anchors)}")
    return tuple(anchors)


def write_starter_skills(model: Any) -> Written:
    """Make the starter rows of the table say what the files say; rows that are right already are not touched.

    A skill that is in no file any more is retired, never deleted: people may have it.

    Args:
        model: `Skill`, or its state in a migration, of which only the fields that it has are written.
    """
    known = {field.name for field in model._meta.get_fields()}
    wanted = {
        skill.key: {
            name: value
            for name, value in {
                "name": skill.name,
                "family": skill.family,
                "description": skill.description,
                "synonyms": list(skill.synonyms),
                "retired": False,
            }.items()
            if name in known
        }
        for skill in starter_skills().values()
    }
    starter = model.objects.filter(organisation=None)
    if "source" in known:
        starter = starter.filter(source="")
    rows = {row.key: row for row in starter}
    added = model.objects.bulk_create([model(key=key, **says) for key, says in wanted.items() if key not in rows])
    changed: list[Any] = []
    retired: list[Any] = []
    for key, row in rows.items():
        says = wanted.get(key, {"retired": True})
        if any(getattr(row, name) != value for name, value in says.items()):
            for name, value in says.items():
                setattr(row, name, value)
            (changed if key in wanted else retired).append(row)
    if changed or retired:
        model.objects.bulk_update([*changed, *retired], sorted(next(iter(wanted.values()))))
    _write_neighbours(model)
    return Written(len(added), len(changed), len(retired))


def _write_neighbours(model: Any) -> None:
    ids = dict(model.objects.filter(organisation=None).values_list("key", "pk"))
    wanted = set()
    for skill in starter_skills().values():
        for neighbour in skill.neighbours:
            here, there = ids[skill.key], ids[neighbour]
            wanted |= {(here, there), (there, here)}
    pairs = model.neighbours.through.objects
    between = pairs.filter(from_skill__organisation=None, to_skill__organisation=None)
    there_is = {(here, there): pk for pk, here, there in between.values_list("pk", "from_skill_id", "to_skill_id")}
    pairs.filter(pk__in=[pk for pair, pk in there_is.items() if pair not in wanted]).delete()
    pairs.bulk_create([pairs.model(from_skill_id=a, to_skill_id=b) for a, b in sorted(wanted - there_is.keys())])
