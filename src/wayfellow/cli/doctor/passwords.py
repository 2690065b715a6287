"""Lists of breached passwords can be asked."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from wayfellow.cli.doctor.finding import Finding

SAMPLES = 500
LENGTH = 45  # of a usual line, to say about how many there are
HOW_ORDERED = "What is meant is the SHA-1 list of Pwned Passwords, ordered by hash: see docs/guides/hosts.md."
WITHOUT = "until then passwords are judged without it"


def check_passwords() -> Iterator[Finding]:
    """The file of breached passwords is whole and in order, and the range address answers, where they are set."""
    from django.conf import settings

    path, address = settings.BREACHED_PASSWORDS, settings.BREACHED_PASSWORDS_URL
    if path:
        yield _of_file(Path(path))
    if address:
        yield _of_address(address)
    if not path and not address:
        words = "common ones are refused; no list of breached ones is set (WAYFELLOW_BREACHED_PASSWORDS)"
        yield Finding("passwords", words)


def _of_file(path: Path) -> Finding:
    from wayfellow.people.breaches import UnusableList, entry_from

    mend = f"Correct WAYFELLOW_BREACHED_PASSWORDS or the file. {HOW_ORDERED}"
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            found = [entry_from(file, size * number // SAMPLES) for number in range(SAMPLES)]
    except OSError as error:
        return Finding("passwords", f"{path}: {error.strerror}; {WITHOUT}", mend, is_wrong=True)
    except UnusableList as error:
        return Finding("passwords", f"{error}; {WITHOUT}", mend, is_wrong=True)
    entries = [entry for entry in found if entry]
    if not entries:
        return Finding("passwords", f"{path} is empty; {WITHOUT}", mend, is_wrong=True)
    for before, after in pairwise(entries):
        if before[0] < after[0] and before[1] >= after[1]:
            words = f"{path} is not ordered by hash: see byte {before[0]} and byte {after[0]}; {WITHOUT}"
            mend = f"Order it: LC_ALL=C sort -o {path} {path}. {HOW_ORDERED}"
            return Finding("passwords", words, mend, is_wrong=True)
    return Finding("passwords", f"about {max(1, size // LENGTH):,} breached ones are refused, from {path}")


def _of_address(address: str) -> Finding:
    from wayfellow.people.breaches import UnusableList, ask_range

    try:
        ask_range("00000", address)
    except UnusableList as error:
        mend = "Let this server reach it, correct WAYFELLOW_BREACHED_PASSWORDS_URL, or leave it out."
        return Finding("passwords", f"{error}; {WITHOUT}", mend, is_wrong=True)
    return Finding("passwords", f"{address} is asked for breached ones and answers")
