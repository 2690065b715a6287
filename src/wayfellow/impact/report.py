"""The report: what was found, as plain data."""

from __future__ import annotations

import json
import math
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

SCHEMA = "wayfellow-impact-report/1"


@dataclass(frozen=True, slots=True)
class Report:
    """What an analysis found. `to_dict` is the report as the contract has it."""

    data: dict[str, Any] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data: dicts, lists, texts, numbers, None."""
        return deepcopy(self.data)

    def to_json(self) -> str:
        """The same as JSON, always the same to the byte for the same plan and people."""
        return json_of(self.data)


def json_of(data: Any) -> str:
    """JSON with an indent, UTF-8 as it is, numbers at full precision, a newline at the end."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def plain(value: Any) -> Any:
    """Plain data of numbers, texts and collections: what is not finite is None."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return value
    if hasattr(value, "item"):  # a number of NumPy
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    raise TypeError(f"no plain data: {type(value).__name__}")
