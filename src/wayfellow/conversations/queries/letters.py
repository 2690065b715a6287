"""Letters of one conversation, some at a time: newest last, read backwards. Each in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wayfellow.conversations.models import Draft, Message, Reading
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.search.words import fold

AT_ONCE = 20
MOST_WORDS = 8


@dataclass(frozen=True)
class Letters:
    """Some letters, oldest first.

    Attributes:
        older: the letter before which earlier ones are, or None.
        newer: the letter after which later ones are, or None.
    """

    letters: list[Message]
    older: int | None
    newer: int | None


def letters_of(relationship: Relationship, reader: Member) -> QuerySet[Message]:
    """What somebody may read of a conversation, with authors and files."""
    rows = Message.objects.visible_to(reader).filter(relationship=relationship)
    return rows.select_related("author").defer("folded", "whole").prefetch_related("files")


def read_letters(
    relationship: Relationship,
    reader: Member,
    *,
    search: str = "",
    before: int | None = None,
    after: int | None = None,
    upto: int | None = None,
    most: int = AT_ONCE,
) -> Letters:
    """The newest letters, or those before, after or up to one of them; with `search` those that hold all its words."""
    rows = with_words(letters_of(relationship, reader), search)
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: most + 1])
        more_after, shown = len(found) > most, found[:most]
        return Letters(shown, shown[0].pk if shown else None, shown[-1].pk if more_after else None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    elif upto is not None:
        rows = rows.filter(pk__lte=upto)
    found = list(rows.order_by("-pk")[: most + 1])
    shown = found[:most][::-1]
    is_back = before is not None or upto is not None
    older = shown[0].pk if len(found) > most else None
    return Letters(shown, older, shown[-1].pk if is_back and shown else None)


def with_words(rows: QuerySet[Message], search: str) -> QuerySet[Message]:
    """The letters that hold all these words, without regard to case and accents."""
    for word in fold(search.replace("\0", "")).split()[:MOST_WORDS]:
        rows = rows.filter(folded__contains=word)
    return rows


def all_letters(relationship: Relationship, reader: Member) -> Iterator[Message]:
    """Everything one may read, oldest first, some at a time."""
    return letters_of(relationship, reader).order_by("pk").iterator(chunk_size=500)


@dataclass(frozen=True)
class Unread:
    """Letters of others that somebody has not read yet."""

    count: int
    newest: datetime


def unread_of(reader: Member, *, relationship: Relationship | None = None) -> dict[int, Unread]:
    """What somebody has not read yet, by relationship; those without anything are left out. One query."""
    read = Reading.objects.visible_to(reader).filter(relationship=OuterRef("relationship")).values("until")[:1]
    rows = Message.objects.visible_to(reader).filter(deleted_at__isnull=True).exclude(author=reader)
    if relationship is not None:
        rows = rows.filter(relationship=relationship)
    new = rows.filter(pk__gt=Coalesce(Subquery(read), 0)).order_by()
    found = new.values("relationship").annotate(count=Count("pk"), newest=Max("created_at"))
    return {row["relationship"]: Unread(row["count"], row["newest"]) for row in found}


def draft_of(reader: Member, relationship: Relationship) -> Draft | None:
    """What somebody began to write."""
    return Draft.objects.visible_to(reader).filter(relationship=relationship).first()


def read_until(reader: Member, relationship: Relationship) -> int:
    """The last letter somebody has read; 0 for none."""
    rows = Reading.objects.visible_to(reader).filter(relationship=relationship)
    return rows.values_list("until", flat=True).first() or 0


def others_of(relationship: Relationship, reader: Member) -> list[Any]:
    """The other participants that are in it still, mentors first; everybody else who was when nobody is."""
    others = [row for row in relationship.participants.all() if row.enrolment.member_id != reader.pk]
    here = [row for row in others if row.left_at is None]
    return sorted(here or others, key=lambda row: (row.role != "mentor", row.pk))


def first_new(letters: list[Message], *, reader: Member, until: int) -> Message | None:
    """The first of these letters that the reader has not seen yet."""
    new = (letter for letter in letters if letter.pk > until and letter.author_id != reader.pk)
    return next((letter for letter in new if letter.deleted_at is None), None)
