from datetime import timedelta
from typing import Any

import pytest

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.meetings.actions import cancel_meeting, log_meeting, mark_held, mark_missed
from wayfellow.meetings.models import Meeting
from wayfellow.meetings.queries.health import MeetingFacts, meeting_facts
from wayfellow.meetings.tests.conftest import THURSDAY

AFTER = THURSDAY + timedelta(hours=2)


def test_held_and_how_long(plan: Any, pair: Any, amara: Any, ines: Any, events: Any) -> None:
    meeting = mark_held(ines, plan(amara, pair), minutes=55, now=AFTER)
    assert (meeting.state, meeting.minutes, meeting.closed_by) == ("held", 55, ines)
    assert meeting.ends_at == THURSDAY + timedelta(minutes=55)
    assert events()[-1] == "meeting_held"


def test_missed_without_blame(plan: Any, pair: Any, amara: Any, ines: Any, told: Any, events: Any) -> None:
    meeting = mark_missed(amara, plan(amara, pair), now=AFTER)
    assert meeting.state == "missed"
    assert told(ines)[-1] == "meeting_missed" and told(amara) == ["meeting_planned"]
    assert events()[-1] == "meeting_missed"
    assert mark_held(ines, meeting, now=AFTER).state == "held"


def test_refused(plan: Any, pair: Any, amara: Any, leif: Any) -> None:
    meeting = plan(amara, pair)
    for act in (mark_held, mark_missed):
        for actor, when, code in [(leif, AFTER, "not_yours"), (amara, None, "not_yet")]:
            with pytest.raises(Refused) as refused:
                act(actor, meeting, now=when)
            assert refused.value.code == code
    mark_held(amara, meeting, now=AFTER)
    with pytest.raises(Refused) as refused:
        mark_held(amara, meeting, now=AFTER)
    assert refused.value.code == "marked_already"
    other = cancel_meeting(amara, plan(amara, pair, starts_at=AFTER))
    with pytest.raises(Refused) as refused:
        mark_held(amara, other, now=AFTER + timedelta(days=1))
    assert refused.value.code == "cancelled"


def test_one_that_nobody_planned_is_logged(pair: Any, amara: Any, now: Any, told: Any, events: Any) -> None:
    meeting = log_meeting(amara, pair, starts_at=now - timedelta(days=2), minutes=40, title="In the canteen")
    assert (meeting.state, meeting.logged, meeting.attendances.count()) == ("held", True, 0)
    assert events() == ["meeting_logged"] and told(amara) == []
    with pytest.raises(Refused) as refused:
        mark_missed(amara, meeting)
    assert refused.value.code == "logged"


@pytest.mark.parametrize(("days", "code"), [(-1, "not_yet"), (40, "too_early")])
def test_a_log_has_limits(pair: Any, amara: Any, now: Any, days: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        log_meeting(amara, pair, starts_at=now - timedelta(days=days), minutes=40)
    assert refused.value.code == code
    assert not Meeting.objects.exists()


def test_a_log_has_a_length(pair: Any, amara: Any, now: Any) -> None:
    with pytest.raises(InvalidInput):
        log_meeting(amara, pair, starts_at=now - timedelta(days=1), minutes=0)


def test_the_facts_for_health_in_one_query(
    plan: Any, pair: Any, group: Any, amara: Any, now: Any, django_assert_num_queries: Any
) -> None:
    log_meeting(amara, pair, starts_at=now - timedelta(days=9), minutes=40)
    log_meeting(amara, pair, starts_at=now - timedelta(days=2), minutes=40)
    plan(amara, pair)
    with django_assert_num_queries(1):
        facts = meeting_facts([pair.pk, group.pk], now=now)
    assert facts[group.pk] == MeetingFacts()
    assert facts[pair.pk] == MeetingFacts(now - timedelta(days=2), THURSDAY, 2, 0)
