"""The icons pages may use: Lucide, ISC licence (see icons-LICENSE.txt beside this file)."""

import json
from pathlib import Path

# Name of the icon to its shapes: element and attributes.
ICONS: dict[str, list[tuple[str, dict[str, str]]]] = json.loads(
    (Path(__file__).parent / "icons.json").read_text(encoding="utf-8")
)
STATUS_ICONS = {
    "good": "circle-check",
    "warn": "triangle-alert",
    "stop": "octagon-x",
    "info": "clock",
    "none": "circle-dashed",
}
NOTE_ICONS = {**STATUS_ICONS, "info": "info"}
