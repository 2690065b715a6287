"""Weekly free time: the form without JavaScript, the checks, the words."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.people import availability
from wayfellow.people.actions.profile import set_availability
from wayfellow.people.models import Profile
from wayfellow.people.tests.profiles import step

NOON = {"weekday": 0, "start": 720, "end": 780}
EVENING = {"weekday": 3, "start": 1080, "end": 1260}


def typed(*times):
    """(weekday, nth, start, end) as the form sends it."""
    sent = {}
    for weekday, nth, start, end in times:
        sent |= {f"day{weekday}_{nth}_start": str(start), f"day{weekday}_{nth}_end": str(end)}
    return sent


def test_times_are_kept_in_the_order_of_the_week(member, client_for):
    client = client_for(member)
    answer = client.post(step("availability"), typed((3, 1, 1080, 1260), (0, 0, 720, 780), (3, 0, 480, 540)))
    assert answer.url == step("background")
    assert member.profile.availability == [NOON, {"weekday": 3, "start": 480, "end": 540}, EVENING]
    assert Event.objects.get(verb="availability_changed").details == {}
    page = client.get(step("availability")).content.decode()
    assert page.count(" selected>") >= 6
    assert "In your own time zone, Lisbon." in page
    assert client.post(step("availability"), {}).status_code == 302
    member.profile.refresh_from_db()
    assert member.profile.availability == []


@pytest.mark.parametrize(
    ("times", "field", "words"),
    [
        ([(1, 0, 600, 600)], "day1_0_end", "The end must be after the beginning."),
        ([(1, 0, 600, 540)], "day1_0_end", "The end must be after the beginning."),
        ([(1, 0, 600, "")], "day1_0_end", "Choose when it ends, or leave both empty."),
        ([(1, 2, "", 600)], "day1_2_start", "Choose when it begins, or leave both empty."),
        ([(1, 0, 600, 720), (1, 1, 690, 750)], "day1_1_start", "This overlaps another time of the day, 10:00–12:00."),
        ([(1, 0, 601, 720)], "day1_0_start", "Choose a time from the list."),
        ([(1, 0, "noon", 720)], "day1_0_start", "Choose a time from the list."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(member, client_for, times, field, words):
    answer = client_for(member).post(step("availability"), typed((0, 0, 720, 780), *times))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [words]
    page = answer.content.decode()
    assert f'aria-describedby="id_{field}_error"' in page
    assert f'href="#id_{field}"' in page
    assert '<option value="720" selected>' in page
    assert not Profile.objects.exists()


def test_mondays_times_are_copied_and_not_saved(member, client_for):
    sent = typed((0, 0, 720, 780), (0, 1, 900, 930), (2, 0, 480, 540), (5, 0, 600, 660)) | {"copy": "1"}
    answer = client_for(member).post(step("availability"), sent)
    assert answer.status_code == 200
    form = answer.context["form"]
    for weekday in range(5):
        assert (form[f"day{weekday}_0_start"].value(), form[f"day{weekday}_1_end"].value()) == ("720", "930")
    assert form["day5_0_start"].value() == "600"
    assert "Nothing is saved yet." in answer.content.decode()
    assert not Profile.objects.exists()


def test_the_action_checks_what_other_doors_send(member, administrator):
    wrong = (
        [{"weekday": 7, "start": 0, "end": 30}],
        [{"weekday": 0, "start": 0, "end": 1470}],
        [{"weekday": 0, "start": 10, "end": 30}],
        [{"weekday": True, "start": 0, "end": 30}],
        [{"weekday": 0, "start": 0}],
        [EVENING, EVENING],
        [{"weekday": 0, "start": hour * 60, "end": hour * 60 + 30} for hour in range(4)],
    )
    for blocks in wrong:
        with pytest.raises(InvalidInput) as refused:
            set_availability(member, member, blocks=blocks)
        assert refused.value.field == "availability"
    with pytest.raises(Refused):
        set_availability(administrator, member, blocks=[NOON])
    assert not Event.objects.exists()


def test_times_that_touch_become_one(member):
    halves = [{"weekday": 0, "start": 720, "end": 750}, {"weekday": 0, "start": 750, "end": 780}]
    set_availability(member, member, blocks=halves)
    assert member.profile.availability == [NOON]
    set_availability(member, member, blocks=[NOON])
    assert Event.objects.filter(verb="availability_changed").count() == 1


def test_free_time_is_found_at_once(member, enrol):
    from wayfellow.core import week
    from wayfellow.search.models import Document

    enrol(member, mentor=True)
    set_availability(member, member, blocks=[NOON])
    assert week.hours(week.from_bytes(bytes(Document.objects.get(member=member).slots))) == 1


def test_times_are_said_in_words():
    week_of_noons = [{"weekday": day, "start": 720, "end": 780} for day in range(5)]
    late = {"weekday": 6, "start": 1380, "end": 1440}
    assert availability.in_words([*week_of_noons, late]) == [
        ("Mondays to Fridays", "12:00–13:00"),
        ("Sundays", "23:00–24:00"),
    ]
    assert availability.in_words([NOON, EVENING, {**NOON, "start": 540, "end": 600}]) == [
        ("Mondays", "09:00–10:00 and 12:00–13:00"),
        ("Thursdays", "18:00–21:00"),
    ]
    assert availability.in_words([]) == []


def test_times_are_said_in_the_readers_zone():
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    said = availability.for_reader([EVENING], zone="Europe/Lisbon", reader_zone="Africa/Nairobi", now=now)
    assert said == [("Thursdays", "21:00–00:00")]
    own = availability.for_reader([EVENING], zone="Europe/Lisbon", reader_zone="Europe/Lisbon", now=now)
    assert own == [("Thursdays", "18:00–21:00")]


def test_others_see_it_in_their_own_time(member, make_member, client_for):
    set_availability(member, member, blocks=[EVENING])
    reader = make_member("Kofi Asantewe", time_zone="Africa/Nairobi")
    page = client_for(reader).get(reverse("member", args=["larkmoor", member.pk])).content.decode()
    assert "Thursdays <bdi>2" in page
    assert "18:00–21:00" not in page
