"""One mailbox on an IMAP server: each mail is handed on, then moved to a folder that says what became of it."""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

from wayfellow.core.environment import MailboxAt

SECONDS = 20
MOST_AT_ONCE = 200
LARGEST = 40 * 1024 * 1024


class MailboxError(Exception):
    """The server did not do what it was asked to."""


@contextmanager
def opened(at: MailboxAt) -> Iterator[imaplib.IMAP4]:
    """The folder of a mailbox, selected.

    Raises:
        MailboxError: it cannot be opened.
        OSError, imaplib.IMAP4.error: no connection, a wrong password.
        RuntimeError: a transaction is open.
    """
    if any(connection.in_atomic_block for connection in connections.all(initialized_only=True)):
        raise RuntimeError("no mail server is asked while a transaction is open")
    server = _connect(at)
    try:
        server.login(at.user, at.password)
        _asked(server.select(_quoted(at.folder)), "select")
        yield server
    finally:
        try:
            server.logout()
        except (OSError, imaplib.IMAP4.error):
            pass


def read_mails(
    server: imaplib.IMAP4, handle: Callable[[bytes, bool], str | None], *, should_stop: Callable[[], bool]
) -> int:
    """Hand on each mail of the folder, oldest first, and move it to the folder that `handle` names.

    Args:
        handle: gets the mail (or its header alone) and whether it is too large; None leaves it where it is.
        should_stop: asked before each.

    Returns:
        How many were moved.
    """
    moved = 0
    (numbers,) = _asked(server.uid("SEARCH", "UNDELETED"), "search")
    for uid in (numbers or b"").split()[:MOST_AT_ONCE]:
        if should_stop():
            break
        found = _fetch(server, uid)
        if found is None:
            continue  # somebody took it away meanwhile
        folder = handle(*found)
        if folder is not None:
            _move(server, uid, folder)
            moved += 1
    return moved


def _connect(at: MailboxAt) -> imaplib.IMAP4:
    if at.scheme == "imaps":
        return imaplib.IMAP4_SSL(at.host, at.port, ssl_context=ssl.create_default_context(), timeout=SECONDS)
    server = imaplib.IMAP4(at.host, at.port, timeout=SECONDS)
    if at.scheme == "imap+tls":
        server.starttls(ssl.create_default_context())
    return server


def _fetch(server: imaplib.IMAP4, uid: bytes) -> tuple[bytes, bool] | None:
    told = _asked(server.uid("FETCH", uid.decode(), "(RFC822.SIZE)"), "fetch")
    size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(part for part in told if isinstance(part, bytes)))
    if size is None:
        return None
    too_large = int(size[1]) > LARGEST
    part = "(BODY.PEEK[HEADER])" if too_large else "(BODY.PEEK[])"
    told = _asked(server.uid("FETCH", uid.decode(), part), "fetch")
    raw = next((entry[1] for entry in told if isinstance(entry, tuple)), None)
    return None if raw is None else (raw, too_large)


def _move(server: imaplib.IMAP4, uid: bytes, folder: str) -> None:
    """Move a mail, making the folder where there is none; some servers keep all folders below INBOX."""
    for name in (folder, f"INBOX.{folder}"):
        for attempt in ("as it is", "made"):
            if attempt == "made":
                server.create(_quoted(name))
            if "MOVE" in server.capabilities:
                if server.uid("MOVE", uid.decode(), _quoted(name))[0] == "OK":
                    return
            elif server.uid("COPY", uid.decode(), _quoted(name))[0] == "OK":
                _asked(server.uid("STORE", uid.decode(), "+FLAGS.SILENT", r"(\Deleted)"), "store")
                server.expunge()
                return
    raise MailboxError(f"a mail cannot be moved to {folder}")


def _asked(answer: tuple[str, Any], what: str) -> Any:
    if answer[0] != "OK":
        raise MailboxError(f"{what}: {answer[0]}")
    return answer[1]


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
