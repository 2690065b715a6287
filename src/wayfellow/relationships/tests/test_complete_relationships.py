"""It ends on its day, whether or not anybody filled in a form, and everybody is told beforehand."""

from datetime import date, timedelta

import pytest

from wayfellow.core import clock
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import complete_relationships, open_due_reviews
from wayfellow.relationships.dates import months_later
from wayfellow.relationships.models import Relationship, Review
from wayfellow.relationships.tests.conftest import days


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 5), 6, date(2027, 6, 5)),
    ],
)
def test_months_later(day, months, later):
    assert months_later(day, months) == later


def test_what_was_asked_for_holds_from_the_start(mentee, mentor, pair_up, now):
    relationship = pair_up(mentee, mentor)
    assert (relationship.every_weeks, relationship.minutes) == (4, 60)
    assert relationship.ends_on == months_later(relationship.organisation.today(now), 6)


def test_an_end_of_the_cohort_comes_first(mentee, mentor, pair_up, network, now):
    network.ends_on = now.date() + timedelta(days=20)
    network.save()
    assert pair_up(mentee, mentor).ends_on == network.ends_on


def test_it_is_completed_on_its_day_with_notice_beforehand(mentee, mentor, pair_up, told, events):
    relationship = pair_up(mentee, mentor)
    moment = clock.now()
    last = (relationship.ends_on - relationship.organisation.today(moment)).days
    complete_relationships(now=moment + days(last - 20))
    assert "relationship_ends_soon" not in told(mentee.member)
    for _ in range(2):
        complete_relationships(now=moment + days(last - 13))
    for one in (mentee, mentor):
        assert told(one.member).count("relationship_ends_soon") == 1
    assert Review.objects.get().kind == "closing"
    complete_relationships(now=moment + days(last - 1))
    assert Relationship.objects.get().is_active
    for _ in range(2):
        complete_relationships(now=moment + days(last))
    relationship.refresh_from_db()
    assert (relationship.state, relationship.ended_by) == ("completed", None)
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 0
    for one in (mentee, mentor):
        assert told(one.member).count("relationship_completed") == 1
    assert events().count("relationship_ended") == 1


def test_the_agreed_day_opens_the_look_back(signed, now, told, mentee):
    relationship = signed(review_on=(now + timedelta(days=40)).date().isoformat())
    open_due_reviews(now=now + days(39))
    assert not Review.objects.exists()
    for _ in range(2):
        open_due_reviews(now=now + days(40))
    assert Review.objects.get().kind == "midpoint"
    assert told(mentee.member).count("review_due") == 1
    relationship.refresh_from_db()
    assert relationship.review_on is None
