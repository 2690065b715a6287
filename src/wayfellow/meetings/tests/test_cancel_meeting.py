from datetime import timedelta
from typing import Any

import pytest

from wayfellow.core.errors import Refused
from wayfellow.jobs.running import run_pending
from wayfellow.meetings.actions import cancel_meeting
from wayfellow.meetings.models import Attendance, Meeting
from wayfellow.meetings.tests.conftest import THURSDAY
from wayfellow.relationships.actions import end_relationship
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.safety.actions import block_member


def test_the_others_get_the_word(plan: Any, pair: Any, amara: Any, ines: Any, told: Any, events: Any) -> None:
    meeting = cancel_meeting(amara, plan(amara, pair), word="My shift moved.")
    assert (meeting.state, meeting.word, meeting.closed_by, meeting.sequence) == (
        "cancelled",
        "My shift moved.",
        amara,
        1,
    )
    assert told(ines)[-1] == told(amara)[-1] == "meeting_cancelled"
    assert ines.notices.last().facts["word"] == "My shift moved."
    assert events()[-1] == "meeting_cancelled"


def test_refused(plan: Any, pair: Any, amara: Any, leif: Any) -> None:
    meeting = plan(amara, pair)
    for actor, when, code in [(leif, None, "not_yours"), (amara, THURSDAY + timedelta(hours=1), "over_already")]:
        with pytest.raises(Refused) as refused:
            cancel_meeting(actor, meeting, now=when)
        assert refused.value.code == code
    cancel_meeting(amara, meeting)
    with pytest.raises(Refused) as refused:
        cancel_meeting(amara, meeting)
    assert refused.value.code == "not_planned"


def test_the_rest_of_a_series_goes_too(plan: Any, pair: Any, amara: Any) -> None:
    first = plan(amara, pair, every_weeks=1, times=4)
    second = first.series.meetings.order_by("recurs_at")[1]
    cancel_meeting(amara, second, rest=True)
    states = list(first.series.meetings.order_by("recurs_at").values_list("state", flat=True))
    assert states == ["scheduled", "cancelled", "cancelled", "cancelled"]
    first.series.refresh_from_db()
    assert first.series.last_on == first.series.first_on


def test_an_ending_calls_off_what_lies_ahead(plan: Any, pair: Any, amara: Any, ines: Any, now: Any, told: Any) -> None:
    plan(amara, pair)
    plan(amara, pair, starts_at=THURSDAY + timedelta(days=2), every_weeks=1, times=3)
    end_relationship(ines, pair, goodbye="Thank you for our talks, Amara.", now=now)
    run_pending()
    assert set(Meeting.objects.values_list("state", flat=True)) == {"cancelled"}
    assert told(amara).count("meeting_cancelled") == 2


def test_a_block_calls_off_what_two_had_planned_and_tells_nobody_why(
    plan: Any, pair: Any, amara: Any, ines: Any
) -> None:
    meeting = plan(amara, pair)
    block_member(ines, amara)
    run_pending()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.closed_by, meeting.word) == ("cancelled", None, "")
    assert amara.notices.last().facts["who"] == ""


def test_a_block_in_a_group_leaves_the_others_their_meeting(
    plan: Any, group: Any, amara: Any, kofi: Any, ines: Any
) -> None:
    meeting = plan(ines, group)
    block_member(amara, kofi)
    run_pending()
    meeting.refresh_from_db()
    assert meeting.is_planned
    cancel_meeting(amara, meeting)


def test_who_leaves_a_group_is_expected_no_more(plan: Any, group: Any, amara: Any, kofi: Any, now: Any) -> None:
    from wayfellow.audit.actions import record

    meeting = plan(amara, group)
    Participant.objects.filter(enrolment__member=kofi).update(left_at=now)
    record("relationship_left", actor=kofi, organisation=kofi.organisation, about=Relationship.objects.get())
    run_pending()
    assert not Attendance.objects.filter(meeting=meeting, member=kofi).exists()
    assert meeting.attendances.count() == 3
