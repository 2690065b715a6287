"""Clock changes, by hand and by chance."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wayfellow.core.errors import InvalidInput
from wayfellow.core.week import zone_of
from wayfellow.meetings.local_time import moment_of, moments_of_series
from wayfellow.meetings.slots import ORDINARY, free_stretches, joined, shared, spread, starts_in, without

ZONES = ["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Africa/Nairobi", "Asia/Kathmandu", "UTC",
         "Africa/Casablanca", "America/Santiago", "Pacific/Chatham"]  # fmt: skip
days = st.dates(date(2025, 1, 1), date(2029, 12, 31))
changes = st.sampled_from([
    (date(2026, 3, 29), "Europe/Lisbon"), (date(2026, 10, 25), "Europe/Lisbon"),
    (date(2027, 3, 14), "America/New_York"), (date(2026, 11, 1), "America/New_York"),
    (date(2026, 10, 4), "Australia/Lord_Howe"), (date(2027, 4, 4), "Australia/Lord_Howe"),
])  # fmt: skip
somewhere = changes | st.tuples(days, st.sampled_from(ZONES))
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None, fold=0))


def test_the_missing_hour_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        moment_of(date(2026, 3, 29), time(1, 30), "Europe/Lisbon")
    assert refused.value.code == "missing_hour"
    assert "clocks of Lisbon go from 01:00 to 02:00, so 01:30 does not come" in str(refused.value)
    assert moment_of(date(2026, 3, 29), time(2, 0), "Europe/Lisbon") == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_half_an_hour_goes_missing_elsewhere() -> None:
    with pytest.raises(InvalidInput, match="Lord Howe go from 02:00 to 02:30"):
        moment_of(date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe")


def test_the_hour_that_comes_twice_is_asked_for() -> None:
    day, at = date(2026, 10, 25), time(1, 30)
    with pytest.raises(InvalidInput) as refused:
        moment_of(day, at, "Europe/Lisbon")
    assert refused.value.code == "doubled_hour"
    assert moment_of(day, at, "Europe/Lisbon", second=False) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_of(day, at, "Europe/Lisbon", second=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(somewhere, hours, st.sampled_from([None, False, True]))
def test_a_moment_is_what_the_clock_shows_or_is_refused(where: Any, at: time, second: bool | None) -> None:
    day, zone = where
    try:
        moment = moment_of(day, at, zone, second=second)
    except InvalidInput as refused:
        wall = datetime.combine(day, at, tzinfo=zone_of(zone))
        shows = wall.astimezone(UTC).astimezone(zone_of(zone)).replace(tzinfo=None, fold=0)
        if refused.code == "missing_hour":
            assert shows != datetime.combine(day, at)
        else:
            assert second is None and wall.utcoffset() != wall.replace(fold=1).utcoffset()
        return
    local = moment.astimezone(zone_of(zone))
    assert (local.date(), local.time().replace(fold=0)) == (day, at)


@given(somewhere, hours, st.integers(1, 5), st.integers(2, 20))
def test_a_series_keeps_its_hour_on_every_day(where: Any, at: time, weeks: int, times: int) -> None:
    first, zone = where
    last = first + timedelta(weeks=weeks * (times - 1))
    moments = list(moments_of_series(first_on=first, last_on=last, at=at, zone=zone, every_weeks=weeks))
    assert len(moments) == times and moments == sorted(set(moments))
    for number, moment in enumerate(moments):
        local, day = moment.astimezone(zone_of(zone)), first + timedelta(weeks=weeks * number)
        try:
            moment_of(day, at, zone, second=False)
        except InvalidInput:  # the hour is missing: it is as much later as the clocks were put forward
            assert timedelta() < local.replace(tzinfo=None) - datetime.combine(day, at) <= timedelta(hours=1)
        else:
            assert (local.date(), local.time().replace(fold=0)) == (day, at)


blocks = st.lists(
    st.builds(
        lambda weekday, start, length: {"weekday": weekday, "start": start * 30, "end": (start + length) * 30},
        st.integers(0, 6), st.integers(0, 40), st.integers(1, 7),
    ), min_size=1, max_size=8,
)  # fmt: skip


@given(somewhere, blocks, st.sampled_from(ZONES), st.sampled_from([15, 30, 60, 90]), st.integers(0, 24 * 60))
def test_every_time_that_is_offered_lies_in_everybodys_hours(
    where: Any, mine: Any, other_zone: str, minutes: int, begin: int
) -> None:
    day, zone = where
    since = datetime.combine(day, time(), tzinfo=UTC) - timedelta(days=2) + timedelta(minutes=begin)
    until = since + timedelta(days=9)
    busy = [(since + timedelta(days=2), since + timedelta(days=3))]
    free = free_stretches(mine, zone, since=since, until=until)
    theirs = free_stretches(ORDINARY, other_zone, since=since, until=until)
    starts = starts_in(without(shared(free, theirs), busy), minutes=minutes)
    for start in starts:
        end = start + timedelta(minutes=minutes)
        assert since <= start and end <= until and (end <= busy[0][0] or start >= busy[0][1])
        for given_blocks, place in ((mine, zone), (ORDINARY, other_zone)):
            assert _inside(start, given_blocks, place) and _inside(end - timedelta(minutes=1), given_blocks, place)
    chosen = spread(starts, zone=zone, most=5)
    assert len(chosen) <= 5 and set(chosen) <= set(starts) and chosen == sorted(chosen)


some_pairs = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=9)


def _inside(moment: datetime, given_blocks: Any, zone: str) -> bool:
    local = moment.astimezone(zone_of(zone))
    minute = local.hour * 60 + local.minute
    return any(one["weekday"] == local.weekday() and one["start"] <= minute < one["end"] for one in given_blocks)


@given(some_pairs, some_pairs)
def test_what_is_left_and_what_is_shared(one: Any, other: Any) -> None:
    zero = datetime(2026, 1, 1, tzinfo=UTC)

    def stretches(pairs: Any) -> Any:
        return joined((zero + timedelta(hours=a), zero + timedelta(hours=a + n)) for a, n in pairs)

    def points(found: Any) -> set[int]:
        return {
            hour for begins, ends in found for hour in range(80)
            if begins <= zero + timedelta(hours=hour, minutes=30) < ends
        }  # fmt: skip

    mine, theirs = stretches(one), stretches(other)
    assert points(shared(mine, theirs)) == points(mine) & points(theirs)
    assert points(without(mine, theirs)) == points(mine) - points(theirs)
    assume(mine)
    assert points(without(mine, mine)) == set()
