"""A block keeps two people apart, is told to nobody, and can be taken back."""

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.discovery.queries import Wanted, find, read_reader
from wayfellow.notifications.models import Notice
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.relationships.policy import why_not_send_request
from wayfellow.safety import actions
from wayfellow.safety.models import Block
from wayfellow.search.actions import touch

pytestmark = pytest.mark.django_db


def test_nobody_is_told_and_the_record_does_not_say_who(amara, leif):
    actions.block_member(amara, leif)
    assert not Notice.objects.exists()
    event = Event.objects.get(verb="member_blocked")
    assert (event.actor, event.details) == (None, {})


def test_twice_is_once(amara, leif):
    actions.block_member(amara, leif)
    actions.block_member(amara, leif)
    assert Block.objects.count() == 1
    assert Event.objects.filter(verb="member_blocked").count() == 1


def test_not_oneself(amara):
    with pytest.raises(Refused) as refused:
        actions.block_member(amara, amara)
    assert refused.value.code == "yourself"


@pytest.mark.parametrize("blocker", ["mentee", "mentor"])
def test_neither_finds_or_asks_the_other(amara, leif, enrol, blocker):
    mentee, mentor = enrol(amara), enrol(leif, mentor=True)
    touch(leif)
    now = clock.now()

    def finds():
        return [candidate.pk for candidate in find(read_reader(amara, now=now), Wanted()).found]

    assert finds() == [mentor.pk]
    assert why_not_send_request(mentee, mentor, now) is None
    pair = (amara, leif) if blocker == "mentee" else (leif, amara)
    actions.block_member(*pair)
    assert finds() == []
    assert why_not_send_request(mentee, mentor, now).code == "blocked"
    actions.unblock_member(*pair)
    assert finds() == [mentor.pk]
    assert why_not_send_request(mentee, mentor, now) is None


def test_asked_once_more_then_done_then_undone(amara, leif, client_for):
    client = client_for(amara)
    url = reverse("block_member", args=["larkmoor", leif.pk])
    assert "Nobody is told" in client.get(url).content.decode()
    assert not Block.objects.exists()
    page = client.post(url, follow=True).content.decode()
    undo = reverse("unblock_member", args=["larkmoor", leif.pk])
    assert "Leif Holmqvarn" in page and f'action="{undo}"' in page
    assert client.get(undo).status_code == 405
    assert "is not blocked any more" in client.post(undo, follow=True).content.decode()
    assert not Block.objects.exists()


@pytest.fixture
def pair(amara, leif, enrol):
    mentee, mentor = enrol(amara), enrol(leif, mentor=True)
    found = Relationship.objects.create(
        organisation=amara.organisation, cohort=mentee.cohort, opened_at=clock.now(), state="active"
    )
    for enrolment, role in ((mentee, "mentee"), (mentor, "mentor")):
        Participant.objects.create(organisation=amara.organisation, relationship=found, enrolment=enrolment, role=role)
    return found


def test_who_works_together_is_told_what_a_block_stops_and_what_it_does_not_end(amara, leif, pair, client_for):
    client = client_for(amara)
    url, end = (
        reverse(name, args=["larkmoor", pk]) for name, pk in (("block_member", leif.pk), ("end_relationship", pair.pk))
    )
    before = client.get(url).content.decode()
    assert "Writing to each other and meeting stop at once" in before and end in before
    after = client.post(url, follow=True).content.decode()
    assert "you still work together" in after and end in after
    assert client.get(end).status_code == 200
    pair.state = "ended_early"
    pair.save()
    assert "you still work together" not in client.get(reverse("my_blocks", args=["larkmoor"])).content.decode()
    actions.unblock_member(amara, leif)
    assert "A block does not end that" not in client.get(url).content.decode()


def test_a_block_is_asked_once_more_from_where_people_meet(amara, leif, pair, client_for):
    url = reverse("block_member", args=["larkmoor", leif.pk])
    for name, pk in (("member", leif.pk), ("relationship", pair.pk)):
        page = client_for(amara).get(reverse(name, args=["larkmoor", pk])).content.decode()
        assert f'href="{url}' in page and f'action="{url}' not in page


def test_each_sees_their_own_list(amara, leif, client_for):
    actions.block_member(leif, amara)
    url = reverse("my_blocks", args=["larkmoor"])
    assert "You blocked nobody" in client_for(amara).get(url).content.decode()
    assert client_for(amara).post(reverse("unblock_member", args=["larkmoor", leif.pk])).status_code == 404
    assert "Nobody fits" in client_for(leif).get(url, {"q": "zzz"}).content.decode()
    assert Block.objects.count() == 1


def test_the_list_reads_the_database_a_fixed_number_of_times(
    amara, make_member, client_for, django_assert_max_num_queries
):
    for number in range(12):
        actions.block_member(amara, make_member(f"Person Number {number}"))
    client = client_for(amara)
    with django_assert_max_num_queries(12):
        client.get(reverse("my_blocks", args=["larkmoor"]))


def test_strangers(make_member, other_organisation, leif, client_for):
    stranger = make_member("Odalys Renner", organisation=other_organisation)
    url = reverse("block_member", args=["larkmoor", leif.pk])
    assert client_for(stranger).get(url).status_code == 404
    own = reverse("block_member", args=[other_organisation.slug, leif.pk])
    assert client_for(stranger).post(own).status_code == 404
    assert not Block.objects.exists()
