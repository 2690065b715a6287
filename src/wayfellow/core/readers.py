"""Who can read a kind of item: what subjects say of themselves for the page that lists it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ItemKind:
    """One kind of item of a relationship, and who may read it.

    Attributes:
        kind: its name in code.
        label: what it is, for the page.
        readers: for `me`, `others`, `manager`, `administrator`, `safeguarding` and `host`: "yes", nothing, or words.
    """

    kind: str
    label: Any
    readers: dict[str, Any]
