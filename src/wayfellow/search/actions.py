"""Writes the index, always in the caller's transaction.

A subject that changes what can be found of a member calls `touch`. Which documents are then written again is
declared by the subject that owns them, as dotted paths in `search_documents` of its `apps.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string

from wayfellow.core.registry import contributions
from wayfellow.search import engines
from wayfellow.search.models import Document, Term
from wayfellow.search.words import words

MOST_WORDS_OF_A_TEXT = 1000
AT_ONCE = 200


@dataclass(frozen=True)
class Draft:
    """A document to write.

    Attributes:
        kind, subject_id: what it stands for, such as ("mentor", enrolment id).
        texts: text by weight, A to D.
        facets: values by the name of the facet.
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
    facts: Mapping[str, Any] = field(default_factory=dict)
    slots: bytes = b""


@transaction.atomic
def index(drafts: Iterable[Draft]) -> None:
    """Write documents, each in place of its earlier version."""
    ordered = sorted(drafts, key=lambda draft: (draft.kind, draft.subject_id))
    for start in range(0, len(ordered), AT_ONCE):
        _write(ordered[start : start + AT_ONCE])


def _write(drafts: list[Draft]) -> None:
    documents = Document.objects.bulk_create(
        [
            Document(
                kind=draft.kind,
                subject_id=draft.subject_id,
                organisation_id=draft.organisation_id,
                member_id=draft.member_id,
                name=draft.name[:200],
                facets={name: list(values) for name, values in draft.facets.items()},
                facts=dict(draft.facts),
                slots=draft.slots,
            )
            for draft in drafts
        ],
        update_conflicts=True,
        unique_fields=["kind", "subject_id"],
        update_fields=["organisation", "member", "name", "facets", "facts", "slots"],
    )
    texts: dict[int, dict[str, str]] = {}
    terms: list[Term] = []
    for document, draft in zip(documents, drafts, strict=True):
        found = {weight: words(text)[:MOST_WORDS_OF_A_TEXT] for weight, text in draft.texts.items()}
        texts[document.pk] = {weight: " ".join(these) for weight, these in found.items()}
        distinct = sorted({word for these in found.values() for word in these})
        terms += [Term(organisation_id=draft.organisation_id, document_id=document.pk, text=word) for word in distinct]
    Term.objects.filter(document__in=[document.pk for document in documents]).delete()
    Term.objects.bulk_create(terms, batch_size=2000)
    engines.write(texts)


@transaction.atomic
def remove(kind: str, subject_ids: Iterable[int]) -> None:
    """Take documents out of the index; those that are not in it are no matter."""
    Document.objects.filter(kind=kind, subject_id__in=list(subject_ids)).delete()


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


def rebuild(member_ids: Iterable[int]) -> int:
    """Write the index of these members from nothing, some at a time, each batch whole. Returns how many members."""
    ids = sorted(set(member_ids))
    for start in range(0, len(ids), AT_ONCE):
        batch = ids[start : start + AT_ONCE]
        with transaction.atomic():
            Document.objects.filter(member__in=batch).delete()
            touch_all(batch)
    return len(ids)
