"""A quiet word: always there, heard outside, never told to the others."""

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import Conflict, InvalidInput, Refused
from wayfellow.jobs.models import Job
from wayfellow.notifications.models import Notice, NoticePreference
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import (
    ask_quiet_word,
    close_quiet_word,
    end_relationship,
    release_from_relationship,
    take_up_quiet_word,
)
from wayfellow.relationships.models import Participant, QuietWord
from wayfellow.safety.actions import block_member


@pytest.fixture
def pair(mentee, mentor, pair_up):
    return pair_up(mentee, mentor)


@pytest.fixture
def lead(make_member):
    return make_member("Sunniva Brekke", is_safeguarding_lead=True)


def test_the_programme_hears_it_at_once_and_nobody_else(pair, mentee, mentor, manager, lead, told):
    before = told(mentor.member)
    NoticePreference.objects.create(
        organisation=manager.organisation, member=manager, kind="quiet_word_asked", in_app=False, by_mail=False
    )
    word = ask_quiet_word(mentee.member, pair, wants="talk", to="programme", text="I dread the next talk.")
    assert list(word.heard_by.all()) == [manager]
    assert told(manager) == ["quiet_word_asked"]
    notice = Notice.objects.get(kind="quiet_word_asked")
    assert notice.in_app
    assert Job.objects.filter(key=f"notice:{notice.pk}").exists()
    assert "dread" not in str(notice.facts)
    assert told(mentor.member) == before
    assert told(lead) == []
    event = Event.objects.get(verb="quiet_word_asked")
    assert (event.actor_id, event.details) == (None, {})
    for other in (mentor.member, lead):
        assert not QuietWord.objects.visible_to(other).exists()


def test_whoever_runs_the_programme_and_is_in_it_does_not_hear_it(pair, mentee, mentor, network, lead):
    network.programme.managers.add(mentor.member)
    word = ask_quiet_word(mentee.member, pair, wants="talk", to="programme")
    assert list(word.heard_by.all()) == [lead]


def test_nobody_outside_is_said_plainly(pair, mentee):
    with pytest.raises(Refused) as refused:
        ask_quiet_word(mentee.member, pair, wants="talk", to="programme")
    assert refused.value.code == "nobody_hears"


def test_it_is_there_when_it_is_over_blocked_or_paused(pair, mentee, mentor, manager):
    block_member(mentor.member, mentee.member)
    ask_quiet_word(mentee.member, pair, wants="talk", to="programme")
    end_relationship(mentor.member, pair, goodbye="With thanks for all of it.")
    ask_quiet_word(mentor.member, pair, wants="talk", to="programme")
    assert QuietWord.objects.count() == 2


def test_once_until_it_is_closed(pair, mentee, manager):
    word = ask_quiet_word(mentee.member, pair, wants="talk", to="programme")
    with pytest.raises(Conflict):
        ask_quiet_word(mentee.member, pair, wants="talk", to="programme")
    ask_quiet_word(mentee.member, pair, wants="out", to="programme")
    close_quiet_word(manager, word)
    ask_quiet_word(mentee.member, pair, wants="talk", to="programme")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"wants": "shout", "to": "programme"}, "unknown_wish"),
        ({"wants": "talk", "to": "everybody"}, "unknown_hearer"),
        ({"wants": "talk", "to": "programme", "text": "x" * 2001}, "too_long"),
    ],
)
def test_bad_input(pair, mentee, manager, fields, code):
    with pytest.raises(InvalidInput) as refused:
        ask_quiet_word(mentee.member, pair, **fields)
    assert refused.value.code == code
    assert not QuietWord.objects.exists()


def test_not_for_a_stranger(pair, stranger, manager):
    with pytest.raises(Refused) as refused:
        ask_quiet_word(stranger, pair, wants="talk", to="programme")
    assert refused.value.code == "not_yours"


def test_somebody_comes_back(pair, mentee, manager, make_member, network, told):
    other = make_member("Tove Halvarsen")
    network.programme.managers.add(other)
    word = ask_quiet_word(mentee.member, pair, wants="talk", to="programme")
    take_up_quiet_word(manager, word)
    take_up_quiet_word(manager, word)
    assert told(mentee.member).count("quiet_word_taken_up") == 1
    with pytest.raises(Conflict):
        take_up_quiet_word(other, word)
    with pytest.raises(Refused):
        release_from_relationship(manager, word)


def test_out_ends_a_pair_and_tells_the_other_nothing_of_who_asked(pair, mentee, mentor, manager, told):
    word = ask_quiet_word(mentee.member, pair, wants="out", to="programme", text="Please.")
    release_from_relationship(manager, word)
    pair.refresh_from_db()
    assert (pair.state, pair.ended_by, pair.goodbye) == ("ended_early", None, "")
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 0
    notice = Notice.objects.filter(member=mentor.member).order_by("pk").last()
    assert notice.kind == "relationship_released"
    assert told(mentee.member)[-1] == "relationship_released"
    word.refresh_from_db()
    assert (word.state, word.released) == ("closed", True)
    with pytest.raises(Refused):
        release_from_relationship(manager, word)


def test_out_of_a_group_lets_the_others_go_on(pair, mentee, mentor, make_mentee, manager):
    other = make_mentee("Kofi Asantewe")
    Participant.objects.create(
        organisation=pair.organisation, relationship=pair, enrolment=other, role=Participant.Role.MENTEE
    )
    word = ask_quiet_word(mentee.member, pair, wants="out", to="programme")
    release_from_relationship(manager, word)
    pair.refresh_from_db()
    assert pair.is_active
    assert pair.participants.get(enrolment=mentee).left_at is not None
    assert pair.participants.get(enrolment=other).left_at is None


def test_the_pages(pair, mentee, mentor, manager, lead, client_for):
    client = client_for(mentee.member)
    address = reverse("ask_quiet_word", args=["larkmoor", pair.pk])
    page = client.get(f"{address}?wants=out").content.decode()
    assert "Nobody in this relationship is told, now or later." in page
    assert "Devika Marsh" in page
    bad = client.post(address, {"wants": "out", "text": "Keep this."})
    assert bad.status_code == 422
    assert "Keep this." in bad.content.decode()
    done = client.post(address, {"wants": "out", "to": "programme", "text": "<b>Please</b>"}, follow=True)
    assert "Waiting" in done.content.decode()
    hers = client_for(mentor.member).get(address).content.decode()
    assert "What you asked" not in hers
    desk = client_for(manager)
    word = QuietWord.objects.get()
    assert "Amara Oyelunde" in desk.get(reverse("quiet_words", args=["larkmoor"])).content.decode()
    detail = desk.get(reverse("quiet_word", args=["larkmoor", word.pk])).content.decode()
    assert "&lt;b&gt;Please&lt;/b&gt;" in detail
    assert client_for(lead).get(reverse("quiet_word", args=["larkmoor", word.pk])).status_code == 404
    desk.post(reverse("release_from_relationship", args=["larkmoor", word.pk]), follow=True)
    pair.refresh_from_db()
    assert not pair.is_open
