"""Answering once, by whoever was asked, from the mail or here; what others read of it."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.models import Mail
from wayfellow.relationships.models import Relationship
from wayfellow.surveys.actions import answer_survey, ask_pulses
from wayfellow.surveys.models import SurveyAnswer, SurveyInvitation
from wayfellow.surveys.queries.answers import totals, worthwhile


@pytest.fixture
def asked(together, amara, ines, now):
    """What Amara was asked about Inês and her."""
    together(amara, ines)
    ask_pulses(now=now)
    return SurveyInvitation.objects.get(member=amara)


def given(invitation):
    return {answer.item: answer.value for answer in invitation.answers.all()}


def test_answers_are_kept_once(asked, amara, now):
    answer_survey(amara, asked, values={"worth": 4, "direction": None, "candour": 5})
    assert given(asked) == {"worth": 4, "candour": 5}
    with pytest.raises(Refused) as refused:
        answer_survey(amara, asked, values={"worth": 1})
    assert refused.value.code == "answered_already"
    assert given(asked) == {"worth": 4, "candour": 5}
    event = Event.objects.get(verb="survey_answered")
    assert event.actor_id is None
    assert event.details == {}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "nothing_answered"),
        ({"worth": None}, "nothing_answered"),
        ({"worth": 0}, "value_outside_scale"),
        ({"worth": 6}, "value_outside_scale"),
        ({"wort": 3}, "item_unknown"),
    ],
)
def test_bad_values_keep_nothing(asked, amara, values, code):
    with pytest.raises(InvalidInput) as refused:
        answer_survey(amara, asked, values=values)
    assert refused.value.code == code
    assert given(asked) == {}


def test_not_by_somebody_else_nor_too_late(asked, amara, ines, now):
    with pytest.raises(Refused) as refused:
        answer_survey(ines, asked, values={"worth": 3})
    assert refused.value.code == "not_yours"
    with pytest.raises(Refused) as refused:
        answer_survey(amara, asked, values={"worth": 3}, now=now + timedelta(days=15))
    assert refused.value.code == "survey_closed"


def mail_links(member):
    run_pending()
    mail = Mail.objects.filter(to__contains=member.email).order_by("pk").last()
    return re.findall(r"http://[^\s]+(/q/[\w?=-]+)", mail.text)


def test_from_the_mail_nothing_is_kept_until_send_and_the_link_works_once(asked, amara, settings):
    settings.DEMO = True
    links = mail_links(amara)
    mostly = next(link for link in links if link.endswith("worth=4"))
    scanner = Client()
    for _visit in range(3):
        page = scanner.get(mostly)
        scanner.head(mostly)
    words = page.content.decode()
    assert "You chose <b>Mostly</b> in the mail. Nothing is kept until you press Send." in words
    assert "Inês</b> can read nothing of this" in words
    assert not SurveyAnswer.objects.exists()
    done = Client().post(mostly, {"worth": "4", "candour": "2"})
    assert done.status_code == 200
    assert given(asked) == {"worth": 4, "candour": 2}
    for link in {mostly, links[0]}:
        again = Client().post(link, {"worth": "1"})
        assert again.status_code in {403, 410}
        assert "used already" in again.content.decode()
    assert given(asked) == {"worth": 4, "candour": 2}


def test_the_reminders_link_is_no_second_vote(asked, amara, settings, now):
    settings.DEMO = True
    first = mail_links(amara)[0]
    from wayfellow.surveys.actions import remind_of_surveys

    remind_of_surveys(now=now + timedelta(days=5))
    second = mail_links(amara)[0]
    assert first != second
    Client().post(first, {"worth": "4"})
    again = Client().post(second, {"worth": "1"})
    assert again.status_code == 410
    assert "answered these already" in again.content.decode()
    assert given(asked) == {"worth": 4}


def test_an_unknown_link_and_a_bad_point(asked, amara, settings):
    settings.DEMO = True
    assert Client().get("/q/unknown").status_code == 403
    link = mail_links(amara)[0].split("?")[0]
    bad = Client().post(link, {"worth": "nine"})
    assert bad.status_code == 422
    empty = Client().post(link, {})
    assert empty.status_code == 422
    assert "Choose an answer to at least one of them" in empty.content.decode()
    assert Client().get(f"{link}?worth=900&candour=x").status_code == 200


def test_signed_in(asked, amara, ines, client_for):
    address = reverse("answer_survey", args=["larkmoor", asked.pk])
    assert client_for(ines).get(address).status_code == 404
    client = client_for(amara)
    assert "My talks with Inês are worth the time" in client.get(address).content.decode()
    done = client.post(address, {"direction": "3"}, follow=True)
    assert "Partly" in done.content.decode()
    assert client.get(address).status_code == 302
    assert client.post(address, {"direction": "3"}).status_code == 403


def test_the_programme_reads_one_thing(together, amara, ines, now):
    found = together(amara, ines)
    ask_pulses(now=now)
    mine, theirs = (SurveyInvitation.objects.get(member=member) for member in (amara, ines))
    assert worthwhile([found.pk]) == {found.pk: None}
    answer_survey(amara, mine, values={"worth": 5})
    assert worthwhile([found.pk]) == {found.pk: None}
    answer_survey(ines, theirs, values={"worth": 3})
    assert worthwhile([found.pk]) == {found.pk: False}
    ask_pulses(now=now + timedelta(days=16))
    later = SurveyInvitation.objects.get(member=ines, occasion="day_30")
    answer_survey(ines, later, values={"worth": 4}, now=now + timedelta(days=17))
    assert worthwhile([found.pk]) == {found.pk: True}


def test_totals_show_no_fewer_than_five(together, make_member, ines, now, manager, client_for):
    mentees = [make_member(f"Mentee {letter}lpha") for letter in "ABCD"]
    for mentee in mentees:
        together(mentee, ines)
    ask_pulses(now=now)
    rows = list(SurveyInvitation.objects.exclude(member=ines))
    for row in rows:
        answer_survey(row.member, row, values={"worth": 4, "candour": 2})
    everything = Relationship.objects.all()
    assert [total.counts for total in totals(everything, "them")] == [None, None, None]
    row = SurveyInvitation.objects.filter(member=ines).first()
    answer_survey(ines, row, values={"worth": 5})
    assert [total.counts for total in totals(everything, "them")] == [[0, 0, 0, 4, 1], None, None]
    client = client_for(manager)
    page = client.get(reverse("pulse_totals", args=["larkmoor"])).content.decode()
    assert "Fewer than five people answered; not shown." in page
    assert "Mentee Alpha" not in page
    file = b"".join(client.get(reverse("export_pulse_totals", args=["larkmoor"])).streaming_content).decode()
    assert "fewer than 5" in file
    assert ",4,1" in file


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_are_one_answer(together, amara, ines, now):
    together(amara, ines)
    ask_pulses(now=now)
    asked = SurveyInvitation.objects.get(member=amara)
    barrier, ends = Barrier(12), []

    def answer(value):
        barrier.wait(60)
        try:
            answer_survey(amara, asked, values={"worth": value, "candour": value})
            ends.append(value)
        except Refused as refused:
            ends.append(refused.code)
        finally:
            connections.close_all()

    threads = [Thread(target=answer, args=(1 + number % 5,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [end for end in ends if end != "answered_already"]
    assert len(ends) == 12
    assert len(won) == 1
    assert given(asked) == {"worth": won[0], "candour": won[0]}
