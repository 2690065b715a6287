"""The lock of a plan: a first line with the digest of all the rest."""

import hashlib
import re
from pathlib import Path

from wayfellow.impact.errors import BadInput, PlanChanged, Problem

_BOM = b"\xef\xbb\xbf"
_LOCK_LINE = re.compile(rb"^[ \t]*(?:locked|\"locked\"|'locked')[ \t]*=.*$", re.ASCII)
_TABLE_LINE = re.compile(rb"^[ \t]*\[")


def without_lock(content: bytes) -> bytes:
    """The bytes of a plan without its `locked` lines; only those before the first table count."""
    kept, in_table = [], False
    for line in content.removeprefix(_BOM).splitlines(keepends=True):
        in_table = in_table or bool(_TABLE_LINE.match(line))
        if in_table or not _LOCK_LINE.match(line.rstrip(b"\r\n")):
            kept.append(line)
    return b"".join(kept)


def digest_of(content: bytes) -> str:
    """SHA-256 of a plan without its `locked` line, in hexadecimal."""
    return hashlib.sha256(without_lock(content)).hexdigest()


def lock_plan(path: Path | str) -> str:
    """Lock a plan: write its digest as the first line of the file.

    A plan that is locked and unchanged stays as it is.

    Returns:
        The line, `locked = "sha256:…"`.

    Raises:
        BadInput: the plan cannot be read or written.
        PlanChanged: it was locked and then changed; take the line out by hand to lock it anew.
    """
    from wayfellow.impact.plan.reading import read_plan

    path = Path(path)
    plan = read_plan(path)
    line = f'locked = "sha256:{plan.sha256}"'
    if plan.locked:
        return line
    content = path.read_bytes()
    rest = without_lock(content)
    ending = b"\r\n" if b"\r\n" in rest else b"\n"
    try:
        path.write_bytes(line.encode() + ending + rest)
    except OSError as error:
        raise BadInput([Problem(str(path), f"cannot be written: {error.strerror or error}")]) from error
    return line


def check_lock(locked: str, sha256: str, *, file: str) -> None:
    """Hold the digest in a plan against what the plan is now.

    Raises:
        PlanChanged: they differ.
    """
    if locked != f"sha256:{sha256}":
        raise PlanChanged(
            f"{file}: the plan was changed after it was locked (locked {locked}, now sha256:{sha256}); "
            "--exploratory runs it and says so in the report"
        )
