"""Verifying an organisation's record: every event hashes to what it says, and onto the one before."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery

from wayfellow.audit.chain import digest_of_details, hash_of_event
from wayfellow.audit.models import AuditHead, Event

CHUNK = 500
MOST_PROBLEMS = 20
START = "0" * 64


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was written.

    Attributes:
        kind: changed, missing, moved, added, unlinked, cut or headless.
        sequence: the number of the first event it is about.
        words: what is wrong, for the host.
    """

    kind: str
    sequence: int
    words: str


@dataclass
class Verdict:
    """What became of verifying one organisation's record.

    Attributes:
        events: how many were read.
        erased: how many have had their details erased for somebody who was forgotten.
        ends: the hash at the end. Who writes it down elsewhere can tell later that nothing before it was replaced.
        problems: the first ones.
        is_cut_short: whether there are more problems than are named.
    """

    events: int = 0
    erased: int = 0
    ends: str = START
    problems: list[Problem] = field(default_factory=list)
    is_cut_short: bool = False

    def add(self, kind: str, sequence: int, words: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(kind, sequence, words))
        else:
            self.is_cut_short = True


def verify_record(organisation_id: int) -> Verdict:
    """Read an organisation's record from its first event to its last, a part at a time.

    It may be written meanwhile: what comes after the end that was read first is left for the next time.
    """
    verdict = Verdict()
    head = AuditHead.objects.filter(pk=organisation_id).first()
    ends_at = head.sequence if head else 0
    before, expected, somebody_forgotten = START, 1, False
    for event in _events(organisation_id, ends_at):
        if event.sequence > expected:
            _note_missing(verdict, expected, event.sequence - 1)
        elif event.previous_hash != before:
            words = f"event {event.sequence} does not follow the one before it"
            verdict.add("unlinked", event.sequence, words)
        _check_event(verdict, event, ends_at)
        somebody_forgotten |= event.verb == "member_forgotten"
        verdict.events += 1
        before, expected = event.hash, event.sequence + 1
    verdict.ends = before
    if head is not None and expected <= ends_at:
        _note_missing(verdict, expected, ends_at)
    elif head is not None and before != head.hash:
        verdict.add("unlinked", ends_at, f"the record does not end with the hash of event {ends_at}")
    if verdict.erased and not somebody_forgotten:
        words = f"details of {verdict.erased} events are erased, but nobody was forgotten"
        verdict.add("cut", 0, words)
    _check_nothing_added(verdict, organisation_id)
    return verdict


def _events(organisation_id: int, until: int) -> Iterator[Event]:
    rows = Event.objects.filter(organisation=organisation_id, sequence__lte=until).order_by("sequence")
    last = -1
    while part := list(rows.filter(sequence__gt=last)[:CHUNK]):
        yield from part
        last = part[-1].sequence


def _check_event(verdict: Verdict, event: Event, ends_at: int) -> None:
    if hash_of_event(event) != event.hash:
        was = _place_of(event, ends_at) if len(verdict.problems) < MOST_PROBLEMS else None
        if was is None:
            verdict.add("changed", event.sequence, f"event {event.sequence} ({event.verb}) was changed")
        else:
            verdict.add("moved", event.sequence, f"event {was} ({event.verb}) stands in the place of {event.sequence}")
    elif event.details is None and not event.salt:
        verdict.erased += 1
    elif _digest(event) != event.details_digest:
        words = f"the actor or the details of event {event.sequence} ({event.verb}) were changed"
        verdict.add("changed", event.sequence, words)


def _digest(event: Event) -> str:
    return digest_of_details(salt=event.salt, actor_id=event.actor_id, details=event.details)


def _place_of(event: Event, ends_at: int) -> int | None:
    """The number with which this event was written, if it says everything else as it did then."""
    tried: Any = copy(event)
    for number in range(1, ends_at + 1):
        tried.sequence = number
        if hash_of_event(tried) == event.hash:
            return number
    return None


def _note_missing(verdict: Verdict, first: int, last: int) -> None:
    words = f"event {first} is missing" if first == last else f"events {first} to {last} are missing"
    verdict.add("missing", first, words)


def _check_nothing_added(verdict: Verdict, organisation_id: int) -> None:
    """In one query, so that an event which is recorded just now counts with the head it moves."""
    head = AuditHead.objects.filter(pk=OuterRef("organisation")).values("sequence")
    events = Event.objects.filter(organisation=organisation_id)
    beyond = events.annotate(ends_at=Subquery(head)).order_by("-sequence").values("sequence", "ends_at").first()
    if beyond is None:
        return
    if beyond["ends_at"] is None:
        verdict.add("headless", beyond["sequence"], "the end of the record is not known any more: its head is missing")
    elif beyond["sequence"] > beyond["ends_at"]:
        words = f"event {beyond['sequence']} was added past the end, which is {beyond['ends_at']}"
        verdict.add("added", beyond["sequence"], words)
