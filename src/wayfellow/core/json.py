"""JSON as it is stored."""

import json
from typing import Any


class PlainEncoder(json.JSONEncoder):
    """Writes letters as they are and not as `\\u…`, so that a name can be found in stored JSON when it must go."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})
