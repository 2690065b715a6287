"""A language that nobody speaks: English with accents, 40 % longer, and written from right to left.

Named in `DJANGO_SETTINGS_MODULE` with `PSEUDO_LOCALE` set, this is the settings module of a server that speaks it.
"""

import os
import re
import struct
from pathlib import Path

PSEUDO = "ar-xb"
LONGER_BY = 0.4
_ACCENTED = str.maketrans("aeiouyncsAEIOUYNCS", "äéîöüýñçšÄÉÎÖÜÝÑÇŠ")
_KEPT = re.compile(r"(%\(\w+\)[a-z]|%[sd%]|{\w*}|<[^>]*>|&\w+;|https?://\S+|\s+)")
_HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"

if "PSEUDO_LOCALE" in os.environ:
    from wayfellow.settings import *  # noqa: F403
    from wayfellow.settings import LANGUAGES as OURS

    LANGUAGES = [*OURS, (PSEUDO, "Pseudo")]
    LANGUAGES_BIDI = [PSEUDO.partition("-")[0]]
    LOCALE_PATHS = [Path(os.environ["PSEUDO_LOCALE"])]


def disguise(text: str) -> str:
    """The text with accents on its letters, and longer; what is filled in and mark-up stay."""
    parts = [part if _KEPT.fullmatch(part) else part.translate(_ACCENTED) for part in _KEPT.split(text)]
    letters = sum(len(part) for part in parts if not _KEPT.fullmatch(part))
    more = round(letters * LONGER_BY)
    padding = "".join(f" {'ö' * min(7, more - at)}" for at in range(0, more, 7))
    end = len(text) - len(text.rstrip())
    said = "".join(parts)
    return f"{said[: len(said) - end]}{padding}{said[len(said) - end :]}" if letters else text


def write_catalog(folder: Path) -> None:
    """Compile it from the messages of a translation that is complete."""
    from tests.catalogs import read
    from wayfellow.cli.messages import catalogs

    said = {"": _HEAD}
    for entry in read(catalogs()[0]):
        key = f"{entry.context}\x04{entry.one}" if entry.context else entry.one
        kept = "format" in entry.context
        words = [word if kept else disguise(word) for word in (entry.one, entry.many) if word]
        said[f"{key}\0{entry.many}" if entry.many else key] = "\0".join(words)
    target = folder / "ar_XB" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    target.write_bytes(_compiled(said))


def _compiled(said: dict[str, str]) -> bytes:
    """The .mo format: a head, a table of the keys, a table of the words, then both, each ended by a NUL."""
    keys = sorted(said)
    texts = [key.encode() for key in keys] + [said[key].encode() for key in keys]
    at = 28 + 8 * len(texts)
    table = b""
    for text in texts:
        table += struct.pack("<II", len(text), at)
        at += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + table + b"".join(text + b"\0" for text in texts)
