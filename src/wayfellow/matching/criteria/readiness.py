"""Whether a mentor has had the training."""

from collections.abc import Sequence

import numpy as np

from wayfellow.matching.criteria.linear import Linear, by_class, classes_of, with_mean
from wayfellow.matching.criteria.person import Person


def has_data(mentees: Sequence[Person], mentors: Sequence[Person]) -> bool:
    """Whether it is known of any mentor."""
    return bool(mentees) and any(person.trained is not None for person in mentors)


def encode(mentees: Sequence[Person], mentors: Sequence[Person], units: int) -> list[Linear]:
    """1 when the mentor has had the training, else 0."""
    everybody = classes_of([True] * len(mentees))
    theirs = classes_of([person.trained for person in mentors])
    table = np.array([[units * bool(value) for value in theirs.values]])
    return with_mean(by_class(everybody, table, theirs), mentees=everybody.stated, mentors=theirs.stated)


def sentence(mentee: Person, mentor: Person) -> str | None:
    """That the mentor has had it."""
    return "Has done the mentor training" if mentor.trained else None
