"""Goals, topics, values and ways of working: how alike two lists of phrases are."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from wayfellow.matching.criteria.linear import Linear, with_mean
from wayfellow.matching.criteria.person import Person

WORD = re.compile(r"\w+")
# A single word is worth naming as something in common when it is not one of the small words.
SHORTEST_WORD = 5
_SMALL_WORDS = """
about above after again along among another around because before being below better between could doing during every
first found from getting going great having into learn learning little makes making might never other others people
really second should since skills small something start still their there these things third those through today towards
under until using wants where which while within without would years yourself
allem andere anderen besser durch einem einen einer erste ersten etwas haben immer kleine lernen meine meinem meinen
meiner möchte neuen nicht unter viele werden wieder zwischen
antes aprender como cuando desde donde entre hacer hasta mejor mejorar mucho nuevo nueva otras otros para pequeño poder
primer primera primero quiero sobre tener
apprendre aussi autre autres avant avoir cette comme dans depuis faire leurs mieux nouveau nouvelle petit petite plus
pouvoir premier première quand souhaite toujours
ainda depois fazer maior melhor melhorar muito outras outros pequena pequeno primeira primeiro quero todos
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def has_data(mentees: Sequence[Person], mentors: Sequence[Person]) -> bool:
    """Whether anybody on both sides names a goal."""
    return any(person.goals for person in mentees) and any(person.goals for person in mentors)


def encode(mentees: Sequence[Person], mentors: Sequence[Person], units: int) -> list[Linear]:
    """Cosine of the lists of phrases and words, each weighted by 1 + ln(people / people who name it)."""
    people = {person.id: person for person in (*mentees, *mentors) if person.goals}
    features = {identity: features_of(person.goals) for identity, person in people.items()}
    named = Counter(feature for own in features.values() for feature in own)
    weight = {feature: 1 + math.log(len(people) / count) for feature, count in named.items()}
    length = {
        identity: math.sqrt(math.fsum(weight[feature] ** 2 for feature in own)) for identity, own in features.items()
    }
    scale = math.isqrt(units)
    known: dict[str, int] = {}
    for person in mentors:
        for feature in features.get(person.id, ()):
            known.setdefault(feature, len(known))
    wanted = {feature for person in mentees for feature in features.get(person.id, ()) if feature in known}
    columns = {feature: at for at, feature in enumerate(feature for feature in known if feature in wanted)}

    def entries(side: Sequence[Person]) -> tuple[list[int], list[int], list[int]]:
        row, column, value = [], [], []
        for i, person in enumerate(side):
            for feature in features.get(person.id, ()):
                if (at := columns.get(feature)) is not None:
                    row.append(i)
                    column.append(at)
                    value.append(int(scale * (weight[feature] / length[person.id])))
        return row, column, value

    row, column, value = entries(mentees)
    matrix = np.zeros((len(columns), len(mentors)), np.float32)
    holder, at, amount = entries(mentors)
    matrix[at, holder] = amount
    linear = Linear(np.array(row, np.int64), np.array(column, np.int64), np.array(value, np.float32), matrix)
    return with_mean(
        linear,
        mentees=np.array([bool(person.goals) for person in mentees], np.bool_),
        mentors=np.array([bool(person.goals) for person in mentors], np.bool_),
    )


def features_of(goals: Sequence[str]) -> frozenset[str]:
    """What a list of phrases is compared by: the phrases and their words."""
    return frozenset().union(*(_features(goal) for goal in goals))


@lru_cache(maxsize=65_536)
def _features(goal: str) -> frozenset[str]:
    phrase = " ".join(goal.casefold().split())
    return frozenset([phrase, *WORD.findall(phrase)])


def sentence(mentee: Person, mentor: Person) -> str | None:
    """The phrases both name, else the longest words both use, at most three; small words say nothing."""
    theirs = {" ".join(goal.casefold().split()) for goal in mentor.goals}
    same = [goal for goal in dict.fromkeys(mentee.goals) if " ".join(goal.casefold().split()) in theirs]
    if same:
        return ("Same goal: " if len(same) == 1 else "Same goals: ") + "; ".join(same[:3])
    shared = features_of(mentee.goals) & features_of(mentor.goals)
    words = sorted(
        (word for word in shared if len(word) >= SHORTEST_WORD and word not in _SMALL),
        key=lambda word: (-len(word), word),
    )
    if not words:
        return None
    return f"Their goals share the {'word' if len(words) == 1 else 'words'} {_listed(words[:3])}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
