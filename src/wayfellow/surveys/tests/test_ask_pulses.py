"""Day 14, day 30, then every 60 days; one reminder; silence where somebody stopped it."""

from datetime import timedelta

import pytest

from wayfellow.audit.models import Event
from wayfellow.jobs.batches import SomeFailed
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.meetings.actions import log_meeting
from wayfellow.notifications.models import Notice
from wayfellow.relationships.models import Relationship
from wayfellow.surveys.actions import ask_pulses, choose_surveys, remind_of_surveys
from wayfellow.surveys.actions.asking import ask_after_meeting
from wayfellow.surveys.models import SurveyInvitation
from wayfellow.surveys.queries.due import day_due


@pytest.mark.parametrize(
    ("age", "day"),
    [(0, None), (13, None), (14, 14), (29, 14), (30, 30), (89, 30), (90, 90), (149, 90), (150, 150), (1110, 1110)],
)
def test_the_days_of_the_schedule(age, day):
    assert day_due(age) == day


def test_both_are_asked_once_on_the_day(together, amara, ines, now):
    found = together(amara, ines, days=14)
    for _again in range(3):
        ask_pulses(now=now)
    rows = SurveyInvitation.objects.order_by("pk")
    assert [(row.member, row.relationship, row.occasion) for row in rows] == [
        (amara, found, "day_14"),
        (ines, found, "day_14"),
    ]
    assert rows[0].closes_at == now + timedelta(days=14)
    assert Notice.objects.filter(kind="pulse_asked").count() == 2
    assert Event.objects.filter(verb="survey_sent").count() == 2
    assert Job.objects.filter(key__startswith="notice:").count() == 2


def test_nobody_is_asked_before_nor_long_after_the_day(together, amara, ines, make_member, now):
    together(amara, ines, days=13.9)
    together(make_member("Kofi Asantewe"), ines, days=30 + 14)
    ask_pulses(now=now)
    assert not SurveyInvitation.objects.exists()


def test_a_year_is_nine_times(together, amara, ines, now):
    together(amara, ines, days=0)
    for day in range(366):
        ask_pulses(now=now + timedelta(days=day))
    found = SurveyInvitation.objects.filter(member=amara).order_by("pk").values_list("occasion", flat=True)
    assert list(found) == ["day_14", "day_30", "day_90", "day_150", "day_210", "day_270", "day_330"]


@pytest.mark.parametrize("state", ["paused", "completed", "ended_early"])
def test_only_what_is_under_way(together, amara, ines, now, state):
    found = together(amara, ines)
    fields = {"paused_at": now, "paused_until": now.date() + timedelta(days=9)} if state == "paused" else {}
    Relationship.objects.filter(pk=found.pk).update(state=state, **fields)
    ask_pulses(now=now)
    assert not SurveyInvitation.objects.exists()


def test_who_left_a_group_or_the_organisation_is_not_asked(together, amara, ines, make_member, now):
    kofi = make_member("Kofi Asantewe")
    found = together(amara, kofi, ines)
    found.participants.filter(enrolment__member=kofi).update(left_at=now)
    amara.state = "left"
    amara.save()
    ask_pulses(now=now)
    assert [row.member for row in SurveyInvitation.objects.all()] == [ines]


def test_one_reminder_then_silence(together, amara, ines, now):
    together(amara, ines)
    ask_pulses(now=now)
    for day in range(1, 20):
        remind_of_surveys(now=now + timedelta(days=day))
    reminders = Notice.objects.filter(kind="pulse_reminder")
    assert sorted(reminders.values_list("member__full_name", flat=True)) == ["Amara Oyelunde", "Inês Tavaredo"]


def test_who_stopped_the_questions_hears_nothing_of_them(together, amara, ines, now):
    found = together(amara, ines)
    choose_surveys(amara, found, stopped=True)
    ask_pulses(now=now)
    assert [row.member for row in SurveyInvitation.objects.all()] == [ines]
    choose_surveys(ines, found, stopped=True)
    remind_of_surveys(now=now + timedelta(days=6))
    assert not Notice.objects.filter(kind="pulse_reminder").exists()


def test_after_a_meeting_only_who_wants_it(together, amara, ines, now):
    found = together(amara, ines, days=3)
    choose_surveys(amara, found, stopped=False, after_meetings=True)
    for _again in range(2):
        ask_after_meeting(found, occasion="meeting_1", now=now)
    assert [(row.member, row.occasion) for row in SurveyInvitation.objects.all()] == [(amara, "meeting_1")]


def test_a_meeting_that_was_held_asks_by_itself(together, amara, ines, now):
    found = together(amara, ines, days=3)
    choose_surveys(amara, found, stopped=False, after_meetings=True)
    meeting = log_meeting(ines, found, starts_at=now - timedelta(hours=3), minutes=60)
    run_pending()
    assert [(row.member, row.occasion) for row in SurveyInvitation.objects.all()] == [(amara, f"meeting_{meeting.pk}")]


def test_one_bad_record_stops_nobody_else(together, amara, ines, now):
    together(amara, ines)
    ask_pulses(now=now)
    SurveyInvitation.objects.filter(member=amara).update(version=99)
    with pytest.raises(SomeFailed):
        remind_of_surveys(now=now + timedelta(days=6))
    assert [notice.member for notice in Notice.objects.filter(kind="pulse_reminder")] == [ines]
