"""How an event is hashed. Canonical JSON, SHA-256."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:
    """The one JSON text of a value.

    Raises:
        TypeError, ValueError: the value is not plain JSON.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest_of_details(*, salt: str, actor_id: int | None, details: dict[str, Any]) -> str:
    """What stands for the erasable part of an event in the chain."""
    return hashlib.sha256(salt.encode() + canonical({"actor": actor_id, "details": details})).hexdigest()


def hash_of_event(event: Any) -> str:
    """The hash of an event, over its lasting fields and the hash of its predecessor."""
    return hashlib.sha256(
        canonical(
            [
                event.previous_hash,
                event.organisation_id,
                event.sequence,
                event.at.isoformat(),
                event.verb,
                event.via,
                event.about_type,
                event.about_id,
                event.details_digest,
            ]
        )
    ).hexdigest()
