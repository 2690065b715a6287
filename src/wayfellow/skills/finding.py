"""Finds skills by what is typed, as fast with fourteen thousand imported ones as with the starter list.

Starter skills and an organisation's own are few: they are ranked here, with their translations and descriptions. Of
imported ones the database gives those that fit, by the folded names in `SkillWords`, and only those shown are loaded.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, overload

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.utils.translation import get_language

from wayfellow.search.words import fold, query_words, spell, words
from wayfellow.skills.models import Skill, SkillWords, Taxonomy
from wayfellow.skills.words import rank

AT_ONCE = 500
_SAME, _PROPER, _OTHER, _INSIDE = -1, 0, 1, 3
"""The ranks of imported skills: a name is just this, the proper one begins so, another does, the words are inside."""

Place = tuple[int, bool, bool, str, int]
"""Rank, whether the name is not to the letter what was typed, whether it is imported, folded name, id."""


class Found(Sequence[Skill]):
    """The skills that were found, best first. They are loaded as they are looked at."""

    def __init__(self, pks: list[int], rows: QuerySet[Skill], loaded: Iterable[Skill] = ()) -> None:
        """
        Args:
            loaded: those that need no further read.
        """
        self.pks = pks
        self._rows = rows
        self._loaded = {skill.pk: skill for skill in loaded}

    def __len__(self) -> int:
        return len(self.pks)

    @overload
    def __getitem__(self, at: int) -> Skill: ...
    @overload
    def __getitem__(self, at: slice) -> list[Skill]: ...
    def __getitem__(self, at: int | slice) -> Skill | list[Skill]:
        if isinstance(at, slice):
            return self._load(self.pks[at])
        return self._load([self.pks[at]])[0]

    def __iter__(self) -> Iterator[Skill]:
        for start in range(0, len(self.pks), AT_ONCE):
            yield from self._load(self.pks[start : start + AT_ONCE])

    def _load(self, pks: list[int]) -> list[Skill]:
        missing = [pk for pk in pks if pk not in self._loaded]
        rows = self._loaded | {skill.pk: skill for skill in (self._rows.filter(pk__in=missing) if missing else ())}
        return [rows[pk] for pk in pks if pk in rows]


def search(
    skills: QuerySet[Skill], text: str, *, rows: QuerySet[Skill] | None = None, limit: int | None = None
) -> Found:
    """The skills that fit what was typed, best first: by name, by other names, by description.

    A word that fits nothing is read as the nearest one that does. Whatever language is read, a skill is found by its
    names in all. Without text, all skills by name.

    Args:
        rows: how those that are shown are loaded; as `skills` if not given.
        limit: how many are wanted at most.
    """
    typed = query_words(text)
    if not typed and text.strip():
        return Found([], skills)
    curated = list(skills.filter(source=""))
    imported = skills.exclude(source="")
    letters = " ".join(fold(text).split())
    places = _places(curated, imported, typed, letters, limit)
    if typed and not places:
        vocabulary = _vocabulary(curated)
        respelled = [spell(word, vocabulary) for word in typed]
        places = [] if respelled == typed else _places(curated, imported, respelled, letters, limit)
    pks = [pk for *_better, pk in sorted(places)][:limit]
    return Found(pks, skills, loaded=curated) if rows is None else Found(pks, rows)


def _places(
    curated: list[Skill], imported: QuerySet[Skill], typed: list[str], letters: str, limit: int | None
) -> list[Place]:
    found = [(0, skill) for skill in curated] if not typed else _ranked(curated, typed)
    named = [(rank, False, fold(str(skill)), skill.pk) for rank, skill in found]
    named += _of_imported(imported, typed, limit)
    return [(rank, name != letters, came, name, pk) for rank, came, name, pk in named]


def _ranked(curated: list[Skill], typed: list[str]) -> list[tuple[int, Skill]]:
    found = []
    for skill in curated:
        names = [words(name) for name in dict.fromkeys((str(skill), *skill.all_names))]
        place = rank(typed, names, description=words(skill.about))
        if place is not None:
            found.append((_SAME if typed in names else place, skill))
    return found


def _of_imported(imported: QuerySet[Skill], typed: list[str], limit: int | None) -> list[tuple[int, bool, str, int]]:
    place: Any = Value(0, output_field=IntegerField())
    if typed:
        phrase = " ".join(typed)
        for word in typed:
            imported = imported.filter(Q(words__text__contains=f"|{word}") | Q(words__text__contains=f" {word}"))
        place = Case(
            When(words__text__contains=f"|{phrase}|", then=_SAME),
            When(words__text__contains=f"||{phrase}", then=_PROPER),
            When(words__text__contains=f"|{phrase}", then=_OTHER),
            default=_INSIDE,
        )
    found = imported.annotate(place=place, said=_said()).order_by("place", "name", "pk")
    rows = found.values_list("place", "said", "name", "pk")[:limit]
    return [(place, bool(typed), fold(said or name), pk) for place, said, name, pk in rows]


def _said() -> Any:
    """The name in the reader's language, if there is one."""
    language = (get_language() or "").split("-")[0]
    return KT(f"labels__{language}__name") if language.isalpha() else F("name")


def _vocabulary(curated: list[Skill]) -> set[str]:
    known = {word for skill in curated for name in (str(skill), *skill.all_names) for word in words(name)}
    stamp = tuple(Taxonomy.objects.order_by("source").values_list("source", "imported_at"))
    return known | _imported_words(stamp) if stamp else known


@lru_cache(maxsize=1)
def _imported_words(stamp: tuple[tuple[str, datetime], ...]) -> frozenset[str]:
    """The words of all imported names, kept until the next import: reading them costs more than all the rest."""
    texts = SkillWords.objects.values_list("text", flat=True).iterator()
    return frozenset(word for text in texts for word in text.replace("|", " ").split())
