from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from wayfellow.meetings.actions import cancel_meeting, make_feed, move_meeting, revoke_feed
from wayfellow.meetings.models import PersonalCalendar
from wayfellow.meetings.queries.entries import feed_of
from wayfellow.meetings.tests.conftest import THURSDAY
from wayfellow.relationships.models import Participant


def read(token: str, **headers: str) -> Any:
    return Client().get(reverse("calendar_feed", args=[token]), headers=headers)


def entries(response: Any) -> list[Any]:
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_one_reads_ones_own_meetings_and_nobody_elses(
    plan: Any, pair: Any, together: Any, amara: Any, ines: Any, leif: Any, kofi: Any
) -> None:
    plan(amara, pair, every_weeks=1, times=2)
    plan(leif, together(leif, kofi), title="Secret")
    response = read(make_feed(amara))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = entries(response)
    assert [one.start for one in found] == [THURSDAY, THURSDAY + timedelta(days=7)]
    assert len({str(one["uid"]) for one in found}) == 2
    assert [str(one["summary"]) for one in found] == ["Inês and you"] * 2
    assert (
        b"Secret" not in response.content and b"ATTENDEE" not in response.content and b"METHOD" not in response.content
    )
    assert response["Cache-Control"] == "private, no-cache"


def test_it_says_whether_it_changed(plan: Any, pair: Any, amara: Any) -> None:
    token, meeting = make_feed(amara), plan(amara, pair)
    etag = read(token)["ETag"]
    same = read(token, **{"if-none-match": etag})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    move_meeting(amara, meeting, starts_at=THURSDAY + timedelta(hours=3))
    assert read(token, **{"if-none-match": etag}).status_code == 200
    cancel_meeting(amara, meeting)
    assert entries(read(token)) == []


def test_a_revoked_one_says_so_and_an_unknown_one_too(amara: Any) -> None:
    first = make_feed(amara)
    second = make_feed(amara)
    assert (read(first).status_code, read(second).status_code) == (410, 200)
    revoke_feed(amara)
    revoke_feed(amara)
    gone = read(second)
    assert (gone.status_code, gone.content) == (410, b"This calendar is switched off.\n")
    assert read("unknown").status_code == 404


def test_the_token_is_kept_nowhere(amara: Any) -> None:
    token = make_feed(amara)
    found = PersonalCalendar.objects.get()
    assert found.feed_digest and token not in {str(value) for value in vars(found).values()}


def test_who_left_reads_nothing(amara: Any) -> None:
    token = make_feed(amara)
    amara.state = "left"
    amara.save()
    assert read(token).status_code == 410


def test_who_left_a_group_finds_nothing_new(plan: Any, group: Any, amara: Any, kofi: Any, now: Any) -> None:
    token = make_feed(kofi)
    Participant.objects.filter(enrolment__member=kofi).update(left_at=now - timedelta(hours=1))
    plan(amara, group)
    assert entries(read(token)) == []


def test_no_query_more_for_more_meetings(
    plan: Any, pair: Any, group: Any, amara: Any, now: Any, django_assert_num_queries: Any
) -> None:
    plan(amara, pair)
    with django_assert_num_queries(2):
        assert feed_of(amara, now=now)[0].count("BEGIN:VEVENT") == 1
    plan(amara, group, starts_at=THURSDAY + timedelta(days=1), every_weeks=1, times=26)
    with django_assert_num_queries(2):
        assert feed_of(amara, now=now)[0].count("BEGIN:VEVENT") == 27


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(amara: Any, method: str) -> None:
    assert getattr(Client(), method)(reverse("calendar_feed", args=[make_feed(amara)])).status_code == 405
