"""Where people agree, where they differ, and who has signed what."""

from collections.abc import Iterable
from typing import Any

from wayfellow.relationships.clauses import Clause, Values, differing, part, template_for
from wayfellow.relationships.models import Agreement, AgreementAnswers, Participant, Relationship
from wayfellow.relationships.policy.agreements import newest


def sides_of(answers: Iterable[AgreementAnswers], people: Iterable[Participant]) -> dict[int, Values]:
    """What these people answered, by the participant's primary key."""
    here = {one.pk for one in people}
    return {row.participant_id: row.values for row in answers if row.participant_id in here}


def open_points(agreement: Agreement | None, people: Iterable[Participant]) -> list[Clause]:
    """The points on which those who are here differ, and on which the text says nothing yet."""
    version = newest(agreement)
    if agreement is None or version is None:
        return []
    here = [one for one in people if one.is_present]
    return still_open(version.values, sides_of(agreement.answers.filter(shown_at__isnull=False), here), agreement)


def still_open(values: Values, sides: dict[int, Values], agreement: Agreement) -> list[Clause]:
    """As `open_points`, for what was read already."""
    return [clause for clause in differing(sides, agreement.template) if not part(values, clause)]


def usual_template(relationship: Relationship, people: Iterable[Participant]) -> Any:
    """The template a relationship starts from, unless its people choose another."""
    request = relationship.request
    once = request is not None and request.how_often == request.HowOften.JUST_ONCE
    kind = relationship.cohort.programme.kind
    return template_for(people=len([one for one in people if one.is_present]), kind=kind, just_once=once)
