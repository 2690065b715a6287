"""Silence: reminders on days 2 and 5, closing on day 7, then somebody else to ask."""

import pytest
from django.db import connection

from wayfellow.jobs.batches import SomeFailed
from wayfellow.relationships.actions import accept_request, remind_and_expire_requests
from wayfellow.relationships.actions.expiry import remind_and_expire_requests_job
from wayfellow.relationships.models import MentoringRequest
from wayfellow.relationships.tests.conftest import days


def test_two_reminders_then_it_closes_and_the_next_choice_is_offered(
    mentee, mentor, make_mentor, ask, told, events, now
):
    next_choice = make_mentor("Zofia Wilk", offers=False)
    request = ask(mentee, mentor, now=now, next_choice=next_choice)
    for day, sent in ((1.9, 0), (2, 1), (2, 1), (4.9, 1), (5, 2), (6.9, 2)):
        remind_and_expire_requests(now=now + days(day))
        assert told(mentor.member).count("request_reminder") == sent, day
    for _again in range(2):
        remind_and_expire_requests(now=now + days(7))
    request.refresh_from_db()
    assert request.state == "expired"
    assert told(mentor.member)[-1] == "request_expired"
    assert told(mentee.member) == ["request_expired"]
    assert [row.mentor for row in request.suggestions.all()] == [next_choice]
    assert events() == ["request_sent", "request_expired"]


def test_the_days_are_settings(mentee, mentor, ask, told, now, network):
    programme = network.programme
    programme.first_reminder_days, programme.second_reminder_days, programme.request_expiry_days = 1, 3, 4
    programme.save()
    ask(mentee, mentor, now=now)
    remind_and_expire_requests(now=now + days(1))
    assert told(mentor.member) == ["request_received", "request_reminder"]
    remind_and_expire_requests(now=now + days(4))
    assert told(mentee.member) == ["request_expired"]


def test_a_worker_that_slept_sends_one_reminder_not_two(mentee, mentor, ask, told, now):
    ask(mentee, mentor, now=now)
    remind_and_expire_requests(now=now + days(6))
    assert told(mentor.member).count("request_reminder") == 1


def test_answered_requests_are_left_alone(mentee, mentor, ask, told, now):
    accept_request(mentor.member, ask(mentee, mentor, now=now), now=now)
    remind_and_expire_requests(now=now + days(9))
    assert "request_expired" not in told(mentee.member)


def test_one_bad_record_never_stops_the_batch(mentee, mentor, make_mentee, ask, told, now):
    broken, sound = ask(mentee, mentor, now=now), ask(make_mentee("Rafael Ombrado"), mentor, now=now)
    breaking = Exception("the row cannot be read")

    def execute(execute_query, sql, params, many, context):
        if 'FROM "relationships_mentoringrequest"' in sql and "LIMIT 21" in sql and params[0] == broken.pk:
            raise breaking
        return execute_query(sql, params, many, context)

    with connection.execute_wrapper(execute), pytest.raises(SomeFailed):
        remind_and_expire_requests(now=now + days(8))
    states = dict(MentoringRequest.objects.values_list("pk", "state"))
    assert states == {broken.pk: "pending", sound.pk: "expired"}
    assert told(sound.mentee.member) == ["request_expired"]


def test_the_schedule_runs(mentee, mentor, ask, now):
    ask(mentee, mentor, now=now - days(8))
    remind_and_expire_requests_job.func()
    assert MentoringRequest.objects.get().state == "expired"
