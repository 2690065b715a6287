"""A cell that names a time zone: IANA's name, Windows' name, a city, an abbreviation or a distance from UTC."""

import re
from functools import cache
from zoneinfo import available_timezones

from wayfellow.tables.errors import Reason, reason, shown
from wayfellow.tables.values.remembered import remembered
from wayfellow.tables.values.time_zone_names import ABBREVIATIONS, CITIES, UNCLEAR, WINDOWS
from wayfellow.tables.words import fold

_NOT_PLACES = ("posix/", "right/", "Etc/", "SystemV/")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-−–])\s*(\d{1,2})(?:[:.]?([0-5]\d))?(?:\s*(?:h|std|hours?))?", re.I)
_WITH_OFFSET = re.compile(
    r"\(?\s*(?:UTC|GMT)\s*(?:[+\-−–]?\s*\d{1,2}(?::?\d{2})?)?\s*\)?\s*[-–:]?\s+(?=\D)", re.IGNORECASE
)
_SEVERAL = "several"
_ALIASES = ("Asia/Calcutta=Asia/Kolkata", "Europe/Kiev=Europe/Kyiv", "Asia/Saigon=Asia/Ho_Chi_Minh")
# Where a distance from UTC that is no whole hour leaves a single zone.
_ODD_OFFSETS = {
    -570: "Pacific/Marquesas",
    -210: "America/St_Johns",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
    630: "Australia/Lord_Howe",
    765: "Pacific/Chatham",
}


@remembered
def parse_time_zone(text: str) -> str | Reason:
    """Read one time zone.

    Returns:
        the IANA name, or the reason why none is meant or several are.
    """
    exact = _iana().get(text.casefold().replace(" ", "_"))
    if exact:
        return exact
    known = _names()
    bare = _WITH_OFFSET.sub("", text, count=1)
    brackets = re.findall(r"\(([^()]+)\)", bare)
    before_brackets = bare.partition("(")[0]
    for attempt in (text, bare, *brackets, before_brackets, *re.split(r"[,;]", before_brackets)):
        attempt = attempt.strip()
        zone = known.get(fold(attempt)) or _iana().get(attempt.casefold())
        if zone == _SEVERAL:
            return reason("time_zone_unclear", value=shown(text))
        if zone:
            return zone
    return _by_offset(text) or reason("time_zone_unknown", value=shown(text))


def _by_offset(text: str) -> str | None:
    found = _OFFSET.fullmatch(text.strip().strip("()"))
    if not found:
        return None
    sign = 1 if found.group(1) == "+" else -1
    hours, minutes = int(found.group(2)), int(found.group(3) or 0)
    if minutes:
        return _ODD_OFFSETS.get(sign * (60 * hours + minutes))
    if hours == 0:
        return "Etc/UTC"
    # In Etc/ names the sign is turned round.
    zone = f"Etc/GMT{'-' if sign > 0 else '+'}{hours}"
    return zone if zone in available_zones() else None


@cache
def available_zones() -> frozenset[str]:
    """The IANA names of this machine that a person may choose."""
    return frozenset(name for name in available_timezones() if name not in ("Factory", "localtime"))


@cache
def _iana() -> dict[str, str]:
    zones = {name.casefold(): name for name in available_zones() if "/" in name and not name.startswith("posix/")}
    for alias in _ALIASES:
        old, _, new = alias.partition("=")
        if new in available_zones():
            zones[old.casefold()] = new
    return zones


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for zone in sorted(available_zones(), key=lambda zone: (zone.split("/")[0] in ("US", "Canada", "Brazil"), zone)):
        if "/" in zone and not zone.startswith(_NOT_PLACES):
            names.setdefault(fold(zone.rpartition("/")[2]), zone)
    for line in CITIES.strip().splitlines():
        zone, _, cities = line.partition("=")
        names.update((fold(city), zone) for city in cities.split(","))
    for line in (WINDOWS + ABBREVIATIONS.strip()).strip().splitlines():
        name, _, zone = line.partition("=")
        names[fold(name)] = zone
        names.setdefault(fold(name.replace("Standard Time", "Daylight Time")), zone)
    names.update((fold(name), _SEVERAL) for name in UNCLEAR)
    return names
