"""The machine and what the host has set: folder, disk, address, browser security."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from wayfellow.cli.doctor.finding import Finding

MEGABYTE = 1024 * 1024
DISK_IS_FULL = 200 * MEGABYTE
DISK_IS_SCARCE = 2048 * MEGABYTE
# What Django finds on an address without TLS; `check_address` says it in one line.
FOR_TLS = {"security.W004", "security.W008", "security.W011", "security.W012", "security.W016"}


def check_home() -> Iterator[Finding]:
    """The folder of the installation is there and readable by its owner alone."""
    from django.conf import settings

    home: Path = settings.HOME
    if not home.is_dir():
        yield Finding("files", f"{home} does not exist", "Run: wayfellow migrate", is_wrong=True)
        return
    if not os.access(home, os.W_OK | os.X_OK):
        mend = f"Give it to the user that runs Wayfellow: chown -R USER {home}"
        yield Finding("files", f"{home} cannot be written to", mend, is_wrong=True)
        return
    open_to_others = [
        path
        for path in (home, home / "secret", home / "files", *home.glob("wayfellow.sqlite3*"))
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077 and (path == home or not _is_shut(home))
    ]
    if open_to_others:
        names = " ".join(str(path) for path in open_to_others)
        yield Finding("files", f"others can read {names}", f"Run: chmod go-rwx {names}", is_wrong=True)
    else:
        yield Finding("files", f"{home} is readable by its owner alone")


def _is_shut(folder: Path) -> bool:
    return not stat.S_IMODE(folder.stat().st_mode) & 0o077


def check_disk() -> Iterator[Finding]:
    """There is room for database and files."""
    from django.conf import settings

    if not settings.HOME.is_dir():
        return
    free = shutil.disk_usage(settings.HOME).free
    words = f"{free // MEGABYTE} MB free under {settings.HOME}"
    mend = "Make room, or move WAYFELLOW_HOME to a larger disk."
    if free < DISK_IS_FULL:
        yield Finding("disk", words, f"{mend} A full disk stops everything that writes.", is_wrong=True)
    else:
        yield Finding("disk", words, mend if free < DISK_IS_SCARCE else "")


def check_address() -> Iterator[Finding]:
    """Links in mails lead somewhere, and over TLS."""
    from django.conf import settings

    if settings.SECURE_SSL_REDIRECT and not settings.TRUSTED_PROXIES:
        yield Finding(
            "address",
            f"no proxy is trusted, so every visitor is sent to {settings.BASE_URL} again and again",
            "Let the proxy that ends TLS set X-Forwarded-Proto, and set WAYFELLOW_TRUSTED_PROXIES=1.",
            is_wrong=True,
        )
    elif settings.BASE_URL.startswith("https://"):
        yield Finding("address", settings.BASE_URL)
    else:
        yield Finding(
            "address",
            f"{settings.BASE_URL} is not https, so cookies travel in the clear",
            "Set WAYFELLOW_BASE_URL to the https address that people use. On this machine alone http will do.",
        )


def check_reachable() -> Iterator[Finding]:
    """The address that people use leads here, as they reach it: name, certificate, proxy."""
    from urllib.parse import urlsplit

    from django.conf import settings

    from wayfellow.core.errors import InvalidInput
    from wayfellow.core.outbound import Unreachable, fetch

    host = urlsplit(settings.BASE_URL).hostname or ""
    mend = "Check that the name leads to this machine, the certificate holds, and the proxy passes requests on."
    try:
        answer = fetch(f"{settings.BASE_URL}/sign-in/", allow=frozenset({host}))
    except Unreachable as error:
        yield Finding("address", f"{settings.BASE_URL} does not answer: {error}", mend, is_wrong=True)
    except InvalidInput as error:
        mend = "Let the proxy set X-Forwarded-Proto, and set WAYFELLOW_TRUSTED_PROXIES to the number of proxies."
        yield Finding("address", f"{settings.BASE_URL}: {error.message}", mend, is_wrong=True)
    else:
        if answer.status == 200 and "x-request-id" in answer.headers:
            yield Finding("address", f"{settings.BASE_URL} leads here")
        else:
            words = f"{settings.BASE_URL} answers {answer.status}, and not as Wayfellow does"
            yield Finding("address", words, mend, is_wrong=True)


def check_security() -> Iterator[Finding]:
    """Django's own checks, those for production included."""
    from django.conf import settings
    from django.core.checks import ERROR, run_checks
    from django.core.exceptions import ImproperlyConfigured

    try:
        found = [message for message in run_checks(include_deployment_checks=True) if not message.is_silenced()]
    except ImproperlyConfigured as error:
        yield Finding("security", f"cannot be looked at: {error}", "Correct that setting first.", is_wrong=True)
        return
    if not settings.BASE_URL.startswith("https://"):
        found = [message for message in found if message.id not in FOR_TLS]
    for message in found:
        mend = str(message.hint or "Say it to whoever made this version, with the code in front.")
        yield Finding("security", f"{message.id} {message.msg}", mend, is_wrong=message.level >= ERROR)
    if not found:
        yield Finding("security", "Django's checks for production find nothing")
