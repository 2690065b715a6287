"""Who can read what: one line for each kind of item, held to the query sets that the code enforces by a test."""

from dataclasses import dataclass, field
from typing import Any

READERS = ("me", "others", "manager", "administrator", "safeguarding")


@dataclass(frozen=True)
class ItemKind:
    """One kind of item of a relationship.

    Attributes:
        kind: its name in code.
        label: its name for a person.
        readers: what each reader reads of it, in words, by the names of `READERS`; who is missing reads nothing. The
            people who run the server are shown nothing at all.
        models: the labels of the models that hold it; who may reach their rows is what `visible_to` says.
    """

    kind: str
    label: Any
    readers: dict[str, Any] = field(default_factory=dict)
    models: tuple[str, ...] = ()
