"""Who can read what: one line for each kind of item, drawn from the policy that the code enforces."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ItemKind:
    """One kind of item of a relationship.

    Attributes:
        kind: its name in code.
        label: its name for a person.
        readers: what each reader reads of it, in words, by `me`, `others`, `manager`, `administrator`, `safeguarding`
            and `host`; who is missing reads nothing.
    """

    kind: str
    label: Any
    readers: dict[str, Any] = field(default_factory=dict)
