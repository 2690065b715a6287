"""Writing a letter: who gets it, who cannot, once for one key."""

from datetime import timedelta

import pytest

from wayfellow.audit.models import Event
from wayfellow.conversations.actions import keep_letter, send_message
from wayfellow.conversations.models import Draft, Message
from wayfellow.conversations.tests.conftest import checked, picture
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.jobs.models import Job
from wayfellow.notifications.models import Notice
from wayfellow.safety.actions import block_member, unblock_member


def codes(call) -> str:
    with pytest.raises((Refused, InvalidInput)) as refused:
        call()
    return refused.value.code


def test_a_letter_reaches_the_others_once(pair, ines, amara):
    sent = send_message(amara, pair, text="  Then you will get version two. ")
    assert sent.text == "Then you will get version two."
    assert list(Message.objects.visible_to(ines)) == list(Message.objects.visible_to(amara)) == [sent]
    assert [notice.member for notice in Notice.objects.filter(kind="message_received")] == [ines]
    assert Job.objects.filter(key__startswith="notice:").count() == 1
    event = Event.objects.get(verb="message_sent")
    assert event.actor_id == amara.pk
    assert event.about_type == "relationships.Relationship"
    assert event.details == {}


def test_in_a_group_everybody_else_is_told(group, ines, amara, leif, kofi):
    send_message(leif, group, text="Who comes on Thursday?")
    told = set(Notice.objects.filter(kind="message_received").values_list("member", flat=True))
    assert told == {ines.pk, amara.pk, kofi.pk}


def test_the_same_key_is_the_same_letter(pair, amara):
    first = send_message(amara, pair, text="Once", key="k1")
    again = send_message(amara, pair, text="Once", key="k1")
    assert first == again
    assert Message.objects.count() == 1
    assert Notice.objects.get().facts["count"] == 1


def test_somebody_elses_key_takes_nothing_from_them(pair, ines, amara):
    send_message(amara, pair, text="Mine", key="k1")
    send_message(ines, pair, text="Also mine", key="k1")
    assert set(Message.objects.values_list("text", flat=True)) == {"Mine", "Also mine"}


def test_the_draft_is_gone_once_it_is_sent(pair, amara):
    draft = keep_letter(amara, pair, text="I began")
    send_message(amara, pair, text="I began and ended", key=draft.key)
    assert not Draft.objects.exists()
    keep_letter(amara, pair, text="I began", key=draft.key)  # the other window, a minute later
    assert not Draft.objects.exists()


@pytest.mark.parametrize("state", ["completed", "ended_early"])
def test_what_is_over_is_closed(pair, amara, state):
    pair.state = state
    pair.save()
    assert codes(lambda: send_message(amara, pair, text="Hello")) == "conversation_closed"


def test_a_paused_one_is_open(pair, amara):
    pair.state, pair.paused_at, pair.paused_until = "paused", clock.now(), clock.now().date() + timedelta(days=30)
    pair.save()
    assert send_message(amara, pair, text="Back in March.")


def test_a_stranger_cannot(pair, leif):
    assert codes(lambda: send_message(leif, pair, text="Hello")) == "not_yours"


def test_who_left_cannot_and_reads_nothing_that_comes_after(group, leif, amara):
    before = send_message(amara, group, text="Before", now=clock.now() - timedelta(hours=1))
    participant = group.participants.get(enrolment__member=leif)
    participant.left_at = clock.now() - timedelta(minutes=30)
    participant.save()
    after = send_message(amara, group, text="After")
    assert list(Message.objects.visible_to(leif)) == [before]
    assert not Notice.objects.filter(member=leif, facts__last=after.pk).exists()
    assert codes(lambda: send_message(leif, group, text="Hello")) == "conversation_closed"


def test_who_joined_later_reads_nothing_that_was_there_before(group, leif, amara):
    send_message(amara, group, text="Before", now=clock.now() - timedelta(hours=1))
    group.participants.filter(enrolment__member=leif).update(joined_at=clock.now() - timedelta(minutes=30))
    after = send_message(amara, group, text="After")
    assert list(Message.objects.visible_to(leif)) == [after]


@pytest.mark.parametrize("turned", [False, True])
def test_a_block_closes_a_pair_for_both_in_the_same_words_as_an_end(pair, ines, amara, turned):
    before = send_message(amara, pair, text="Before")
    blocker, blocked = (ines, amara) if turned else (amara, ines)
    block_member(blocker, blocked)
    assert codes(lambda: send_message(amara, pair, text="x")) == "conversation_closed"
    assert codes(lambda: send_message(ines, pair, text="x")) == "conversation_closed"
    assert list(Message.objects.visible_to(ines)) == [before]
    unblock_member(blocker, blocked)
    assert send_message(ines, pair, text="Again")


def test_a_block_in_a_group_keeps_the_two_apart_and_nobody_notices(group, ines, amara, leif, kofi):
    block_member(amara, ines)
    hers = send_message(ines, group, text="From Inês")
    from_amara = send_message(amara, group, text="From Amara")
    assert list(Message.objects.visible_to(amara)) == [from_amara]
    assert list(Message.objects.visible_to(ines)) == [hers]
    assert set(Message.objects.visible_to(leif)) == {hers, from_amara}
    assert not Notice.objects.filter(member=amara).exists()
    assert not Notice.objects.filter(member=ines).exists()


def test_nobody_there_to_read(pair, ines, amara):
    ines.state = "left"
    ines.save()
    assert codes(lambda: send_message(amara, pair, text="x")) == "conversation_closed"


@pytest.mark.parametrize(("text", "code"), [(" \n ", "text_missing"), ("x" * 10_001, "text_too_long")])
def test_bad_words(pair, amara, text, code):
    assert codes(lambda: send_message(amara, pair, text=text)) == code
    assert not Message.objects.exists()


def test_a_file_needs_no_words_and_there_are_not_too_many(pair, amara, shelf, settings):
    settings.MOST_FILES = 2
    file = checked("map.png", picture())
    sent = send_message(amara, pair, text="", files=[file])
    assert sent.files.get().kind == "png"
    assert codes(lambda: send_message(amara, pair, text="x", files=[file] * 3)) == "too_many_files"
    assert len(list(shelf.glob("*/*"))) == 1


def test_another_organisation_sees_nothing(pair, amara, make_member, other_organisation):
    send_message(amara, pair, text="Ours")
    ola = make_member("Ola Nordby", organisation=other_organisation, is_administrator=True, is_safeguarding_lead=True)
    assert not Message.objects.visible_to(ola).exists()


@pytest.mark.parametrize("role", ["is_administrator", "is_safeguarding_lead"])
def test_nobody_who_runs_anything_sees_it(pair, amara, make_member, network, role):
    send_message(amara, pair, text="Ours")
    ruta = make_member("Ruta Kalvendis", **{role: True})
    network.programme.managers.add(ruta)
    assert not Message.objects.visible_to(ruta).exists()
