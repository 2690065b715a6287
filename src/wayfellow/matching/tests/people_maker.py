"""People for tests: drawn by hypothesis, or many at once from a seed."""

import random

from hypothesis import strategies as st

from wayfellow.matching.criteria.person import Person

SKILLS = ("strategy", "finance", "coaching", "design", "data")
GOALS = ("move into leadership", "leadership", "public speaking", "speak in public", "change career")
LANGUAGES = ("English", "German", "Portuguese")
SITES = ("Porto", "Kiel", "Leeds")

levels = st.none() | st.integers(1, 5)
skills = st.dictionaries(st.sampled_from(SKILLS), levels, max_size=4)
weeks = st.none() | st.sets(st.integers(0, 11), max_size=8).map(lambda hours: sum(1 << hour for hour in hours))
values = st.fixed_dictionaries({}, optional={"site": st.sampled_from(SITES), "function": st.sampled_from("abc")})


@st.composite
def cohorts(draw, most: int = 9, least: int = 1) -> list[Person]:
    """A few people of both sides, some on both, much of it not stated."""
    count = draw(st.integers(least, most))
    ids = [f"p{number}" for number in range(count)]
    people = []
    for identity in ids:
        side = draw(st.sampled_from(["mentee", "mentor", "both"]))
        capacity = draw(st.integers(0, 3))
        people.append(
            Person(
                identity,
                is_mentee=side != "mentor",
                is_mentor=side != "mentee",
                want=draw(st.integers(0, 2)),
                capacity=capacity,
                minimum=draw(st.integers(0, capacity)),
                skills_wanted=draw(skills),
                skills_offered=draw(skills),
                goals=tuple(draw(st.lists(st.sampled_from(GOALS), max_size=3, unique=True))),
                languages=frozenset(draw(st.sets(st.sampled_from(LANGUAGES), max_size=2))),
                hours=draw(weeks),
                utc_offset=draw(st.none() | st.sampled_from([-8.0, 0.0, 1.0, 5.5, 13.0])),
                perspective=draw(values),
                trained=draw(st.none() | st.booleans()),
                manager_id=draw(st.none() | st.sampled_from([*ids, "somebody else"])),
            )
        )
    return people


def many_people(mentees: int, mentors: int, *, seed: int, coarse: bool = False, most: int = 1) -> list[Person]:
    """Many people; `coarse` gives few different scores, `most` is the largest want and capacity."""
    drawn = random.Random(seed)
    people = []
    for side, count in (("mentee", mentees), ("mentor", mentors)):
        for number in range(count):
            people.append(
                Person(
                    f"{side} {number}",
                    is_mentee=side == "mentee",
                    is_mentor=side == "mentor",
                    want=drawn.randint(0 if most > 1 else 1, most),
                    capacity=drawn.randint(0 if most > 1 else 1, most),
                    minimum=0,
                    skills_wanted=_levels(drawn) if not coarse else {drawn.choice(SKILLS): None},
                    skills_offered=_levels(drawn) if not coarse else {drawn.choice(SKILLS): None},
                    goals=() if coarse else tuple(drawn.sample(GOALS, 2)),
                    languages=frozenset(drawn.sample(LANGUAGES, drawn.randint(1, 2))),
                    hours=None if coarse else sum({1 << drawn.randrange(30) for _ in range(6)}),
                    trained=None if coarse else drawn.choice([True, False, None]),
                )
            )
    drawn.shuffle(people)
    return people


def _levels(drawn: random.Random) -> dict[str, int | None]:
    return {skill: drawn.choice([None, 1, 2, 3, 4, 5]) for skill in drawn.sample(SKILLS, drawn.randint(1, 3))}
