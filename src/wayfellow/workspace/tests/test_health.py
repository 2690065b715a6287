"""How relationships go: parts, to their people first, to the programme a week later, and every look is seen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.meetings.models import Meeting
from wayfellow.relationships.models import Relationship
from wayfellow.workspace.actions import look_at_relationship
from wayfellow.workspace.queries.health import health_of, under_way
from wayfellow.workspace.queries.readers import looks_at


@pytest.fixture
def pair(make_mentor, make_mentee, pair_up):
    return pair_up(make_mentee("Amara Oyelunde"), make_mentor("Inês Tavaredo"))


def aged(pair, days, **fields):
    Relationship.objects.filter(pk=pair.pk).update(opened_at=clock.now() - timedelta(days=days), **fields)
    return under_way(pair.cohort).get(pk=pair.pk)


def meet(pair, days_ago, state="held"):
    at = clock.now() - timedelta(days=days_ago)
    Meeting.objects.create(
        organisation=pair.organisation, relationship=pair, state=state, starts_at=at, minutes=60,
        ends_at=at + timedelta(hours=1), created_at=at - timedelta(days=2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "to_them", "to_programme"),
    [(10, "info", "info"), (11, "warn", "info"), (17, "warn", "info"), (18, "warn", "warn")],
)
def test_a_first_meeting_overdue_is_said_to_the_pair_a_week_before_the_programme(pair, days, to_them, to_programme):
    found = aged(pair, days)
    assert health_of([found], now=clock.now(), later=0)[0].contact.shape == to_them
    (seen,) = health_of([found], now=clock.now())
    assert (seen.contact.shape, seen.wants_word) == (to_programme, to_programme == "warn")


@pytest.mark.parametrize(
    ("weeks", "quiet", "shape"), [(2, 28, "good"), (2, 29, "warn"), (4, 42, "good"), (4, 43, "warn")]
)
def test_the_next_meeting_is_overdue_by_the_rhythm_they_agreed_on(pair, weeks, quiet, shape):
    found = aged(pair, 100, every_weeks=weeks)
    meet(found, quiet)
    assert health_of([found], now=clock.now(), later=0)[0].contact.shape == shape


def test_what_is_planned_or_paused_needs_no_word(pair):
    found = aged(pair, 100)
    meet(found, -3, state="scheduled")
    assert not health_of([found], now=clock.now())[0].wants_word
    Meeting.objects.all().delete()
    until = clock.now().date() + timedelta(days=20)
    found = aged(pair, 100, state="paused", paused_at=clock.now(), paused_until=until)
    assert health_of([found], now=clock.now())[0].contact.shape == "none"


def test_the_pair_is_offered_help_and_told_who_sees_it(pair, client_for, manager):
    aged(pair, 30)
    member = pair.participants.get(role="mentee").enrolment.member
    page = client_for(member).get(reverse("how_it_goes", args=["larkmoor", pair.pk])).content.decode()
    assert "You have not met for a while" in page
    assert "Devika Marsh" in page
    assert reverse("propose_slots", args=["larkmoor", pair.pk]) in page


def test_a_look_by_the_manager_is_written_down_once_and_seen_by_the_pair(pair, client_for, manager):
    aged(pair, 30)
    desk = client_for(manager)
    listed = desk.get(reverse("programme_health", args=["larkmoor"])).content.decode()
    assert "Inês Tavaredo and Amara Oyelunde" in listed
    assert looks_at(pair).count() == 0
    for _again in range(3):
        assert desk.get(reverse("relationship_health", args=["larkmoor", pair.pk])).status_code == 200
    assert [look.actor for look in looks_at(pair)] == [manager]
    look_at_relationship(manager, pair, now=clock.now() + timedelta(hours=1))
    assert looks_at(pair).count() == 2
    member = pair.participants.get(role="mentor").enrolment.member
    page = client_for(member).get(reverse("who_can_read", args=["larkmoor", pair.pk])).content.decode()
    assert page.count("Devika Marsh</b>") == 2


def test_it_exports_and_searches_and_shows_no_totals_of_few(pair, client_for, manager):
    aged(pair, 30)
    desk, address = client_for(manager), reverse("programme_health", args=["larkmoor"])
    assert "Too few to say" in desk.get(address).content.decode()
    assert "Amara" not in desk.get(f"{address}?q=Nobody").content.decode()
    rows = b"".join(desk.get(f"{address}?format=csv").streaming_content).decode()
    assert "Inês Tavaredo and Amara Oyelunde" in rows
    assert "Not met yet" in rows


def test_many_relationships_cost_no_more_questions(
    make_mentor, make_mentee, pair_up, client_for, manager, django_assert_max_num_queries
):
    mentor = make_mentor("Inês Tavaredo", capacity=9)
    for letter in "ABCDEFGH":
        pair_up(make_mentee(f"Mentee {letter}lpha"), mentor)
    client = client_for(manager)
    with django_assert_max_num_queries(26):
        client.get(reverse("programme_health", args=["larkmoor"]))
