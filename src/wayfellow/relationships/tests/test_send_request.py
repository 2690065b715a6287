"""A mentee asks a mentor."""

import pytest

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.people.models import Member
from wayfellow.relationships.actions import (
    accept_request,
    decline_request,
    join_waiting_list,
    keep_draft,
    send_offer,
    send_request,
)
from wayfellow.relationships.models import MentoringRequest, WaitingEntry
from wayfellow.relationships.policy import why_not_send_request
from wayfellow.relationships.tests.conftest import ASK, WHY, days
from wayfellow.safety.models import Block


def test_is_sent_told_and_recorded_once(mentee, mentor, ask, told, events, mails, now):
    request = ask(mentee, mentor, now=now)
    assert request.state == "pending"
    assert (request.awaiting, request.awaiting_since) == ("mentor", now)
    assert request.expires_at == now + days(7)
    assert request.goal_title == "Move to associate product manager"
    assert (request.minutes, request.every_weeks, request.months) == (60, 4, 6)
    assert told(mentor.member) == ["request_received"]
    assert told(mentee.member) == []
    assert events() == ["request_sent"]
    assert mails() == 1
    mentor.refresh_from_db()
    assert mentor.places_taken == 0, "an open request holds no place"


@pytest.mark.parametrize(
    ("arrange", "code"),
    [
        (lambda mentor, **_: setattr(mentor, "is_mentor", False), "not_a_mentor"),
        (lambda mentor, **_: setattr(mentor, "takes_requests", False), "mentor_not_taking_requests"),
        (lambda mentor, now, **_: setattr(mentor, "away_until", now.date() + days(3)), "mentor_away"),
        (lambda mentor, **_: setattr(mentor, "capacity", 0), "mentor_at_capacity"),
    ],
)
def test_is_refused_by_the_mentors_limits(mentee, mentor, ask, now, arrange, code):
    arrange(mentor=mentor, now=now)
    mentor.save()
    with pytest.raises(Refused) as refused:
        ask(mentee, mentor)
    assert refused.value.code == code
    assert not MentoringRequest.objects.exists()


def test_is_refused_for_oneself(mentor, ask, make_goal):
    make_goal(mentor.member)
    with pytest.raises(Refused, match="This is you"):
        ask(mentor, mentor)


def test_a_full_mentor_can_be_waited_for(mentee, make_mentee, make_mentor, pair_up, now):
    mentor = make_mentor("Yusra Haddarine", capacity=1)
    pair_up(make_mentee("Rafael Ombrado"), mentor)
    mentor.refresh_from_db()
    refusal = why_not_send_request(mentee, mentor, now)
    assert (refusal.code, refusal.instead) == ("mentor_at_capacity", "join_waiting_list")
    mentor.waiting_list_open = False
    assert why_not_send_request(mentee, mentor, now).instead is None


def test_a_block_either_way_reads_as_cannot_be_asked(mentee, mentor, organisation, now):
    for blocker, blocked in ((mentee, mentor), (mentor, mentee)):
        block = Block.objects.create(organisation=organisation, blocker=blocker.member, blocked=blocked.member)
        refusal = why_not_send_request(mentee, mentor, now)
        assert refusal.code == "blocked"
        assert "block" not in str(refusal.message).lower()
        block.delete()
    assert why_not_send_request(mentee, mentor, now) is None


def test_a_second_click_is_refused_and_names_the_first(mentee, mentor, ask, now, told):
    first = ask(mentee, mentor)
    with pytest.raises(Refused) as refused:
        ask(mentee, mentor)
    assert refused.value.code == "already_open"
    assert why_not_send_request(mentee, mentor, now).facts == {"request": first.pk}
    assert told(mentor.member) == ["request_received"]


def test_two_who_work_together_need_no_request(mentee, mentor, pair_up, now):
    relationship = pair_up(mentee, mentor)
    refusal = why_not_send_request(mentee, mentor, now)
    assert (refusal.code, refusal.facts) == ("already_working_together", {"relationship": relationship.pk})


def test_an_open_offer_is_answered_instead(mentee, mentor, ask):
    mentee.allows_offers = True
    mentee.save()
    send_offer(mentor, mentee, why_you=WHY)
    with pytest.raises(Refused) as refused:
        ask(mentee, mentor)
    assert refused.value.code == "already_open"


def test_three_open_requests_are_the_most(mentee, make_mentor, ask):
    for name in ("Inês Tavaredo", "Leif Holmqvarn", "Yusra Haddarine"):
        ask(mentee, make_mentor(name))
    fourth = make_mentor("Rafael Ombrado")
    with pytest.raises(Refused) as refused:
        ask(mentee, fourth)
    assert refused.value.code == "too_many_open_requests"
    decline_request(
        MentoringRequest.objects.first().mentor.member, MentoringRequest.objects.first(), words="Not this month."
    )
    assert ask(mentee, fourth).state == "pending"


def test_a_mentors_queue_is_twice_the_free_places(make_mentor, make_mentee, ask):
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    for name in ("Amara Oyelunde", "Rafael Ombrado"):
        ask(make_mentee(name), mentor)
    with pytest.raises(Refused) as refused:
        ask(make_mentee("Leif Holmqvarn"), mentor)
    assert refused.value.code == "mentor_queue_full"


def test_a_mentor_who_left_a_second_ago_is_said_to_be_gone(mentee, mentor, ask):
    Member.objects.filter(pk=mentor.member_id).update(state=Member.State.LEFT)
    with pytest.raises(Refused, match="Inês Tavaredo is not here any more"):
        ask(mentee, mentor)


def test_a_cohort_that_has_ended_takes_no_requests(mentee, mentor, ask, now, network):
    network.ends_on = now.date() - days(1)
    network.save()
    with pytest.raises(Refused) as refused:
        ask(mentee, mentor)
    assert refused.value.code == "cohort_closed"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"why_you": "Great profile!"}, "why_you"),
        ({"why_you": "very " * 30}, "why_you"),
        ({"why_you": ""}, "why_you"),
        ({"why_you": "I read what you wrote " * 60}, "why_you"),
        ({"ask": "  "}, "ask"),
        ({"how_often": "hourly"}, "how_often"),
        ({"goal": None}, "goal"),
    ],
)
def test_bad_input_names_its_field(mentee, mentor, ask, fields, field, events):
    with pytest.raises(InvalidInput) as invalid:
        ask(mentee, mentor, **fields)
    assert invalid.value.field == field
    assert not MentoringRequest.objects.exists()
    assert events() == []


def test_somebody_elses_goal_cannot_be_used(mentee, mentor, make_mentee, ask):
    other = make_mentee("Rafael Ombrado")
    with pytest.raises(InvalidInput) as invalid:
        ask(mentee, mentor, goal=other.member.goals.get())
    assert invalid.value.field == "goal"


def test_a_draft_becomes_the_request(mentee, mentor, ask):
    draft = keep_draft(mentee, mentor, why_you="You have")
    assert (draft.state, draft.why_you) == ("draft", "You have")
    assert ask(mentee, mentor).pk == draft.pk
    assert MentoringRequest.objects.count() == 1


def test_a_kept_place_opens_the_door_and_stays_kept(mentee, make_mentee, make_mentor, pair_up, ask, now):
    from wayfellow.relationships.actions import end_relationship

    mentor = make_mentor("Inês Tavaredo", capacity=1)
    first = pair_up(make_mentee("Rafael Ombrado"), mentor)
    entry = join_waiting_list(mentee, mentor)
    end_relationship(mentor.member, first, goodbye="Thank you for our talks.")
    entry.refresh_from_db()
    assert entry.state == WaitingEntry.State.OFFERED
    rival = make_mentee("Leif Holmqvarn")
    assert why_not_send_request(rival, _fresh(mentor), now).code == "mentor_at_capacity"
    request = ask(mentee, mentor)
    assert request.holds_place
    assert _fresh(mentor).places_held == 1
    accept_request(mentor.member, request)
    fresh = _fresh(mentor)
    assert (fresh.places_taken, fresh.places_held) == (1, 0)


def _fresh(enrolment):
    return type(enrolment).objects.select_related("member", "cohort__programme").get(pk=enrolment.pk)


# The page


def form_of(mentee, **fields):
    goal = mentee.member.goals.first()
    return {"goal": goal.pk, "why_you": WHY, "ask": ASK, "how_often": "as_offered", "may_suggest": "on"} | fields


def url(mentor, name="send_request"):
    from django.urls import reverse

    return reverse(name, args=["larkmoor", mentor.pk])


def test_page_shows_limits_before_anything_is_sent(client_for, mentee, mentor):
    mentor.asks_of_mentee = "Come with something you have tried."
    mentor.save()
    page = client_for(mentee.member).get(url(mentor)).content.decode()
    assert "Ask Inês to mentor you" in page
    assert "2 of 2 free" in page
    assert "Too few to say" in page
    assert "Come with something you have tried." in page
    assert "You have 3 of 3 open requests left." in page
    assert "Days 2 and 5" in page
    assert page.count("<h1") == 1


def test_page_speaks_the_organisations_own_word(client_for, mentee, mentor, organisation):
    organisation.word_mentor = "coach"
    organisation.save()
    assert "Ask Inês to be your coach" in client_for(mentee.member).get(url(mentor)).content.decode()


def test_page_sends_and_a_double_submit_is_harmless(client_for, mentee, mentor, told):
    client = client_for(mentee.member)
    for _click in range(2):
        response = client.post(url(mentor), form_of(mentee), follow=True)
        assert "Your request to Inês" in response.content.decode()
    assert MentoringRequest.objects.count() == 1
    assert told(mentor.member) == ["request_received"]


def test_page_keeps_what_was_typed_and_says_what_is_wrong(client_for, mentee, mentor):
    response = client_for(mentee.member).post(url(mentor), form_of(mentee, why_you="Great profile!", how_often=""))
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in page
    assert "Write at least one full sentence." in page
    assert "Great profile!</textarea>" in page
    assert 'role="alert"' in page
    assert not MentoringRequest.objects.exists()


def test_page_of_a_mentor_who_left_meanwhile_keeps_the_words(client_for, mentee, mentor):
    Member.objects.filter(pk=mentor.member_id).update(state=Member.State.LEFT)
    response = client_for(mentee.member).post(url(mentor), form_of(mentee))
    assert response.status_code == 422
    assert "Inês Tavaredo is not here any more." in response.content.decode()
    assert WHY in response.content.decode()


def test_page_asks_for_a_goal_first(client_for, mentor, make_member):
    page = client_for(make_member("Rafael Ombrado")).get(url(mentor)).content.decode()
    assert "Write a goal first" in page


def test_a_member_who_is_not_enrolled_takes_part_by_asking(client_for, mentor, make_member, make_goal):
    member = make_member("Rafael Ombrado")
    goal = make_goal(member)
    data = {"goal": goal.pk, "why_you": WHY, "ask": ASK, "how_often": "just_once"}
    assert client_for(member).get(url(mentor)).status_code == 200
    assert not member.enrolments.exists(), "looking changes nothing"
    client_for(member).post(url(mentor), data)
    assert member.enrolments.get().is_mentee
    assert MentoringRequest.objects.get().mentee.member == member


def test_a_guest_who_was_not_invited_cannot_find_the_mentor(client_for, mentor, make_member):
    guest = make_member("Rafael Ombrado", is_guest=True)
    assert client_for(guest).get(url(mentor)).status_code == 404


def test_another_organisation_finds_nothing(client_for, mentor, foreigner):
    from django.urls import reverse

    client = client_for(foreigner)
    assert client.get(url(mentor)).status_code == 404
    assert client.get(reverse("send_request", args=["northfen", mentor.pk])).status_code == 404
    assert client.post(reverse("send_request", args=["northfen", mentor.pk]), {}).status_code == 404


def test_draft_is_kept_reopened_and_thrown_away(client_for, mentee, mentor, stranger):
    from django.urls import reverse

    client = client_for(mentee.member)
    response = client.post(url(mentor, "keep_draft"), {"why_you": "You have", "how_often": ""}, follow=True)
    assert "Draft to Inês Tavaredo" in response.content.decode()
    assert "You have</textarea>" in client.get(url(mentor)).content.decode()
    draft = MentoringRequest.objects.get()
    client.post(url(mentor, "keep_draft"), {"why_you": "You have been", "how_often": ""})
    assert MentoringRequest.objects.get().why_you == "You have been"
    for nosy in (mentor.member, stranger):
        assert client_for(nosy).get(reverse("answer", args=["larkmoor", draft.pk])).status_code == 404
        client_for(nosy).post(reverse("discard_draft", args=["larkmoor", draft.pk]))
    assert MentoringRequest.objects.exists()
    assert (
        "Throw this draft away?" in client.get(reverse("discard_draft", args=["larkmoor", draft.pk])).content.decode()
    )
    for _click in range(2):
        client.post(reverse("discard_draft", args=["larkmoor", draft.pk]))
    assert not MentoringRequest.objects.exists()


def test_a_draft_too_long_says_so_and_keeps_it(client_for, mentee, mentor):
    response = client_for(mentee.member).post(url(mentor, "keep_draft"), {"why_you": "x" * 700})
    assert response.status_code == 422
    assert "Write at most 600 characters." in response.content.decode()


def test_send_request_outside_a_known_enrolment_is_refused(mentee, mentor, ask, make_member):
    from wayfellow.core.errors import NotFound

    pk = mentor.pk
    mentor.delete()
    mentor.pk = pk
    with pytest.raises(NotFound):
        send_request(mentee, mentor, goal=None, why_you=WHY, ask=ASK, how_often="as_offered")


def test_a_draft_stays_readable_while_the_mentor_cannot_be_asked(client_for, mentee, mentor, now):
    draft = keep_draft(mentee, mentor, why_you="You have been where I want to go.")
    mentor.away_until = now.date() + days(30)
    mentor.save()
    page = client_for(mentee.member).get(url(mentor)).content.decode()
    assert "is away until" in page and "You have been where I want to go." in page
    assert "Send request" not in page and "What happens next" not in page
    assert "Keep as draft" in page and f"/requests/{draft.pk}/discard" in page
