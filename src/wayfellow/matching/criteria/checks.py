"""What can be wrong with people."""

from collections.abc import Iterator, Sequence

from wayfellow.matching.build.checks import id_fault
from wayfellow.matching.criteria.person import HOURS_OF_A_WEEK, LEVELS, Person
from wayfellow.matching.errors import Finding
from wayfellow.matching.problem import LARGEST_COUNT

# Zones lie between 12 hours behind UTC and 14 hours ahead of it.
_OFFSETS = (-12, 14)


def findings_of_people(people: Sequence[Person]) -> list[Finding]:
    """Everything that is wrong with people, row by row."""
    findings = []
    seen: set[str] = set()
    for row, person in enumerate(people):
        text = id_fault(person.id) or (f"{person.id!r} stands here twice" if person.id in seen else "")
        seen.add(person.id)
        faults = [("id", text)] if text else []
        faults += _faults(person)
        findings += [Finding(text, "people", row, column) for column, text in faults]
    return findings


def _faults(person: Person) -> Iterator[tuple[str, str]]:
    if person.is_mentee and not 0 <= person.want <= LARGEST_COUNT:
        yield "want", f"{person.want} is not between 0 and {LARGEST_COUNT:,}"
    if person.is_mentor:
        if not 0 <= person.capacity <= LARGEST_COUNT:
            yield "capacity", f"{person.capacity} is not between 0 and {LARGEST_COUNT:,}"
        elif person.minimum > person.capacity:
            yield "minimum", f"{person.minimum} is more than the capacity, {person.capacity}"
        if person.minimum < 0:
            yield "minimum", f"{person.minimum} is less than 0"
    for column, skills in (("skills_wanted", person.skills_wanted), ("skills_offered", person.skills_offered)):
        for skill, level in skills.items():
            if level is not None and level not in LEVELS:
                yield column, f"level {level} of {skill} is not between {LEVELS[0]} and {LEVELS[-1]}"
    if person.hours is not None and not 0 <= person.hours < 1 << HOURS_OF_A_WEEK:
        yield "hours", "the bits go beyond the hours of a week"
    if person.utc_offset is not None and not _OFFSETS[0] <= person.utc_offset <= _OFFSETS[1]:
        yield "utc_offset", f"{person.utc_offset} is not between {_OFFSETS[0]} and {_OFFSETS[1]} hours"
