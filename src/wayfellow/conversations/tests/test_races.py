"""Many at once: one draft is one letter, one mail is taken once, nothing is written after an end."""

from typing import Any

import pytest

from wayfellow.conversations.actions import send_message
from wayfellow.conversations.models import Message
from wayfellow.conversations.tests.mails import ADDRESS, address_of, answer
from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.jobs.models import Job
from wayfellow.notifications.inbound.handling import handle_mail
from wayfellow.notifications.models import InboundMail, Notice
from wayfellow.relationships.tests.test_races import at_once

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
RIVALS = 20


def test_a_draft_sent_from_many_windows_is_one_letter(pair, amara):
    sent = at_once(*[lambda: send_message(amara, pair, text="Once", key="k1")] * RIVALS)
    assert len({letter.pk for letter in sent}) == 1
    assert Message.objects.count() == Notice.objects.count() == 1


def test_many_letters_at_once_are_all_there_and_one_notice_tells_of_all(group, ines, amara, leif, kofi):
    writers = [ines, amara, leif, kofi] * (RIVALS // 4)

    def write(member: Any, number: int) -> Any:
        return send_message(member, group, text=f"Letter {number}")

    at_once(*[lambda pair=pair: write(pair[1], pair[0]) for pair in enumerate(writers)])
    assert Message.objects.count() == RIVALS
    for member in (ines, amara, leif, kofi):
        told = Notice.objects.get(member=member, kind="message_received")
        assert told.facts["count"] == RIVALS * 3 // 4
    assert Job.objects.filter(key__startswith="notice:").count() == 4


def test_a_mail_that_many_readers_of_the_mailbox_find_is_taken_once(pair, amara, settings):
    settings.INBOUND_ADDRESS = ADDRESS
    raw = answer(amara.email, address_of(amara, pair))
    states = at_once(*[lambda: handle_mail(raw, now=clock.now())] * RIVALS)
    assert set(states) == {"taken"}
    assert Message.objects.count() == InboundMail.objects.count() == 1


def test_an_address_used_by_two_takes_only_its_owners(pair, amara, ines, settings):
    settings.INBOUND_ADDRESS = ADDRESS
    to = address_of(amara, pair)
    mine, theirs = answer(amara.email, to, identity="<1@x>"), answer(ines.email, to, identity="<2@x>")
    states = at_once(*[lambda raw=raw: handle_mail(raw, now=clock.now()) for raw in [mine, theirs] * 5])
    assert sorted(states) == ["refused"] * 5 + ["taken"] * 5
    assert Message.objects.get().author == amara
    assert Notice.objects.filter(kind="reply_not_taken").count() == 1


def test_an_ended_relationship_gets_no_letter_that_began_before(pair, amara):
    def end() -> None:
        from django.db import transaction

        from wayfellow.relationships.models import Relationship

        with transaction.atomic():
            found = Relationship.objects.lock(pair.pk)
            found.state, found.ended_at = "completed", clock.now()
            found.save()

    results = at_once(end, *[lambda: send_message(amara, pair, text="In time?")] * RIVALS)
    pair.refresh_from_db()
    refused = sum(isinstance(result, Refused) for result in results)
    assert Message.objects.count() == RIVALS - refused
