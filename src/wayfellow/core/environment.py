"""Typed readers of the environment. Secrets may come from a file: `NAME_FILE` holds its path."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX = "WAYFELLOW_"


class SettingsError(Exception):
    """A setting is missing, unknown or cannot be read. The message names it."""


class Environment:
    """Reads settings from a mapping and remembers which names are known.

    Raises:
        SettingsError: from any reader, when the value is not of its type; from `refuse_unknown`, when a
            `WAYFELLOW_…` name is set that no reader asked for.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values
        self.known: dict[str, str] = {}  # name: what it says
        self.defaults: dict[str, str] = {}

    def text(self, name: str, default: str = "", *, says: str) -> str:
        """A string."""
        self.known[name] = says
        self.defaults[name] = default
        return self.values.get(name, "").strip() or default

    def secret(self, name: str, *, says: str) -> str:
        """A string from NAME, or from the file that NAME_FILE names. Empty when neither is set."""
        self.known[name] = says
        self.known[f"{name}_FILE"] = f"A file that holds {name}."
        path = self.values.get(f"{name}_FILE", "")
        if path:
            try:
                return Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise SettingsError(f"{name}_FILE: cannot read {path}: {error.strerror}") from None
        return self.values.get(name, "").strip()

    def flag(self, name: str, default: bool = False, *, says: str) -> bool:
        """Yes or no: 1, true, yes, on; 0, false, no, off."""
        word = self.text(name, "1" if default else "0", says=says).lower()
        if word in {"1", "true", "yes", "on"}:
            return True
        if word in {"0", "false", "no", "off"}:
            return False
        raise SettingsError(f"{name}: {word!r} is neither yes nor no")

    def number(self, name: str, default: int, *, at_least: int = 0, says: str) -> int:
        """A whole number."""
        word = self.text(name, str(default), says=says)
        try:
            value = int(word)
        except ValueError:
            raise SettingsError(f"{name}: {word!r} is not a whole number") from None
        if value < at_least:
            raise SettingsError(f"{name}: {value} is less than {at_least}")
        return value

    def words(self, name: str, default: tuple[str, ...] = (), *, says: str) -> list[str]:
        """A list, separated by commas."""
        word = self.text(name, ",".join(default), says=says)
        return [part.strip() for part in word.split(",") if part.strip()]

    def hosts(self, name: str, *, says: str) -> list[str]:
        """A list of host names, `host:port`, addresses and networks (`10.1.0.0/16`), in small letters."""
        found = [entry.lower() for entry in self.words(name, says=says)]
        for entry in found:
            if "/" in entry:
                try:
                    ip_network(entry, strict=False)
                except ValueError:
                    raise SettingsError(f"{name}: {entry!r} is not a network") from None
        return found

    def folder(self, name: str, default: Path, *, says: str) -> Path:
        """A folder; it need not exist yet."""
        return Path(self.text(name, str(default), says=says)).expanduser().resolve()

    def refuse_unknown(self) -> None:
        """Refuse any `WAYFELLOW_…` variable that no reader asked for: it is a typing error or out of date."""
        unknown = sorted(name for name in self.values if name.startswith(PREFIX) and name not in self.known)
        if unknown:
            raise SettingsError(f"unknown settings: {', '.join(unknown)}. See docs/settings.md")


def database_from_url(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a `postgres://user:password@host:port/name` address.

    Raises:
        SettingsError: for another scheme or an address without a database name.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingsError(f"DATABASE_URL: {parts.scheme or 'no'} scheme; only postgres:// is understood")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise SettingsError("DATABASE_URL: the name of the database is missing")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }


def mail_from_url(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for `smtp://user:password@host:port`, `smtps://…` or `smtp+tls://…` (STARTTLS).

    Raises:
        SettingsError: for another scheme or an address without a host.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise SettingsError("WAYFELLOW_MAIL_URL: expected smtp://host:port, smtp+tls://… or smtps://…")
    ports = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


@dataclass(frozen=True)
class MailboxAt:
    """Where a mailbox is read."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str


def mailbox_from_url(url: str) -> MailboxAt | None:
    """The mailbox of an `imaps://user:password@host:port/folder` address. `imap+tls` is STARTTLS, `imap` has no TLS.

    Raises:
        SettingsError: for another scheme, or an address without a host or a user.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"imap", "imaps", "imap+tls"} or not parts.hostname or not parts.username:
        raise SettingsError("WAYFELLOW_INBOUND_URL: expected imaps://user:password@host/INBOX or imap+tls://…")
    return MailboxAt(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or (993 if parts.scheme == "imaps" else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )
