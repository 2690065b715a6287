"""Reads for the page Records."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from wayfellow.audit.details import details_in_words, noun_of
from wayfellow.audit.models import Event
from wayfellow.audit.words import HOW, WORDS, words_of


@dataclass(frozen=True)
class Line:
    """An event as the page shows it."""

    event: Event
    what: str
    about: str
    how: Any
    details: list[tuple[str, str]]


def verbs_of(member: Any) -> list[tuple[str, str]]:
    """The verbs that the organisation's record holds, with their words, in the order of the words."""
    verbs = Event.objects.visible_to(member).order_by().values_list("verb", flat=True).distinct()
    return sorted(((verb, words_of(verb)) for verb in verbs), key=lambda entry: entry[1].casefold())


def events_found(
    member: Any, *, words: str = "", verb: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Event]:
    """Events an administrator sees, newest first.

    Args:
        words: each is looked for in the verb, its words, and the name and address of who did it.
        since, until: days in the reader's time zone, both included.
    """
    rows = Event.objects.visible_to(member).select_related("actor").order_by("-sequence")
    for word in words.split():
        spoken = [known for known in WORDS if word.casefold() in words_of(known).casefold()]
        named = Q(actor__full_name__icontains=word) | Q(actor__email__icontains=word)
        rows = rows.filter(Q(verb__icontains=word) | Q(verb__in=spoken) | named)
    if verb:
        rows = rows.filter(verb=verb)
    if since:
        rows = rows.filter(at__gte=_midnight(since))
    if until:
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    return rows


def lines_of(events: Any) -> list[Line]:
    """Events in words. Members they are about are named, in one query for all."""
    events = list(events)
    asked = {event.about_id for event in events if event.about_type == "people.Member"}
    members = apps.get_model("people.Member").objects.filter(pk__in=asked)
    names = {str(pk): name for pk, name in members.values_list("pk", "full_name")}
    return [
        Line(
            event=event,
            what=words_of(event.verb),
            about=_about(event, names),
            how=HOW[event.via],
            details=details_in_words(event.about_type, event.details or {}),
        )
        for event in events
    ]


def _about(event: Event, names: dict[str, str]) -> str:
    if not event.about_type:
        return ""
    if event.about_type == "people.Member":
        return names.get(event.about_id, "")
    return noun_of(event.about_type, event.about_id)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
