"""A language in common."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.criteria.linear import Classes, Linear, by_class, classes_of, with_mean
from wayfellow.matching.criteria.person import Person


def has_data(mentees: Sequence[Person], mentors: Sequence[Person]) -> bool:
    """Whether anybody on both sides states a language."""
    return any(person.languages for person in mentees) and any(person.languages for person in mentors)


def encode(mentees: Sequence[Person], mentors: Sequence[Person], units: int) -> list[Linear]:
    """1 when a language is shared, else 0."""
    ours, theirs = spoken(mentees), spoken(mentors)
    linear = by_class(ours, shares(ours, theirs) * np.float32(units), theirs)
    return with_mean(linear, mentees=ours.stated, mentors=theirs.stated)


def spoken(people: Sequence[Person]) -> Classes[frozenset[str]]:
    """People by the languages they speak."""
    return classes_of([person.languages or None for person in people])


def shares(mentees: Classes[frozenset[str]], mentors: Classes[frozenset[str]]) -> NDArray[np.bool_]:
    """Whether two classes share a language."""
    number: dict[str, int] = {}
    for languages in (*mentees.values, *mentors.values):
        for language in languages:
            number.setdefault(language, len(number))

    def flags(classes: Classes[frozenset[str]]) -> NDArray[np.float32]:
        table = np.zeros((len(classes.values), len(number)), np.float32)
        for at, languages in enumerate(classes.values):
            table[at, [number[language] for language in languages]] = 1
        return table

    return flags(mentees) @ flags(mentors).T > 0


def sentence(mentee: Person, mentor: Person) -> str | None:
    """The languages both speak."""
    shared = sorted(mentee.languages & mentor.languages)
    if not shared:
        return None
    return "Both speak " + (" and ".join([", ".join(shared[:-1]), shared[-1]]) if len(shared) > 1 else shared[0])
