"""`verify_record`: a whole record is found whole, and each way of tampering is named with its row."""

from typing import Any

import pytest
from django.db.models import F

from wayfellow.audit import verifying
from wayfellow.audit.actions import record
from wayfellow.audit.chain import digest_of_details, hash_of_event
from wayfellow.audit.models import AuditHead, Event
from wayfellow.audit.verifying import verify_record
from wayfellow.people.actions.accounts import forget_member


@pytest.fixture
def ten(organisation: Any, member: Any) -> Any:
    """Ten events of the organisation."""
    for number in range(1, 11):
        record("goal_set", actor=member, organisation=organisation, about=member, details={"goal": number})
    return Event.objects.filter(organisation=organisation)


def found(organisation: Any) -> list[tuple[str, int]]:
    return [(problem.kind, problem.sequence) for problem in verify_record(organisation.pk).problems]


def test_a_whole_record(organisation: Any, other_organisation: Any, ten: Any) -> None:
    record("one", actor=None, organisation=other_organisation)
    verdict = verify_record(organisation.pk)
    assert (verdict.problems, verdict.events, verdict.erased) == ([], 10, 0)
    assert verdict.ends == ten.get(sequence=10).hash
    assert verify_record(other_organisation.pk).events == 1


def test_nothing_happened_yet(organisation: Any) -> None:
    assert verify_record(organisation.pk).problems == []


@pytest.mark.parametrize(
    "change", [{"verb": "goal_dropped"}, {"via": "job"}, {"about_id": "7"}, {"details_digest": "0" * 64}], ids=str
)
def test_a_changed_field(organisation: Any, ten: Any, change: dict[str, Any]) -> None:
    ten.filter(sequence=4).update(**change)
    assert found(organisation) == [("changed", 4)]


@pytest.mark.parametrize(
    "change", [{"details": {"goal": 99}}, {"actor": None}, {"salt": ""}, {"details": None}], ids=str
)
def test_changed_details_or_actor(organisation: Any, ten: Any, change: dict[str, Any]) -> None:
    ten.filter(sequence=4).update(**change)
    assert found(organisation) == [("changed", 4)]


def test_a_changed_moment(organisation: Any, ten: Any) -> None:
    event = ten.get(sequence=4)
    ten.filter(pk=event.pk).update(at=event.at.replace(year=2020))
    assert found(organisation) == [("changed", 4)]


def test_a_change_that_is_hashed_again(organisation: Any, ten: Any) -> None:
    event = ten.get(sequence=4)
    event.details = {"goal": 99}
    event.details_digest = digest_of_details(salt=event.salt, actor_id=event.actor_id, details=event.details)
    event.hash = hash_of_event(event)
    event.save()
    assert found(organisation) == [("unlinked", 5)]


@pytest.mark.parametrize(
    ("gone", "says"), [([1], "event 1 is"), ([5, 6, 7], "events 5 to 7 are"), ([10], "event 10 is")]
)
def test_missing_rows(organisation: Any, ten: Any, gone: list[int], says: str) -> None:
    ten.filter(sequence__in=gone).delete()
    verdict = verify_record(organisation.pk)
    assert [problem.words for problem in verdict.problems] == [f"{says} missing"]


def test_all_rows_are_missing(organisation: Any, ten: Any) -> None:
    ten.delete()
    assert found(organisation) == [("missing", 1)]


def test_a_missing_row_whose_gap_is_closed(organisation: Any, ten: Any) -> None:
    ten.filter(sequence=4).delete()
    for event in ten.filter(sequence__gt=4).order_by("sequence"):
        ten.filter(pk=event.pk).update(sequence=F("sequence") - 1)
    AuditHead.objects.update(sequence=9)
    kinds = dict.fromkeys(found(organisation))
    assert ("unlinked", 4) in kinds


def test_two_rows_that_changed_places(organisation: Any, ten: Any) -> None:
    third, eighth = ten.get(sequence=3), ten.get(sequence=8)
    ten.filter(pk=third.pk).update(sequence=1000)
    ten.filter(pk=eighth.pk).update(sequence=3)
    ten.filter(pk=third.pk).update(sequence=8)
    verdict = verify_record(organisation.pk)
    words = [problem.words for problem in verdict.problems if problem.kind == "moved"]
    assert words == [
        "event 8 (goal_set) stands in the place of 3",
        "event 3 (goal_set) stands in the place of 8",
    ]


def test_a_row_past_the_end(organisation: Any, ten: Any) -> None:
    event = ten.get(sequence=10)
    event.pk, event.sequence = None, 11
    event.save(force_insert=True)
    assert found(organisation) == [("added", 11)]


def test_a_changed_head(organisation: Any, ten: Any) -> None:
    AuditHead.objects.update(hash="0" * 64)
    assert found(organisation) == [("unlinked", 10)]
    AuditHead.objects.all().delete()
    assert found(organisation) == [("headless", 10)]


def test_somebody_is_forgotten(organisation: Any, ten: Any, member: Any) -> None:
    forget_member(member)
    verdict = verify_record(organisation.pk)
    assert verdict.problems == []
    assert verdict.erased >= 10


def test_details_that_were_erased_for_nobody(organisation: Any, ten: Any) -> None:
    ten.filter(sequence=4).update(details=None, salt="")
    assert found(organisation) == [("cut", 0)]


def test_reads_a_part_at_a_time(organisation: Any, ten: Any, monkeypatch: Any, django_assert_num_queries: Any) -> None:
    monkeypatch.setattr(verifying, "CHUNK", 4)
    with django_assert_num_queries(1 + 4 + 1):  # the head; 4, 4, 2 and no more; what is past the end
        assert verify_record(organisation.pk).events == 10


def test_names_no_more_than_twenty(organisation: Any, member: Any) -> None:
    for _number in range(25):
        record("goal_set", actor=member, organisation=organisation)
    Event.objects.update(verb="goal_dropped")
    verdict = verify_record(organisation.pk)
    assert len(verdict.problems) == 20
    assert verdict.is_cut_short
