"""Passwords that are known from breaches: looked for in a file of the host's, and at a range address that it allows.

The file is the SHA-1 list that Pwned Passwords publishes: lines of `HASH:COUNT`, ordered by hash. It has some forty
gigabytes, so it is searched by bisection where it lies. The range address is asked for the hashes that begin with five
given figures, and answers with some hundreds; which of them is meant, it does not learn (k-anonymity).

Whoever sets a password does not wait for what is broken: then the other checks alone decide, the log says so, and
`wayfellow doctor` says how to mend it.
"""

import hashlib
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wayfellow.core.errors import InvalidInput
from wayfellow.core.outbound import Unreachable, fetch

SECONDS = 2.0
PREFIX = 5
LONGEST_LINE = 100
ENTRY = re.compile(rb"([0-9A-Fa-f]{40})(?::(\d+))?\s*")
REST_OF_ENTRY = re.compile(r"([0-9A-Fa-f]{35}):(\d+)\s*")

log = logging.getLogger("wayfellow.people")


class UnusableList(Exception):
    """A list of breached passwords cannot be asked. The message says why, in one line."""


class BreachedValidator:
    """Refuses a password that is in a list of breached ones, where the host has set one."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError; RuntimeError when a transaction is open and another server is to be asked."""
        if is_breached(password):
            raise ValidationError(
                _("This password was stolen from another service, so strangers try it. Choose another."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return _("Not a password that is known to have been stolen.")


def is_breached(password: str) -> bool:
    """Whether one of the lists that the host has set knows it. A list that cannot be asked knows nothing."""
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    if path := settings.BREACHED_PASSWORDS:
        try:
            if is_in_file(digest, Path(path)):
                return True
        except UnusableList as error:
            log.warning("breached passwords: the file was not searched: %s", error)
    if address := settings.BREACHED_PASSWORDS_URL:
        try:
            return digest[PREFIX:] in ask_range(digest[:PREFIX], address)
        except UnusableList as error:
            log.warning("breached passwords: the range address was not asked: %s", error)
    return False


def is_in_file(digest: str, path: Path) -> bool:
    """Whether a file of `HASH:COUNT` lines, ordered by hash, has this one. Reads some forty lines of it.

    Args:
        digest: 40 figures in capitals.
        path: the file.

    Raises:
        UnusableList: it cannot be read, or a line on the way is not such a line.
    """
    wanted = digest.encode()
    try:
        with path.open("rb") as file:
            low, high = 0, os.fstat(file.fileno()).st_size
            while low < high:
                middle = (low + high) // 2
                entry = entry_from(file, middle)
                if entry is None or entry[0] >= high:
                    high = middle
                    continue
                _start, found, ends = entry
                if found == wanted:
                    return True
                low, high = (ends, high) if found < wanted else (low, middle)
    except OSError as error:
        raise UnusableList(f"{path}: {error.strerror}") from None
    return False


def entry_from(file: BinaryIO, place: int) -> tuple[int, bytes, int] | None:
    """The first entry that begins at this byte or later: where it begins, its hash, where the next begins.

    Raises:
        UnusableList: what stands there is no entry.
    """
    file.seek(max(0, place - 1))
    if place and not file.readline(LONGEST_LINE).endswith(b"\n") and file.read(1):
        raise UnusableList(f"{file.name}: the line around byte {place} is too long for HASH:COUNT")
    start = file.tell()
    line = file.readline(LONGEST_LINE)
    if not line.strip() and not file.read(1):
        return None
    entry = ENTRY.fullmatch(line)
    if not entry:
        raise UnusableList(f"{file.name}: the line at byte {start} is not HASH:COUNT with a SHA-1 of 40 figures")
    return start, entry.group(1).upper(), start + len(line)


def ask_range(prefix: str, address: str) -> set[str]:
    """The rests of all hashes that begin so. What only pads the answer (seen 0 times) is left out.

    Args:
        prefix: the first five figures, all that is sent.
        address: what stands before them, such as https://api.pwnedpasswords.com/range/.

    Raises:
        UnusableList: it does not answer in two seconds, or not as it should.
        RuntimeError: a transaction is open.
    """
    try:
        answer = fetch(
            f"{address.rstrip('/')}/{prefix}",
            headers={"Add-Padding": "true"},
            seconds=SECONDS,
            allow=frozenset({urlsplit(address).netloc.lower()}),  # the host chose it, so it may be private
        )
    except (Unreachable, InvalidInput, ValueError) as error:
        words = error.message if isinstance(error, InvalidInput) else error
        raise UnusableList(f"{address}: {words}") from None
    if answer.status != 200:
        raise UnusableList(f"{address}: answers {answer.status}")
    return set(_rests(answer.body, address))


def _rests(body: bytes, address: str) -> Iterator[str]:
    lines = body.decode("ascii", errors="replace").split("\n")
    entries = [REST_OF_ENTRY.fullmatch(line) for line in lines if line.strip()]
    if not entries or None in entries:
        raise UnusableList(f"{address}: answers something else than lines of HASH:COUNT")
    for entry in entries:
        if entry and int(entry.group(2)):
            yield entry.group(1).upper()
