"""Where files of letters lie: in `WAYFELLOW_HOME/files/letters`, which no web server serves, by random names."""

import secrets
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

YOUNGEST_STRAY = 24 * 3600


def put(content: bytes) -> str:
    """Keep content; the name it lies under. Nothing else of the file is in that name."""
    place = secrets.token_hex(20)
    path = _path(place)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        part.chmod(0o600)
        file.write(content)
    part.rename(path)
    return place


def opened(place: str) -> BinaryIO:
    """The content to read.

    Raises:
        FileNotFoundError: it is gone.
    """
    return _path(place).open("rb")


def content_of(place: str) -> bytes:
    """All of it; nothing where it is gone."""
    try:
        return _path(place).read_bytes()
    except FileNotFoundError:
        return b""


def remove_later(places: Iterable[str]) -> None:
    """Remove content once the transaction that forgets it is through."""
    for place in places:
        transaction.on_commit(partial(_remove, place))


def strays(known: set[str], *, older_than: float = YOUNGEST_STRAY) -> list[Path]:
    """Files that no row knows and that are old enough not to belong to a transaction under way."""
    oldest = time.time() - older_than
    found = [path for path in _root().glob("??/*") if path.is_file() and path.stem not in known]
    return [path for path in found if path.stat().st_mtime < oldest]


def _remove(place: str) -> None:
    _path(place).unlink(missing_ok=True)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "letters"


def _path(place: str) -> Path:
    if len(place) != 40 or not set(place) <= set("0123456789abcdef"):
        raise ValueError("no such place")
    return _root() / place[:2] / place
