from datetime import timedelta
from typing import Any

import pytest

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.meetings.actions import answer_invitation, cancel_meeting, move_meeting, propose_slots
from wayfellow.meetings.tests.conftest import THURSDAY

FRIDAY = THURSDAY + timedelta(days=1)


def test_all_are_asked_again(plan: Any, pair: Any, amara: Any, ines: Any, told: Any, events: Any) -> None:
    meeting = answer_invitation(ines, plan(amara, pair), answer="yes")
    moved = move_meeting(ines, meeting, starts_at=FRIDAY, minutes=45, word=" Sorry ")
    assert (moved.starts_at, moved.minutes, moved.sequence, moved.uid) == (FRIDAY, 45, 1, meeting.uid)
    assert (moved.moved_from, moved.moved_by, moved.word) == (THURSDAY, ines, "Sorry")
    assert dict(moved.attendances.values_list("member", "answer")) == {amara.pk: "waiting", ines.pk: "yes"}
    assert told(amara)[-1] == told(ines)[-1] == "meeting_moved"
    assert events()[-1] == "meeting_moved"


def test_times_offered_for_it_are_closed(plan: Any, pair: Any, amara: Any, ines: Any) -> None:
    meeting = plan(amara, pair)
    proposal = propose_slots(ines, pair, starts=[FRIDAY], minutes=60, meeting=meeting)
    move_meeting(amara, meeting, starts_at=FRIDAY + timedelta(hours=3))
    proposal.refresh_from_db()
    assert proposal.state == "closed"


def test_its_own_time_is_no_obstacle(plan: Any, pair: Any, amara: Any) -> None:
    meeting = plan(amara, pair)
    assert move_meeting(amara, meeting, starts_at=THURSDAY + timedelta(minutes=30)).sequence == 1


def test_refused(plan: Any, pair: Any, amara: Any, leif: Any, now: Any) -> None:
    meeting = plan(amara, pair)
    with pytest.raises(InvalidInput, match="already"):
        move_meeting(amara, meeting, starts_at=THURSDAY)
    for actor, at, when, code in [
        (leif, FRIDAY, now, "not_yours"),
        (amara, now - timedelta(days=1), now, "past"),
        (amara, FRIDAY, THURSDAY + timedelta(hours=2), "over_already"),
    ]:
        with pytest.raises(Refused) as refused:
            move_meeting(actor, meeting, starts_at=at, now=when)
        assert refused.value.code == code
    cancel_meeting(amara, meeting)
    with pytest.raises(Refused) as refused:
        move_meeting(amara, meeting, starts_at=FRIDAY)
    assert refused.value.code == "not_planned"


def test_one_of_a_series_moves_alone(plan: Any, pair: Any, amara: Any) -> None:
    first = plan(amara, pair, every_weeks=2, times=3)
    second = first.series.meetings.order_by("recurs_at")[1]
    move_meeting(amara, second, starts_at=second.starts_at + timedelta(days=1))
    assert list(first.series.meetings.order_by("recurs_at").values_list("sequence", flat=True)) == [0, 1, 0]
    first.series.refresh_from_db()
    assert first.series.sequence == 0
