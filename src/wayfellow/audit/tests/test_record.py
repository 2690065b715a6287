"""`record`: one event in the caller's transaction, hashed onto the one before."""

import itertools
import threading
from typing import Any

import pytest
from django.apps import apps
from django.db import connections, transaction

from wayfellow.audit.actions import JOB, came_by, record
from wayfellow.audit.chain import digest_of_details, hash_of_event
from wayfellow.audit.models import AuditHead, Event
from wayfellow.core.registry import Subscription


def test_appends_an_event_that_hashes_the_one_before(organisation: Any, member: Any) -> None:
    first = record("request_sent", actor=member, organisation=organisation, about=member, details={"goal": 3})
    second = record("request_withdrawn", actor=None, organisation=organisation)

    assert (first.sequence, second.sequence) == (1, 2)
    assert second.previous_hash == first.hash
    assert first.about_type == "people.Member"
    assert first.about_id == str(member.pk)
    stored = Event.objects.get(pk=first.pk)
    assert hash_of_event(stored) == stored.hash
    assert digest_of_details(salt=stored.salt, actor_id=member.pk, details={"goal": 3}) == stored.details_digest
    head = AuditHead.objects.get(organisation=organisation)
    assert (head.sequence, head.hash) == (2, second.hash)


def test_the_chain_stays_whole_when_actor_and_details_are_erased(organisation: Any, member: Any) -> None:
    event = record("request_sent", actor=member, organisation=organisation, details={"goal": 3})
    Event.objects.filter(pk=event.pk).update(actor=None, details=None, salt="")
    event.refresh_from_db()
    assert hash_of_event(event) == event.hash


def test_each_organisation_has_its_own_chain(organisation: Any, other_organisation: Any) -> None:
    record("one", actor=None, organisation=organisation)
    event = record("one", actor=None, organisation=other_organisation)
    assert event.sequence == 1
    assert event.previous_hash == "0" * 64


def test_says_how_the_actor_came(organisation: Any) -> None:
    with came_by(JOB):
        assert record("one", actor=None, organisation=organisation).via == "job"
    assert record("two", actor=None, organisation=organisation).via == "command"
    with pytest.raises(ValueError, match="pigeon"), came_by("pigeon"):
        pass


@pytest.mark.parametrize("details", [{"at": object()}, {"share": float("nan")}])
def test_refuses_details_that_are_not_plain_json(organisation: Any, details: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        record("one", actor=None, organisation=organisation, details=details)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_refuses_to_stand_outside_a_transaction(organisation: Any) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record("one", actor=None, organisation=organisation)


def test_only_administrators_of_the_organisation_see_events(
    organisation: Any, other_organisation: Any, member: Any, administrator: Any, make_member: Any
) -> None:
    record("one", actor=member, organisation=organisation)
    stranger = make_member("Tomas Weir", organisation=other_organisation, is_administrator=True)
    assert Event.objects.visible_to(administrator).count() == 1
    assert Event.objects.visible_to(member).count() == 0
    assert Event.objects.visible_to(stranger).count() == 0


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_eight_rivals_make_one_chain(organisation: Any) -> None:
    start = threading.Barrier(8)
    errors: list[BaseException] = []

    def append(number: int) -> None:
        try:
            start.wait(10)
            for turn in range(5):
                with transaction.atomic():
                    record("goal_set", actor=None, organisation=organisation, details={"from": number, "turn": turn})
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=append, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    events = list(Event.objects.order_by("sequence"))
    assert [event.sequence for event in events] == list(range(1, 41))
    for before, after in itertools.pairwise(events):
        assert after.previous_hash == before.hash
        assert hash_of_event(after) == after.hash


def test_enqueues_what_subscribes_to_the_verb(organisation: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    subscription = Subscription(event="goal_set", task="wayfellow.jobs.tests.tasks.note_it")
    monkeypatch.setattr(apps.get_app_config("jobs"), "subscriptions", [subscription], raising=False)
    event = record("goal_set", actor=None, organisation=organisation)
    record("goal_dropped", actor=None, organisation=organisation)
    assert apps.get_model("jobs.Job").objects.get().kwargs == {"event_id": event.pk}
