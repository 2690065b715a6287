from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.jobs.models import Job
from wayfellow.meetings.actions import save_video_link, schedule_meeting
from wayfellow.meetings.models import BusyTime, Meeting, Series
from wayfellow.meetings.tests.conftest import THURSDAY
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.safety.actions import block_member


def test_everybody_is_invited_and_told(plan: Any, pair: Any, amara: Any, ines: Any, told: Any, events: Any) -> None:
    meeting = plan(amara, pair, title="  First talk ")
    assert (meeting.state, meeting.title, meeting.zone) == ("scheduled", "First talk", "Africa/Nairobi")
    assert meeting.ends_at == THURSDAY + timedelta(hours=1)
    answers = dict(meeting.attendances.values_list("member", "answer"))
    assert answers == {amara.pk: "yes", ines.pk: "waiting"}
    assert told(amara) == told(ines) == ["meeting_planned"]
    assert Job.objects.filter(key__startswith="notice:").count() == 2
    assert events() == ["meeting_scheduled"]


def test_a_group_is_invited_without_whoever_left(plan: Any, group: Any, amara: Any, kofi: Any, now: Any) -> None:
    Participant.objects.filter(enrolment__member=kofi).update(left_at=now - timedelta(hours=1))
    meeting = plan(amara, group)
    assert meeting.attendances.count() == 3
    assert Meeting.objects.visible_to(kofi).count() == 0


def test_who_left_a_group_keeps_what_had_begun(plan: Any, group: Any, amara: Any, kofi: Any, now: Any) -> None:
    meeting = plan(amara, group)
    Participant.objects.filter(enrolment__member=kofi).update(left_at=now + timedelta(hours=1))
    assert not Meeting.objects.visible_to(kofi).exists()
    Participant.objects.filter(enrolment__member=kofi).update(left_at=THURSDAY + timedelta(minutes=5))
    assert list(Meeting.objects.visible_to(kofi)) == [meeting]


def test_the_video_room_is_the_actors_or_anothers(plan: Any, pair: Any, amara: Any, ines: Any) -> None:
    save_video_link(ines, video_link="https://video.example.org/ines")
    assert plan(amara, pair).video_link == "https://video.example.org/ines"
    save_video_link(amara, video_link="https://meet.example.org/amara")
    assert plan(amara, pair, starts_at=THURSDAY + timedelta(days=1)).video_link == "https://meet.example.org/amara"
    assert plan(amara, pair, starts_at=THURSDAY + timedelta(days=2), video_link="").video_link == ""


@pytest.mark.parametrize("link", ["javascript:alert(1)", "video.example.org", "https://a b", "https://u:p@x.example"])
def test_a_link_must_open_safely(plan: Any, pair: Any, amara: Any, link: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        plan(amara, pair, video_link=link)
    assert (refused.value.code, refused.value.field) == ("link_wrong", "video_link")


@pytest.mark.parametrize("minutes", [0, 9, 481])
def test_a_length_has_limits(plan: Any, pair: Any, amara: Any, minutes: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        plan(amara, pair, minutes=minutes)
    assert refused.value.code == "minutes_wrong"
    assert not Meeting.objects.exists()


def test_what_is_refused(plan: Any, pair: Any, amara: Any, ines: Any, leif: Any, now: Any) -> None:
    def code(actor: Any, **fields: Any) -> str:
        with pytest.raises(Refused) as refused:
            plan(actor, pair, **fields)
        return refused.value.code

    assert code(leif) == "not_yours"
    assert code(amara, starts_at=now - timedelta(minutes=1)) == "past"
    assert code(amara, starts_at=now + timedelta(days=400)) == "too_far"
    Relationship.objects.update(state="paused", paused_at=now, paused_until=date(2026, 12, 1))
    assert code(amara) == "paused"
    assert plan(amara, pair, starts_at=datetime(2026, 12, 1, 9, tzinfo=UTC)).pk
    Relationship.objects.update(state="completed", paused_at=None, paused_until=None)
    assert code(amara, starts_at=THURSDAY + timedelta(days=9)) == "already_ended"
    Relationship.objects.update(state="active")
    block_member(ines, amara)
    assert code(amara, starts_at=THURSDAY + timedelta(days=9)) == "not_just_now"
    assert code(ines, starts_at=THURSDAY + timedelta(days=9)) == "not_just_now"


def test_an_overlap_needs_a_second_yes_and_tells_only_when(
    plan: Any, pair: Any, together: Any, amara: Any, ines: Any, leif: Any
) -> None:
    plan(ines, together(leif, ines), title="Secret of Leif", starts_at=THURSDAY + timedelta(minutes=30))
    with pytest.raises(InvalidInput) as refused:
        plan(amara, pair)
    assert refused.value.code == "overlaps"
    words = str(refused.value)
    assert "Inês has another meeting then" in words
    assert "16:30–17:30" in words and "Secret" not in words and "Leif" not in words
    assert plan(amara, pair, despite_overlap=True).pk


def test_one_connected_calendar_is_enough_to_warn(plan: Any, pair: Any, amara: Any, ines: Any) -> None:
    BusyTime.objects.create(
        organisation=ines.organisation, member=ines, starts_at=THURSDAY, ends_at=THURSDAY + timedelta(hours=2)
    )
    with pytest.raises(InvalidInput, match="Inês’s calendar says busy then"):
        plan(amara, pair)
    assert plan(amara, pair, starts_at=THURSDAY + timedelta(hours=2)).pk


def test_a_meeting_one_said_no_to_is_no_obstacle(plan: Any, pair: Any, together: Any, ines: Any, leif: Any) -> None:
    other = plan(leif, together(leif, ines))
    other.attendances.filter(member=ines).update(answer="no")
    assert plan(ines, pair).pk


def test_a_series_keeps_its_hour_when_clocks_change(pair: Any, ines: Any, now: Any) -> None:
    first = datetime(2027, 3, 15, 18, 0, tzinfo=UTC)  # 18:00 in Lisbon; clocks go forward on 28 March
    meeting = schedule_meeting(ines, pair, starts_at=first, minutes=60, every_weeks=1, times=4, now=now)
    starts = list(meeting.series.meetings.order_by("recurs_at").values_list("starts_at", flat=True))
    assert [f"{start:%d %H}" for start in starts] == ["15 18", "22 18", "29 17", "05 17"]
    assert {one.uid for one in meeting.series.meetings.all()} == {meeting.series.uid}
    assert meeting.series.last_on == date(2027, 4, 5)


@pytest.mark.parametrize(("fields", "code"), [
    ({"every_weeks": 13, "times": 3}, "rhythm_wrong"),
    ({"every_weeks": 1, "times": 1}, "times_wrong"),
    ({"every_weeks": 1, "times": 27}, "times_wrong"),
])  # fmt: skip
def test_a_series_has_limits(plan: Any, pair: Any, amara: Any, fields: Any, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        plan(amara, pair, **fields)
    assert refused.value.code == code
    assert not Series.objects.exists()


def test_a_series_ends_within_a_year(plan: Any, pair: Any, amara: Any) -> None:
    with pytest.raises(Refused) as refused:
        plan(amara, pair, every_weeks=4, times=20)
    assert refused.value.code == "too_far"
    assert not Meeting.objects.exists() and not Series.objects.exists()
