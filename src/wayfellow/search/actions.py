"""Writes the index, always in the caller's transaction.

A subject that changes what can be found of a member calls `touch`. Which documents are then written again is
declared by the subject that owns them, as dotted paths in `search_documents` of its `apps.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from wayfellow.core.registry import contributions
from wayfellow.search import codes, engines
from wayfellow.search.models import Document, Term, Value
from wayfellow.search.words import fold, pairs, words

MOST_WORDS_OF_A_TEXT = 1000
AT_ONCE = 200
WORDS_AT_ONCE = 500


@dataclass(frozen=True)
class Draft:
    """A document to write.

    Attributes:
        kind, subject_id: what it stands for, such as ("mentor", enrolment id).
        texts: text by weight, A to D.
        facets: values by the name of the facet.
        degrees: a number from 1 to 7 of some values, by the name of the facet.
        facts: what the owner wants back with a hit, so that no row is read for it.
        slots: free half-hours of the week as bits.
    """

    kind: str
    subject_id: int
    organisation_id: int
    member_id: int
    name: str
    texts: Mapping[str, str]
    facets: Mapping[str, Sequence[str | int]] = field(default_factory=dict)
    degrees: Mapping[str, Mapping[str | int, int]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    slots: bytes = b""


@transaction.atomic
def index(drafts: Iterable[Draft]) -> None:
    """Write documents, each in place of its earlier version."""
    ordered = sorted(drafts, key=lambda draft: (draft.kind, draft.subject_id))
    for start in range(0, len(ordered), AT_ONCE):
        _write(ordered[start : start + AT_ONCE])


def _write(drafts: list[Draft]) -> None:
    numbers = _numbers(drafts)
    documents = Document.objects.bulk_create(
        [
            Document(
                kind=draft.kind,
                subject_id=draft.subject_id,
                organisation_id=draft.organisation_id,
                member_id=draft.member_id,
                name=draft.name[:200],
                sort_name=fold(draft.name)[:200],
                codes=codes.pack(
                    (numbers[draft.organisation_id, name, str(value)], draft.degrees.get(name, {}).get(value, 0))
                    for name, values in draft.facets.items()
                    for value in dict.fromkeys(values)
                ),
                facets={name: list(values) for name, values in draft.facets.items()},
                facts=dict(draft.facts),
                slots=draft.slots,
            )
            for draft in drafts
        ],
        update_conflicts=True,
        unique_fields=["kind", "subject_id"],
        update_fields=["organisation", "member", "name", "sort_name", "codes", "facets", "facts", "slots"],
    )
    texts: dict[int, dict[str, str]] = {}
    vocabulary: dict[tuple[int, str], set[str]] = defaultdict(set)
    for document, draft in zip(documents, drafts, strict=True):
        found = {weight: words(text)[:MOST_WORDS_OF_A_TEXT] for weight, text in draft.texts.items()}
        texts[document.pk] = {weight: " ".join(these) for weight, these in found.items()}
        for these in found.values():
            vocabulary[draft.organisation_id, draft.kind].update(these)
    before = engines.words_of(texts)
    engines.write(texts)
    for (organisation_id, kind), held in vocabulary.items():
        _learn(organisation_id, kind, held)
        _unlearn(organisation_id, kind, before - held)


def _numbers(drafts: list[Draft]) -> dict[tuple[int, str, str], int]:
    """The number of each value of these documents."""
    wanted = {
        (draft.organisation_id, name, str(value))
        for draft in drafts
        for name, values in draft.facets.items()
        for value in values
    }
    rows = Value.objects.filter(organisation__in={draft.organisation_id for draft in drafts}).order_by("-pk")
    found = {
        (organisation_id, name, value): pk
        for pk, organisation_id, name, value in rows.values_list("pk", "organisation", "facet", "value")
    }
    new = Value.objects.bulk_create(
        Value(organisation_id=organisation_id, facet=name, value=value)
        for organisation_id, name, value in sorted(wanted - found.keys())
    )
    return found | {(value.organisation_id, value.facet, value.value): value.pk for value in new}


def _learn(organisation_id: int, kind: str, held: set[str]) -> None:
    """Add to the vocabulary what is not in it."""
    known = Term.objects.filter(organisation=organisation_id, kind=kind, text__in=held)
    Term.objects.bulk_create(
        (
            Term(organisation_id=organisation_id, kind=kind, pair=pair, length=len(word), text=word)
            for word in sorted(held.difference(known.values_list("text", flat=True).distinct()))
            for pair in sorted(pairs(word))
        ),
        batch_size=2000,
    )


def _unlearn(organisation_id: int, kind: str, gone: set[str]) -> None:
    """Take out of the vocabulary what no document holds any more.

    A word that somebody else writes for the first time in this moment may go too. It is found all the same, only not
    by a typing error, until `rebuild`.
    """
    forgotten = engines.unheld(organisation_id, kind, gone)
    if forgotten:
        Term.objects.filter(organisation=organisation_id, kind=kind, text__in=forgotten).delete()


@transaction.atomic
def remove(kind: str, subject_ids: Iterable[int]) -> None:
    """Take documents out of the index; those that are not in it are no matter."""
    take_out(Document.objects.filter(kind=kind, subject_id__in=list(subject_ids)))


@transaction.atomic
def take_out(documents: QuerySet[Document]) -> None:
    """Delete documents with their text, and the words that only they held."""
    places: dict[tuple[int, str], list[int]] = defaultdict(list)
    for pk, organisation_id, kind in documents.values_list("pk", "organisation", "kind"):
        places[organisation_id, kind].append(pk)
    for (organisation_id, kind), ids in places.items():
        gone = engines.words_of(ids)
        Document.objects.filter(pk__in=ids).delete()
        _unlearn(organisation_id, kind, gone)


_waiting: ContextVar[set[int] | None] = ContextVar("touched_later", default=None)


@contextmanager
def touch_later() -> Iterator[None]:
    """Write what is touched inside the block once, when it ends well: for a load that touches people many times.

    Until then they are found as they were.
    """
    waiting: set[int] = set()
    reset = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(reset)
    touch_all(waiting)


def touch(*members: Any) -> None:
    """Write again all that can be found of these members. Call it in the action that changed them, after the change."""
    touch_all(member.pk for member in members)


def touch_all(member_ids: Iterable[int]) -> None:
    """`touch` for many, by id."""
    waiting = _waiting.get()
    if waiting is None:
        _build(sorted(set(member_ids)))
    else:
        waiting.update(member_ids)


@transaction.atomic
def _build(ids: list[int]) -> None:
    builders = [import_string(path) for path in contributions("search_documents")]
    for start in range(0, len(ids), AT_ONCE):
        for build in builders:
            build(ids[start : start + AT_ONCE])


def rebuild(member_ids: Iterable[int]) -> Iterator[int]:
    """Write the index of these members anew while it serves: some at a time, each batch whole in its own transaction.

    Who searches meanwhile finds each member as before or as after. Yields how many members are done.
    """
    ids = sorted(set(member_ids))
    for start in range(0, len(ids), AT_ONCE):
        batch = ids[start : start + AT_ONCE]
        _build(batch)
        yield start + len(batch)


def sweep_vocabulary(organisation_id: int) -> int:
    """Take out of the vocabulary of an organisation what no document holds. Returns how many words that were."""
    swept = 0
    rows = Term.objects.filter(organisation=organisation_id).values_list("kind", flat=True).distinct()
    for kind in list(rows):
        after = ""
        while some := list(_after(organisation_id, kind, after)[:WORDS_AT_ONCE]):
            after = some[-1]
            with transaction.atomic():
                gone = engines.unheld(organisation_id, kind, some)
                Term.objects.filter(organisation=organisation_id, kind=kind, text__in=gone).delete()
            swept += len(gone)
    return swept


def _after(organisation_id: int, kind: str, word: str) -> QuerySet[Term, str]:
    rows = Term.objects.filter(organisation=organisation_id, kind=kind, text__gt=word).order_by("text")
    return rows.values_list("text", flat=True).distinct()
