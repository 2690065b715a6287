from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from wayfellow.core.errors import DomainError, InvalidInput, Refused
from wayfellow.meetings.actions import cancel_meeting, close_proposal, pick_slot, propose_slots
from wayfellow.meetings.models import BusyTime, Meeting, Proposal
from wayfellow.meetings.queries.free_times import free_times
from wayfellow.meetings.queries.people import people_of
from wayfellow.meetings.tests.conftest import THURSDAY
from wayfellow.people.models import Profile
from wayfellow.relationships.tests.test_races import at_once, refusals

TIMES = [THURSDAY, THURSDAY + timedelta(days=1), THURSDAY + timedelta(days=4)]


def free_from(member: Any, *blocks: tuple[int, int, int]) -> None:
    rows = [{"weekday": day, "start": start * 60, "end": end * 60} for day, start, end in blocks]
    Profile.objects.update_or_create(
        member=member, defaults={"organisation": member.organisation, "availability": rows}
    )


def times_of(pair: Any, reader: Any, now: datetime, **fields: Any) -> Any:
    return free_times(pair, people_of(pair), reader, **{"minutes": 60, "now": now, **fields})


def test_only_times_at_which_all_are_free(pair: Any, amara: Any, ines: Any, now: Any) -> None:
    free_from(amara, (3, 18, 21))  # Thursdays in Nairobi: 15 to 18 UTC
    free_from(ines, (3, 16, 19))  # Thursdays in Lisbon: 16 to 19 UTC
    found = times_of(pair, amara, now)
    assert [f"{start:%d %H:%M}" for start in found.starts] == ["26 16:00", "03 16:00", "10 16:00", "17 16:00"]
    assert found.guessed == []


def test_busy_times_and_meetings_are_left_out_though_one_alone_is_connected(
    pair: Any, together: Any, amara: Any, ines: Any, leif: Any, plan: Any, now: Any
) -> None:
    free_from(amara, (3, 18, 21))
    free_from(ines, (3, 16, 19))
    BusyTime.objects.create(
        organisation=ines.organisation, member=ines, starts_at=THURSDAY, ends_at=THURSDAY + timedelta(hours=2)
    )
    plan(amara, together(amara, leif), starts_at=datetime(2026, 12, 3, 16, 30, tzinfo=UTC), minutes=30)
    found = times_of(pair, amara, now)
    assert [f"{start:%d %H:%M}" for start in found.starts] == ["03 17:00", "10 16:00", "17 16:00"]


def test_who_gave_no_hours_is_asked_for_ordinary_ones(pair: Any, amara: Any, ines: Any, now: Any) -> None:
    free_from(ines, (5, 10, 12), (2, 6, 7))
    found = times_of(pair, ines, now)
    assert [person.pk for person in found.guessed] == [amara.pk]
    assert {f"{start:%a %H:%M}" for start in found.starts} == {"Wed 06:00"}


def test_no_query_more_for_more_people(
    group: Any, pair: Any, amara: Any, now: Any, django_assert_num_queries: Any
) -> None:
    for relationship in (pair, group):
        people = people_of(relationship)
        with django_assert_num_queries(4):
            free_times(relationship, people, amara, minutes=30, now=now)


def test_the_others_are_told_and_earlier_times_give_way(
    group: Any, amara: Any, ines: Any, kofi: Any, told: Any, events: Any
) -> None:
    first = propose_slots(amara, group, starts=TIMES[:1], minutes=60)
    second = propose_slots(ines, group, starts=[*TIMES, TIMES[0]], minutes=45, word="Which one?")
    first.refresh_from_db()
    assert (first.state, second.state, second.slots.count()) == ("closed", "open", 3)
    assert told(kofi) == ["times_proposed", "times_proposed"]
    assert told(ines) == told(amara) == ["times_proposed"]
    assert events() == ["slots_proposed", "slots_proposed"]


@pytest.mark.parametrize(("starts", "code"), [
    ([], "no_slots"),
    ([THURSDAY + timedelta(hours=n) for n in range(7)], "too_many_slots"),
])  # fmt: skip
def test_bad_input(pair: Any, amara: Any, starts: Any, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        propose_slots(amara, pair, starts=starts, minutes=60)
    assert refused.value.code == code


def test_refused(pair: Any, plan: Any, amara: Any, leif: Any, now: Any) -> None:
    for actor, start, code in [(leif, THURSDAY, "not_yours"), (amara, now, "past")]:
        with pytest.raises(Refused) as refused:
            propose_slots(actor, pair, starts=[start], minutes=60)
        assert refused.value.code == code
    meeting = cancel_meeting(amara, plan(amara, pair))
    with pytest.raises(Refused) as refused:
        propose_slots(amara, pair, starts=TIMES, minutes=60, meeting=meeting)
    assert refused.value.code == "not_planned"


def test_a_time_that_is_taken_is_a_meeting_of_both(pair: Any, amara: Any, ines: Any, told: Any, events: Any) -> None:
    proposal = propose_slots(amara, pair, starts=TIMES, minutes=45)
    meeting = pick_slot(ines, proposal.slots.get(starts_at=TIMES[1]))
    proposal.refresh_from_db()
    assert (meeting.starts_at, meeting.minutes, proposal.state, proposal.picked_by) == (TIMES[1], 45, "picked", ines)
    assert dict(meeting.attendances.values_list("member", "answer")) == {amara.pk: "yes", ines.pk: "yes"}
    assert told(amara) == ["meeting_planned"]
    assert events()[-1] == "slot_picked"


def test_a_time_that_is_taken_moves_the_meeting_it_was_offered_for(
    pair: Any, plan: Any, amara: Any, ines: Any, told: Any
) -> None:
    meeting = plan(amara, pair)
    proposal = propose_slots(ines, pair, starts=TIMES[1:], minutes=60, meeting=meeting)
    assert pick_slot(amara, proposal.slots.first()).pk == meeting.pk
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence, Meeting.objects.count()) == (TIMES[1], 1, 1)
    assert set(meeting.attendances.values_list("answer", flat=True)) == {"yes"}
    assert told(ines)[-1] == "meeting_moved"
    proposal.refresh_from_db()
    assert proposal.state == "picked"


def test_who_may_not_take_one(pair: Any, amara: Any, ines: Any, leif: Any) -> None:
    proposal = propose_slots(amara, pair, starts=TIMES, minutes=45)
    slot = proposal.slots.first()
    for actor, when, code in [
        (amara, None, "your_own"),
        (leif, None, "not_yours"),
        (ines, TIMES[0] + timedelta(minutes=1), "past"),
    ]:
        with pytest.raises(Refused) as refused:
            pick_slot(actor, slot, now=when)
        assert refused.value.code == code
    pick_slot(ines, slot)
    with pytest.raises(Refused) as refused:
        pick_slot(ines, proposal.slots.last())
    assert refused.value.code == "taken_already"


def test_none_of_them_suits(pair: Any, amara: Any, ines: Any, told: Any, events: Any) -> None:
    proposal = close_proposal(ines, propose_slots(amara, pair, starts=TIMES, minutes=45), word="I am on leave.")
    assert proposal.state == "closed"
    assert told(amara) == ["times_declined"]
    assert events()[-1] == "proposal_closed"
    with pytest.raises(Refused):
        close_proposal(ines, proposal)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_many_take_a_time_at_once_and_one_has_it(together: Any, make_member: Any, ines: Any) -> None:
    rivals = [make_member(f"Rival {chr(65 + n)}") for n in range(12)]
    relationship = together(*rivals, ines)
    proposal = propose_slots(ines, relationship, starts=TIMES, minutes=60)
    slots = list(proposal.slots.all())

    def take(position: int, rival: Any) -> Any:
        from wayfellow.core import clock
        from wayfellow.meetings.tests.conftest import NOW

        with clock.moved_to(NOW):
            return pick_slot(rival, slots[position % 3])

    results = at_once(*(lambda n=n, rival=rival: take(n, rival) for n, rival in enumerate(rivals)))
    assert sum(isinstance(result, Meeting) for result in results) == 1
    assert refusals(results) == ["taken_already"] * 11
    assert Meeting.objects.count() == 1
    assert proposal.slots.filter(picked=True).count() == 1
    assert Proposal.objects.get().state == "picked"
    with transaction.atomic(), pytest.raises(DomainError):
        take(0, rivals[0])
