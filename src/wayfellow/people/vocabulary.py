"""Our own lists of industries and functions, and names of languages and time zones in the reader's words.

The keys are stored; they never change their meaning. What is no longer offered stays readable through `label`.
"""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wayfellow.search.words import fold
from wayfellow.tables.values.language_names import CODE_BY_NAME

INDUSTRIES: dict[str, Any] = {
    "agriculture": _("Agriculture and food"),
    "arts": _("Arts, culture and sport"),
    "building": _("Building and property"),
    "charity": _("Charities and associations"),
    "consulting": _("Consulting and law"),
    "education": _("Education and training"),
    "energy": _("Energy, water and waste"),
    "finance": _("Finance and insurance"),
    "government": _("Government and public services"),
    "health": _("Health and care"),
    "hospitality": _("Hospitality and travel"),
    "manufacturing": _("Manufacturing"),
    "media": _("Media and publishing"),
    "retail": _("Retail and trade"),
    "science": _("Science and research"),
    "technology": _("Software and technology"),
    "telecoms": _("Telecommunications"),
    "transport": _("Transport and logistics"),
}
FUNCTIONS: dict[str, Any] = {
    "administration": _("Administration and office"),
    "communication": _("Communication"),
    "customer_service": _("Customer service"),
    "data": _("Data and analysis"),
    "design": _("Design"),
    "engineering": _("Engineering"),
    "finance": _("Finance and accounting"),
    "management": _("General management"),
    "human_resources": _("Human resources"),
    "it": _("IT and systems"),
    "legal": _("Legal and compliance"),
    "marketing": _("Marketing"),
    "care": _("Medical and care work"),
    "operations": _("Operations"),
    "product": _("Product management"),
    "production": _("Production and trades"),
    "projects": _("Project management"),
    "purchasing": _("Purchasing and supply"),
    "quality": _("Quality and safety"),
    "research": _("Research"),
    "sales": _("Sales"),
    "software": _("Software development"),
    "teaching": _("Teaching and training"),
}
COMMON_LANGUAGES = (
    *("ar", "bn", "zh", "cs", "da", "nl", "en", "fi", "fr", "de", "el", "he", "hi", "hu", "id"),
    *("it", "ja", "ko", "no", "fa", "pl", "pt", "ro", "ru", "es", "sw", "sv", "tr", "uk", "vi"),
)
REGIONS: dict[str, Any] = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}
_LISTS = {"industry": INDUSTRIES, "function": FUNCTIONS}
_KNOWN_AS = {"zh": pgettext_lazy("language", "Chinese"), "no": pgettext_lazy("language", "Norwegian")}


def label(field: str, value: str) -> str:
    """The words for a stored industry or function; a value that is on no list is shown as it reads."""
    known = _LISTS[field].get(value)
    return str(known) if known is not None else value.replace("_", " ").capitalize()


def language_name(code: str) -> str:
    """The name of a language in the reader's words; the code where nobody knows it."""
    if code in _KNOWN_AS:
        return str(_KNOWN_AS[code])
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return _other_languages().get(code, code).capitalize()


def common_languages() -> list[tuple[str, str]]:
    """The languages offered to be ticked, by name."""
    return sorted(((code, language_name(code)) for code in COMMON_LANGUAGES), key=lambda each: fold(each[1]))


def place_name(zone: str) -> str:
    """A time zone as one says it: Lisbon; Buenos Aires (Argentina)."""
    parts = zone.replace("_", " ").split("/")
    return f"{parts[-1]} ({parts[1]})" if len(parts) > 2 else parts[-1]


def time_zone_groups(*, keep: str = "") -> list[tuple[Any, list[tuple[str, str]]]]:
    """All places with a time zone, by region and name.

    Args:
        keep: a zone that must be among them, because somebody has it already.
    """
    groups = [(label, list(_places()[region])) for region, label in REGIONS.items()]
    others = [("UTC", "UTC")]
    if keep and keep != "UTC" and keep not in _listed():
        others.append((keep, keep.replace("_", " ")))
    return [*groups, (_("Elsewhere"), others)]


@cache
def _places() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for zone in available_timezones():
        region = zone.split("/")[0]
        if "/" in zone and region in found:
            found[region].append((zone, place_name(zone)))
    return {region: sorted(places, key=lambda place: fold(place[1])) for region, places in found.items()}


@cache
def _listed() -> frozenset[str]:
    return frozenset(zone for places in _places().values() for zone, _name in places)


@cache
def _other_languages() -> dict[str, str]:
    """English names of the languages that Django has no name for."""
    names: dict[str, str] = {}
    for name, code in CODE_BY_NAME.items():
        if len(name) > 3 and code not in names:
            names[code] = name
    return names
