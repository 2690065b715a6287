"""A different perspective, along the dimensions that a manager names."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.criteria.linear import Classes, Linear, by_class, classes_of, with_mean
from wayfellow.matching.criteria.person import Person


def usable(mentees: Sequence[Person], mentors: Sequence[Person], dimensions: Sequence[str]) -> list[str]:
    """The dimensions along which anybody on both sides states something."""
    return [
        dimension
        for dimension in dict.fromkeys(dimensions)
        if any(p.perspective.get(dimension) for p in mentees) and any(p.perspective.get(dimension) for p in mentors)
    ]


def encode(mentees: Sequence[Person], mentors: Sequence[Person], units: int, dimensions: Sequence[str]) -> list[Linear]:
    """Share of the dimensions along which the two differ; each dimension has its own mean."""
    parts: list[Linear] = []
    for dimension in dimensions:
        ours, theirs = stated(mentees, dimension), stated(mentors, dimension)
        linear = by_class(ours, differs(ours, theirs) * np.float32(units // len(dimensions)), theirs)
        parts += with_mean(linear, mentees=ours.stated, mentors=theirs.stated)
    return parts


def stated(people: Sequence[Person], dimension: str) -> Classes[str]:
    """People by what they state along a dimension."""
    return classes_of([person.perspective.get(dimension) or None for person in people])


def differs(mentees: Classes[str], mentors: Classes[str]) -> NDArray[np.bool_]:
    """Whether two classes are not the same."""
    number = {value: at for at, value in enumerate(mentees.values)}
    theirs = np.array([number.get(value, -1) for value in mentors.values], dtype=np.int64)
    return np.arange(len(mentees.values))[:, None] != theirs


def sentence(mentee: Person, mentor: Person, dimensions: Sequence[str]) -> str | None:
    """Where the two differ."""
    found = []
    for dimension in dimensions:
        one, other = mentee.perspective.get(dimension), mentor.perspective.get(dimension)
        if one and other and one != other:
            found.append(f"{dimension} ({one} and {other})")
    return "Different " + ", ".join(found) if found else None
