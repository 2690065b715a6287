"""Answering by a link from a mail: opening decides nothing, the button acts once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.jobs.running import run_pending
from wayfellow.notifications.models import Mail, MailLink
from wayfellow.relationships.actions import accept_request, send_offer, withdraw_request
from wayfellow.relationships.models import MentoringRequest, Relationship
from wayfellow.relationships.tests.conftest import WHY


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def link_in_mail(to):
    """The address of the first button of the last mail to somebody."""
    run_pending()
    mail = Mail.objects.filter(to__contains=to.email).order_by("pk").last()
    return re.search(r"http://[^\s]+(/a/[\w-]+)", mail.text).group(1)


def test_opening_decides_nothing_and_the_button_accepts_once(mentee, mentor, ask):
    request = ask(mentee, mentor)
    address = link_in_mail(mentor.member)
    scanner = Client()
    for _visit in range(3):
        page = scanner.get(address)
        assert page.status_code == 200
        scanner.get(f"{address}?card=decline")
        scanner.head(address)
    assert "Nothing is decided yet." in page.content.decode()
    assert MentoringRequest.objects.get().is_open
    done = Client().post(address, {"accept": "1", "accept-words": "Good ask."})
    assert "You said yes to Amara" in done.content.decode()
    request.refresh_from_db()
    assert (request.state, request.answer_words) == ("accepted", "Good ask.")
    replay = Client().post(address, {"accept": "1"})
    assert replay.status_code == 403
    assert "used already" in replay.content.decode()
    assert Relationship.objects.count() == 1


def test_not_now_needs_words(mentee, mentor, ask):
    request = ask(mentee, mentor)
    address = link_in_mail(mentor.member)
    bad = Client().post(address, {"decline": "1", "decline-words": ""})
    assert bad.status_code == 422
    assert "Leave Amara a few kind words." in bad.content.decode()
    assert MailLink.objects.get().used_at is None
    Client().post(address, {"decline": "1", "decline-words": "Not this month, with thanks."})
    request.refresh_from_db()
    assert request.state == "declined"


def test_what_closed_meanwhile_says_so(mentee, mentor, ask):
    request = ask(mentee, mentor)
    address = link_in_mail(mentor.member)
    withdraw_request(mentee.member, request)
    for response in (Client().get(address), Client().post(address, {"accept": "1"})):
        assert response.status_code == 410
        assert "This was taken back." in response.content.decode()


def test_expired_and_unknown_links_are_clear(mentee, mentor, ask, now):
    from wayfellow.relationships.tests.conftest import days

    ask(mentee, mentor)
    address = link_in_mail(mentor.member)
    MailLink.objects.update(expires_at=now - days(1))
    assert "This link has expired." in Client().get(address).content.decode()
    unknown = Client().get(reverse("answer_from_mail", args=["no-such-token"]))
    assert unknown.status_code == 403
    assert "This link is not known here." in unknown.content.decode()


def test_a_mentor_without_room_is_told_and_the_link_stays_good(make_mentor, make_mentee, ask):
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    one, other = ask(make_mentee("Amara Oyelunde"), mentor), ask(make_mentee("Rafael Ombrado"), mentor)
    address = link_in_mail(mentor.member)
    accept_request(mentor.member, one)
    response = Client().post(address, {"accept": "1"})
    assert response.status_code == 422
    assert "You have no free place any more." in response.content.decode()
    Client().post(address, {"decline": "1", "decline-words": "My last place is gone."})
    other.refresh_from_db()
    assert other.state == "declined"


def test_an_offer_is_answered_the_same_way(mentee, mentor):
    mentee.allows_offers = True
    mentee.save()
    send_offer(mentor, mentee, why_you=WHY)
    address = link_in_mail(mentee.member)
    assert "Inês offers to mentor you" in Client().get(address).content.decode()
    Client().post(address, {"accept": "1"})
    assert MentoringRequest.objects.get().state == "accepted"


def test_a_link_of_somebody_who_left_opens_nothing(mentee, mentor, ask):
    ask(mentee, mentor)
    address = link_in_mail(mentor.member)
    type(mentor.member).objects.filter(pk=mentor.member_id).update(state="left")
    page = Client().get(address)
    assert page.status_code == 403
    assert WHY not in page.content.decode()
    assert Client().post(address, {"decline": "1", "decline-words": "Not this month."}).status_code == 403
    assert MentoringRequest.objects.get().is_open
