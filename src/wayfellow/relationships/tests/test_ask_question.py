"""One question first: the clock of the answer stands still."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.relationships.actions import (
    accept_request,
    answer_question,
    ask_question,
    remind_and_expire_requests,
)
from wayfellow.relationships.tests.conftest import days


def test_turns_the_request_to_the_asker_and_back_with_the_time_that_was_left(mentee, mentor, ask, told, events, now):
    request = ask(mentee, mentor, now=now)
    ask_question(mentor.member, request, text="Which brief is it?", now=now + days(3))
    request.refresh_from_db()
    assert (request.awaiting, request.awaiting_since) == ("mentee", now + days(3))
    assert request.expires_at == now + days(10)
    answer_question(mentee.member, request, text="The one on outages.", now=now + days(5))
    request.refresh_from_db()
    assert (request.awaiting, request.awaiting_since) == ("mentor", now + days(5))
    assert request.expires_at == now + days(9), "four days were left"
    assert told(mentee.member) == ["question_asked"]
    assert told(mentor.member) == ["request_received", "question_answered"]
    assert events() == ["request_sent", "question_asked", "question_answered"]


def test_reminders_wait_too(mentee, mentor, ask, told, now):
    request = ask(mentee, mentor, now=now)
    ask_question(mentor.member, request, text="Which brief is it?", now=now + days(1))
    remind_and_expire_requests(now=now + days(3))
    assert told(mentee.member) == ["question_asked", "request_reminder"]
    remind_and_expire_requests(now=now + days(4))
    assert told(mentee.member).count("request_reminder") == 1
    answer_question(mentee.member, request, text="The one on outages.", now=now + days(5))
    remind_and_expire_requests(now=now + days(5.5))
    assert "request_reminder" not in told(mentor.member)
    remind_and_expire_requests(now=now + days(6))
    assert told(mentor.member)[-1] == "request_reminder"


def test_a_question_nobody_answers_does_not_hang(mentee, mentor, ask, told, now):
    request = ask(mentee, mentor, now=now)
    ask_question(mentor.member, request, text="Which brief is it?", now=now + days(1))
    remind_and_expire_requests(now=now + days(8))
    request.refresh_from_db()
    assert request.state == "expired"
    assert told(mentor.member)[-1] == "request_expired"


def test_one_question_and_one_answer(mentee, mentor, ask, stranger):
    request = ask(mentee, mentor)
    with pytest.raises(Refused) as refused:
        answer_question(mentee.member, request, text="The one on outages.")
    assert refused.value.code == "no_question"
    with pytest.raises(Refused):
        ask_question(stranger, request, text="Who are you?")
    ask_question(mentor.member, request, text="Which brief is it?")
    with pytest.raises(Refused) as refused:
        ask_question(mentor.member, request, text="And when?")
    assert refused.value.code == "one_question_only"
    answer_question(mentee.member, request, text="The one on outages.")
    with pytest.raises(Refused) as refused:
        answer_question(mentee.member, request, text="Or another.")
    assert refused.value.code == "question_answered"


def test_the_mentor_can_decide_without_the_answer(mentee, mentor, ask):
    request = ask(mentee, mentor)
    ask_question(mentor.member, request, text="Which brief is it?")
    assert accept_request(mentor.member, request).is_active


@pytest.mark.parametrize("text", ["", "   ", "x" * 601])
def test_bad_input(mentee, mentor, ask, text):
    request = ask(mentee, mentor)
    with pytest.raises(InvalidInput) as invalid:
        ask_question(mentor.member, request, text=text)
    assert invalid.value.field == "text"


def test_pages(client_for, mentee, mentor, ask):
    request = ask(mentee, mentor)
    page = reverse("answer", args=["larkmoor", request.pk])
    mentors, mentees = client_for(mentor.member), client_for(mentee.member)
    empty = mentors.post(reverse("ask_question", args=["larkmoor", request.pk]), {"question-text": ""})
    assert empty.status_code == 422
    assert "Write your question." in empty.content.decode()
    mentors.post(reverse("ask_question", args=["larkmoor", request.pk]), {"question-text": "Which brief is it?"})
    assert "Your turn: Inês has a question." in mentees.get(page).content.decode()
    assert "It is Amara’s turn to answer your question" in mentors.get(page).content.decode()
    mentees.post(reverse("answer_question", args=["larkmoor", request.pk]), {"reply-text": "The one on outages."})
    assert "The one on outages." in mentors.get(page).content.decode()
    again = mentees.post(
        reverse("answer_question", args=["larkmoor", request.pk]), {"reply-text": "Or another."}, follow=True
    )
    assert "You answered this question already." in again.content.decode()
