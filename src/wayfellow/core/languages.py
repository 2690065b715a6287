"""Which language to speak to somebody in."""

from typing import Any

from django.conf import settings


def offered(organisation: Any) -> list[str]:
    """Codes of the languages that an organisation speaks, the one for mails to new people first.

    Args:
        organisation: None where nobody knows yet; then, and where it has not said, these are all of ours.
    """
    known = dict(settings.LANGUAGES)
    ticked = [code for code in getattr(organisation, "languages", ()) if code in known]
    return ticked or [settings.LANGUAGE_CODE, *(code for code in known if code != settings.LANGUAGE_CODE)]


def spoken(organisation: Any, *wanted: str | None) -> str:
    """The first of the wanted languages that the organisation speaks, or else its first one."""
    speaks = offered(organisation)
    return next((code for code in wanted if code in speaks), speaks[0])
