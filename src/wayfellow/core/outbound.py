"""The one door out: every request this server makes of another goes through `fetch`.

Addresses are typed by people, so each is looked at before anything is sent: http and https alone; the name is resolved
once, every address it has must be a public one, and the connection goes to exactly the address that was looked at.
Redirects are looked at in the same way. What the host lists in `WAYFELLOW_OUTBOUND_ALLOW` may be private.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext_lazy as _

from wayfellow import __version__
from wayfellow.core.errors import InvalidInput

LONGEST = 10.0
LARGEST = 2 * 1024 * 1024
MOST_REDIRECTS = 3
CHUNK = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreachable(Exception):
    """The other server did not answer as it should: no such name, no connection, a bad certificate, too slow."""


@dataclass(frozen=True)
class Answer:
    """What the other server said.

    Attributes:
        url: the address that answered, after redirects.
        status: its status.
        headers: their names in small letters.
        body: at most as long as was asked for.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    seconds: float = LONGEST,
    largest: int = LARGEST,
    allow: frozenset[str] = frozenset(),
) -> Answer:
    """Ask another server, once.

    Args:
        url: an http or https address.
        method: GET and HEAD follow up to three redirects; others follow none.
        headers: sent along; a redirect to another server does not get them.
        body: what to send.
        seconds: how long it may take in all, resolving and redirects included.
        largest: how many bytes the answer may have.
        allow: hosts that may be private besides those the host of this installation allows.

    Raises:
        InvalidInput: `address_refused`, when this server must not ask there; `answer_too_large`.
        Unreachable: it did not answer as it should.
        RuntimeError: a transaction is open. Nobody may wait for another server while holding locks.
    """
    if any(connection.in_atomic_block for connection in connections.all(initialized_only=True)):
        raise RuntimeError("no request to another server inside a transaction")
    ends = time.monotonic() + seconds
    allowed = allow | frozenset(settings.OUTBOUND_ALLOW)
    sent = dict(headers or {})
    for _turn in range(MOST_REDIRECTS + 1):
        parts = _checked(url)
        answer = _ask(parts, method, sent, body, ends=ends, largest=largest, allowed=allowed)
        target = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not target or method not in {"GET", "HEAD"}:
            return answer
        url = urljoin(url, target)
        following = _checked(url)
        if parts.scheme == "https" and following.scheme != "https":
            raise _refused(_("This address leads from a safe connection to one that is not."))
        if following.netloc != parts.netloc:
            sent = {}
    raise _refused(_("This address leads on and on, from one to the next."))


def _refused(words: Any) -> InvalidInput:
    return InvalidInput("address_refused", words, field="address")


def _checked(url: str) -> SplitResult:
    """The parts of an address that is well-formed.

    Raises:
        InvalidInput: it is not.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused(_("Write a whole address, such as https://example.org/calendar.ics.")) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise _refused(_("Write a whole address, such as https://example.org/calendar.ics."))
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise _refused(_("An address has no spaces in it."))
    if parts.username is not None or parts.password is not None:
        raise _refused(_("Leave out the name and the password in this address."))
    return parts


def _ask(
    parts: SplitResult,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None,
    *,
    ends: float,
    largest: int,
    allowed: frozenset[str],
) -> Answer:
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _public_address(host, port, ends=ends, allowed=allowed)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    own = {"User-Agent": f"Wayfellow/{__version__}", "Accept-Encoding": "identity", "Connection": "close"}
    connection = http.client.HTTPConnection(host, port)
    try:
        with _connected(host, address, port, secure=parts.scheme == "https", ends=ends) as line:
            connection.sock = line
            connection.request(method, _ascii(path), body=body, headers={**headers, **own, "Host": _host_of(parts)})
            response = connection.getresponse()
            said = {name.lower(): value for name, value in response.getheaders()}
            content = _read(response, largest)
            return Answer(url=parts.geturl(), status=response.status, headers=said, body=content)
    except (OSError, http.client.HTTPException, ValueError) as error:
        words = "too slow" if time.monotonic() >= ends else f"{type(error).__name__}: {error}"
        raise Unreachable(f"{host}: {words}") from None
    finally:
        connection.close()


def _public_address(host: str, port: int, *, ends: float, allowed: frozenset[str]) -> str:
    """The first address of a name, when all it has may be asked.

    Raises:
        InvalidInput: one of them is private.
        Unreachable: there is none, or nobody says in time.
    """
    found = _resolve(host, port, ends)
    if not found:
        raise Unreachable(f"{host}: no such name")
    if not _is_allowed(host, port, allowed):
        for text in found:
            address = ipaddress.ip_address(text.partition("%")[0])
            if not _is_public(address) and not _is_in(address, allowed):
                raise _refused(_("This address is inside a private network, where this server must not ask."))
    return found[0]


def _resolve(host: str, port: int, ends: float) -> list[str]:
    """All addresses of a name. The system's resolver knows no time limit, so a thread asks it."""
    found: list[str] = []

    def ask() -> None:
        try:
            found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            found.clear()

    thread = threading.Thread(target=ask, name="resolve", daemon=True)
    thread.start()
    thread.join(max(0.0, ends - time.monotonic()))
    if thread.is_alive():
        raise Unreachable(f"{host}: its name is not resolved in time")
    return found


def _is_allowed(host: str, port: int, allowed: frozenset[str]) -> bool:
    return host.lower() in allowed or f"{host.lower()}:{port}" in allowed


def _is_in(address: Address, allowed: frozenset[str]) -> bool:
    """Whether the host allows the network that this address lies in."""
    return any(address in ipaddress.ip_network(entry, strict=False) for entry in allowed if "/" in entry)


def _is_public(address: Address) -> bool:
    """Whether it is an address of the internet, looking into those that carry another one inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inside is None and address in NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return _is_public(inside)
    return address.is_global and not address.is_multicast and not address.is_reserved


@contextmanager
def _connected(host: str, address: str, port: int, *, secure: bool, ends: float) -> Iterator[socket.socket]:
    """A connection to this very address that breaks off when the time is over, however slowly the other end talks."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line = socket.create_connection((address, port), timeout=left)
    raw = line

    def break_off() -> None:
        try:
            raw.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    watch = threading.Timer(max(0.0, ends - time.monotonic()), break_off)
    watch.daemon = True
    watch.start()
    try:
        if secure:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
            raw = line
        yield line
    finally:
        watch.cancel()
        line.close()


def _read(response: http.client.HTTPResponse, largest: int) -> bytes:
    content = bytearray()
    while part := response.read(CHUNK):
        content += part
        if len(content) > largest:
            words = _("What this address answers is too large. At most %(kb)d kB, please.") % {"kb": largest // 1024}
            raise InvalidInput("answer_too_large", words, field="address")
    if response.length:
        raise http.client.IncompleteRead(bytes(content), response.length)
    return bytes(content)


def _host_of(parts: SplitResult) -> str:
    """What the Host header says: the name in ASCII, and the port where one is written."""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    return f"{host}:{parts.port}" if parts.port else host


def _ascii(path: str) -> str:
    return quote(path, safe="%/:=&?~#+!$,;'@()*[]")
