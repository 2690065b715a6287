"""The page of a request names the free hours that both share, in the reader's own time."""

import pytest
from django.urls import reverse

from wayfellow.people.models import Profile
from wayfellow.relationships.queries.hours import shared_hours

pytestmark = pytest.mark.django_db


def free(member, *blocks, zone="UTC"):
    member.time_zone = zone
    member.save(update_fields=["time_zone"])
    week = [{"weekday": day, "start": start * 60, "end": end * 60} for day, start, end in blocks]
    Profile.objects.update_or_create(
        member=member, defaults={"organisation": member.organisation, "availability": week}
    )


def page(client_for, request, reader):
    url = reverse("answer", args=[request.organisation.slug, request.pk])
    return client_for(reader).get(url).content.decode()


def test_each_reads_the_shared_hours_in_their_own_time(mentee, mentor, ask, client_for):
    free(mentee.member, (1, 10, 12), (3, 18, 20), zone="Africa/Nairobi")
    free(mentor.member, (1, 7, 8), (3, 9, 10), zone="UTC")
    request = ask(mentee, mentor)
    theirs = page(client_for, request, mentor.member)
    assert "Shared free time" in theirs and "One hour a week" in theirs
    assert "Tuesdays, 07:00–08:00 your time" in theirs
    assert "Tuesdays, 10:00–11:00 your time" in page(client_for, request, mentee.member)


def test_none_shared_is_said(mentee, mentor, ask, client_for):
    free(mentee.member, (1, 10, 12))
    free(mentor.member, (2, 10, 12))
    assert "by the hours you both gave" in page(client_for, ask(mentee, mentor), mentor.member)


def test_nothing_stands_there_while_one_has_not_said(mentee, mentor, ask, client_for, now):
    free(mentee.member, (1, 10, 12))
    assert shared_hours(mentor.member, mentee.member, now=now) is None
    assert "Shared free time" not in page(client_for, ask(mentee, mentor), mentor.member)


def test_one_query(mentee, mentor, now, django_assert_num_queries):
    free(mentee.member, (1, 10, 12))
    free(mentor.member, (1, 10, 12))
    with django_assert_num_queries(1):
        shared_hours(mentor.member, mentee.member, now=now)
