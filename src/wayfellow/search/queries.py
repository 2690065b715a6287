"""Finds documents by text and facets, with counts, in at most four statements whatever the number of documents."""

from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wayfellow.search import engines
from wayfellow.search.models import Document, Term
from wayfellow.search.words import query_words, spell

Values = Sequence[str | int]


@dataclass(frozen=True)
class Hit:
    """A document that fits, with the facts its owner stored."""

    subject_id: int
    member_id: int
    name: str
    facts: Mapping[str, Any]
    facets: Mapping[str, Values]
    slots: bytes
    rank: int


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes:
        hits: those that fit text and facets; best text match first, then by name.
        counts: facet → value → how many would fit, were this value the only one chosen in its facet.
        spelled: the words that were looked for instead, when what was typed was found nowhere; else empty.
    """

    hits: list[Hit]
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    spelled: str = ""


def documents(
    organisation_id: int, kind: str, *, text: str = "", among: Collection[int] | None = None
) -> tuple[list[Hit], str]:
    """All documents of a kind that hold the words of the text, and how the words had to be spelled ("" as typed).

    Args:
        among: the only subjects that are wanted, some hundred at most.
    """
    looked_for = query_words(text)
    rows = Document.objects.filter(organisation=organisation_id, kind=kind)
    if among is not None:
        rows = rows.filter(subject_id__in=among)
    ranks: dict[int, int] = {}
    spelled = ""
    if text.strip():
        ranks, spelled = _match(organisation_id, kind, looked_for)
        if not ranks:
            return [], spelled
        if len(ranks) <= engines.MOST_IDS:
            rows = rows.filter(pk__in=list(ranks))
    hits = [
        Hit(subject_id, member_id, name, facts, facets, bytes(slots), ranks.get(pk, 0))
        for pk, subject_id, member_id, name, facts, facets, slots in rows.order_by("name", "pk").values_list(
            "pk", "subject_id", "member_id", "name", "facts", "facets", "slots"
        )
        if not text.strip() or pk in ranks
    ]
    return sorted(hits, key=lambda hit: hit.rank), spelled


def narrow(
    hits: Sequence[Hit],
    *,
    chosen: Mapping[str, Container[str]],
    live: Mapping[int, Mapping[str, Values]] | None = None,
) -> tuple[list[Hit], dict[str, Counter[str]]]:
    """The hits that have a chosen value in each facet with a choice; and each facet's counts under all the others.

    Args:
        live: facets that are not in the index, by subject id, such as whether there is a free place now.
    """
    fitting: list[Hit] = []
    counts: dict[str, Counter[str]] = {}
    for hit in hits:
        facets = {**hit.facets, **(live or {}).get(hit.subject_id, {})}
        values = {name: [str(value) for value in these] for name, these in facets.items()}
        missed = [name for name, wanted in chosen.items() if not any(value in wanted for value in values.get(name, ()))]
        if not missed:
            fitting.append(hit)
        if len(missed) > 1:
            continue
        for name in missed or values:
            counts.setdefault(name, Counter()).update(values.get(name, ()))
    return fitting, counts


def search(
    organisation_id: int,
    kind: str,
    *,
    text: str = "",
    chosen: Mapping[str, Container[str]] | None = None,
    live: Mapping[int, Mapping[str, Values]] | None = None,
    among: Container[int] | None = None,
) -> Found:
    """Documents of a kind by text and facets.

    Args:
        chosen: wanted values (as text) by facet; a document needs one of them in each facet.
        live: facets the caller reads live, by subject id.
        among: the only subjects that may be found, where the caller knows who may see which.
    """
    hits, spelled = documents(organisation_id, kind, text=text)
    if among is not None:
        hits = [hit for hit in hits if hit.subject_id in among]
        spelled = spelled if hits else ""  # a spelling is a word of somebody: only of those who may be seen
    fitting, counts = narrow(hits, chosen={k: v for k, v in (chosen or {}).items() if v}, live=live)
    return Found(fitting, counts, spelled)


def _match(organisation_id: int, kind: str, looked_for: list[str]) -> tuple[dict[int, int], str]:
    if not looked_for:
        return {}, ""
    ranks = engines.match(organisation_id, kind, looked_for)
    if ranks:
        return ranks, ""
    vocabulary = list(
        Term.objects.filter(organisation=organisation_id, document__kind=kind)
        .order_by("text")
        .values_list("text", flat=True)
        .distinct()
    )
    meant = [spell(word, vocabulary) for word in looked_for]
    if meant == looked_for:
        return {}, ""
    return engines.match(organisation_id, kind, meant), " ".join(meant)
