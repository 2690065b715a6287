"""Finds documents by text and facets, with counts: one statement over all documents, and few small ones.

What is read of each document is a row of numbers. They are compared side by side as arrays, so a hundred thousand
documents cost no Python object each.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np
from django.db.models import Count, QuerySet
from numpy.typing import NDArray

from wayfellow.search import codes, engines
from wayfellow.search.models import Document, Term, Value
from wayfellow.search.words import nearest, pairs, pairs_shared, query_words, typos_allowed

Bits = NDArray[np.bool_]
Live = Mapping[str, Mapping[str, Bits]]
MOST_NEAR = 200


@dataclass(frozen=True)
class Hit:
    """A document that fits, with the facts its owner stored."""

    subject_id: int
    member_id: int
    name: str
    facts: Mapping[str, Any]
    facets: Mapping[str, Sequence[str | int]]
    slots: bytes


@dataclass(frozen=True, eq=False)
class Columns:
    """Documents side by side, by name: an array row each.

    Attributes:
        subjects: what each stands for.
        ranks: how well each matches the words, the least being best.
        slots: bits of free half-hours as bytes, a row each; no columns when they were not asked for.
        beside: what the caller asked to have beside each, by name.
    """

    subjects: NDArray[np.int64]
    ranks: NDArray[np.float64]
    slots: NDArray[np.uint8]
    beside: Mapping[str, NDArray[np.int64]]
    stored: Sequence[bytes]
    values: Mapping[int, tuple[str, str]]

    def __len__(self) -> int:
        return len(self.subjects)

    @cached_property
    def _flat(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Document, place among `_known`, degree of each value of each document."""
        owner, number, degree = codes.unpack(self.stored)
        first = min(self.values, default=0)
        places = np.full(max(self.values, default=0) - first + 1, -1, np.int32)
        places[np.fromiter(self.values, np.int64, len(self.values)) - first] = np.arange(len(self.values))
        return owner, places[number - first], degree

    @cached_property
    def _known(self) -> list[tuple[str, str]]:
        return list(self.values.values())

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(self.subjects)
        return order, self.subjects[order]

    def place_of(self, subject: int) -> int | None:
        """The row of a subject, if it is here."""
        order, subjects = self._sorted
        at = int(np.searchsorted(subjects, subject))
        return int(order[at]) if at < len(subjects) and subjects[at] == subject else None

    def among(self, subjects: Iterable[int]) -> Bits:
        """Which documents are of these subjects."""
        found = np.zeros(len(self), np.bool_)
        for subject in subjects:
            at = self.place_of(subject)
            if at is not None:
                found[at] = True
        return found

    def holds(self, facet: str, wanted: Collection[str] | None = None) -> Bits:
        """Which documents have one of these values, or any value, of a facet."""
        owner, place, _degree = self._flat
        found = np.zeros(len(self), np.bool_)
        chosen = np.array([name == facet and (wanted is None or value in wanted) for name, value in self._known], bool)
        if chosen.any():
            found[owner[chosen[place]]] = True
        return found

    def degrees(self, facet: str, value: str) -> NDArray[np.int64]:
        """The degree of a value in each document, 0 for those without it."""
        owner, place, degree = self._flat
        found = np.zeros(len(self), np.int64)
        for at, known in enumerate(self._known):
            if known == (facet, value):
                here = place == at
                found[owner[here]] = degree[here]
        return found

    def numbers(self, facet: str) -> NDArray[np.int64]:
        """The value of a facet whose values are numbers, for each document; -1 for those without one."""
        owner, place, _degree = self._flat
        known = np.fromiter((int(value) if name == facet else -1 for name, value in self._known), np.int64)
        found = np.full(len(self), -1)
        if len(known):
            here = known[place] >= 0
            found[owner[here]] = known[place[here]]
        return found

    def count(self, among: Bits) -> dict[str, Counter[str]]:
        """How many of some documents have each value, by facet."""
        owner, place, _degree = self._flat
        found: dict[str, Counter[str]] = {}
        for at, n in enumerate(np.bincount(place[among[owner]], minlength=len(self._known)).tolist()):
            if n:
                name, value = self._known[at]
                found.setdefault(name, Counter())[value] += n
        return found


@dataclass(frozen=True, eq=False)
class Found:
    """What a search found.

    Attributes:
        columns: the documents that hold the words, by name.
        fitting: which of them have a chosen value in each facet with a choice.
        counts: facet → value → how many would fit, were this value the only one chosen in its facet.
        without: facet with a choice → how many would fit, were nothing chosen in it.
        spelled: the words that were looked for instead, when what was typed was found nowhere; else empty.
    """

    columns: Columns
    fitting: Bits
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)
    spelled: str = ""


def search(
    organisation_id: int,
    kind: str,
    *,
    text: str = "",
    chosen: Mapping[str, Collection[str]] | None = None,
    live: Callable[[Columns], Live] | None = None,
    beside: QuerySet[Any] | None = None,
    also: Sequence[str] = (),
    slots: int = 0,
) -> Found:
    """Documents of a kind by text and facets.

    Args:
        chosen: wanted values (as text) by facet; a document needs one of them in each facet.
        live: facets the caller reads live: value → which documents have it, by facet.
        beside: the subjects that may be found, where the caller knows who may see which.
        also: columns of `beside` that come back with each document, whole numbers all.
        slots: bytes that free half-hours take; 0 leaves them out.
    """
    columns, spelled = _columns(organisation_id, kind, text=text, beside=beside, also=also, slots=slots)
    facets = live(columns) if live is not None else {}
    return _narrow(columns, {name: set(values) for name, values in (chosen or {}).items() if values}, facets, spelled)


def hits(kind: str, subjects: Iterable[int]) -> list[Hit]:
    """The documents of some subjects, in the order of these; one statement."""
    ids = [int(pk) for pk in subjects]
    rows = Document.objects.filter(kind=kind, subject_id__in=ids).values_list(
        "subject_id", "member_id", "name", "facts", "facets", "slots"
    )
    found = {
        pk: Hit(pk, member_id, name, facts, facets, bytes(slots)) for pk, member_id, name, facts, facets, slots in rows
    }
    return [found[pk] for pk in ids if pk in found]


def _narrow(columns: Columns, chosen: Mapping[str, set[str]], live: Live, spelled: str) -> Found:
    fits: dict[str, Bits] = {}
    for name, wanted in chosen.items():
        if name in live:
            masks = [mask for value, mask in live[name].items() if value in wanted]
            fits[name] = np.logical_or.reduce(masks) if masks else np.zeros(len(columns), np.bool_)
        else:
            fits[name] = columns.holds(name, wanted)
    everybody = np.ones(len(columns), np.bool_)
    fitting = np.logical_and.reduce([everybody, *fits.values()])
    counts = columns.count(fitting)
    for name, values in live.items():
        counts[name] = _count(values, fitting)
    without = {}
    for name in fits:
        rest = np.logical_and.reduce([everybody, *(fit for other, fit in fits.items() if other != name)])
        counts[name] = _count(live[name], rest) if name in live else columns.count(rest).get(name, Counter())
        without[name] = int(rest.sum())
    return Found(columns, fitting, counts, without, spelled)


def _count(values: Mapping[str, Bits], among: Bits) -> Counter[str]:
    return Counter({value: n for value, mask in values.items() if (n := int((mask & among).sum()))})


def _columns(
    organisation_id: int, kind: str, *, text: str, beside: Any, also: Sequence[str], slots: int
) -> tuple[Columns, str]:
    looked_for = query_words(text)
    wanted = ["subject_id", "codes", *(["slots"] if slots else [])]
    read = partial(engines.rows, organisation_id, kind, columns=wanted, beside=beside, also=also)
    rows: list[tuple[Any, ...]] = []
    spelled = ""
    if looked_for or not text.strip():
        rows = read(looked_for)
    if looked_for and not rows:
        meant = _meant(organisation_id, kind, looked_for)
        if meant != looked_for:
            rows = read(meant)
            spelled = " ".join(meant) if rows else ""  # a spelling is a word of somebody: only of those who may be seen
    subjects, stored, *more = zip(*rows, strict=True) if rows else [()] * (len(wanted) + len(also) + bool(looked_for))
    return Columns(
        subjects=np.array(subjects, np.int64),
        ranks=np.array(more.pop(), np.float64) if looked_for else np.zeros(len(rows)),
        slots=_side_by_side(more.pop(0), slots) if slots else np.zeros((len(rows), 0), np.uint8),
        beside={name: np.array(numbers, np.int64) for name, numbers in zip(also, more, strict=True)},
        stored=stored,
        values=_values(organisation_id) if rows else {},
    ), spelled


def _side_by_side(stored: Sequence[bytes], width: int) -> NDArray[np.uint8]:
    found = np.zeros((len(stored), width), np.uint8)
    found[np.fromiter(map(len, stored), np.int64, len(stored)) > 0] = np.frombuffer(b"".join(stored), np.uint8).reshape(
        -1, width
    )
    return found


def _values(organisation_id: int) -> dict[int, tuple[str, str]]:
    rows = Value.objects.filter(organisation=organisation_id).values_list("pk", "facet", "value")
    return {pk: (facet, value) for pk, facet, value in rows}


def _meant(organisation_id: int, kind: str, looked_for: list[str]) -> list[str]:
    """The words, those that nobody holds replaced by the nearest word that somebody does."""
    unknown = engines.unheld(organisation_id, kind, looked_for, beginning=True)
    return [_spell(organisation_id, kind, word) if word in unknown else word for word in looked_for]


def _spell(organisation_id: int, kind: str, word: str) -> str:
    allowed = typos_allowed(word)
    if not allowed:
        return word
    alike = (
        Term.objects.filter(
            organisation=organisation_id,
            kind=kind,
            pair__in=sorted(pairs(word)),
            length__range=(len(word) - allowed, len(word) + allowed),
        )
        .values("text")
        .annotate(shared=Count("pair", distinct=True))
        .filter(shared__gte=pairs_shared(word))
        .order_by("-shared", "text")
        .values_list("text", flat=True)
    )
    return nearest(word, alike[:MOST_NEAR])
