"""What was read from the files of a taxonomy, before anything of it is written."""

from dataclasses import dataclass, field

Label = dict[str, str | list[str]]
"""What a concept or role is called in one language: `name`, `about`, and for concepts `also`, its other names."""

LONGEST_NAME = 200
LONGEST_ABOUT = 300


@dataclass(frozen=True)
class Fault:
    """Something that cannot be used, and where it stands. `column` is empty when the whole row is meant."""

    file: str
    line: int
    column: str
    reason: str


@dataclass
class ReadConcept:
    """A concept of the files; `kind` is a `Concept.Kind`. A `family` or `group` of None was not said, so it stays."""

    kind: str
    labels: dict[str, Label] = field(default_factory=dict)
    family: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class ReadNeed:
    """What a role asks of a concept; `relation` is a `RoleNeed.Relation`."""

    relation: str
    importance: float | None = None
    level: float | None = None


@dataclass
class Content:
    """All that the files say.

    Attributes:
        source: a `Source`.
        whole: the kinds of concepts that the files list completely, so that what is missing from them is gone.
        families: key → language → name.
        links: how (`ConceptLink.Kind`) → concept, other concept; only what the files are about.
        roles: identifier → language → label.
        needs: role, concept → what is asked; `needed` are the kinds of concepts it is said of.
        notes: what a person should know although nothing is wrong.
    """

    source: str
    release: str = ""
    languages: set[str] = field(default_factory=set)
    concepts: dict[str, ReadConcept] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    families: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    roles: dict[str, dict[str, Label]] = field(default_factory=dict)
    needs: dict[tuple[str, str], ReadNeed] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """Identifiers of what was imported before and may be referred to, for each its kind."""

    concepts: dict[str, str]
    roles: frozenset[str]


def shortened(text: str) -> str:
    """A description of one paragraph that fits: cut after a sentence where one ends, otherwise after a word."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_ABOUT:
        return text
    cut = text[:LONGEST_ABOUT]
    end = cut.rfind(". ")
    if end > LONGEST_ABOUT // 2:
        return cut[: end + 1]
    return cut[: LONGEST_ABOUT - 1].rpartition(" ")[0].rstrip(",;:") + "…"
