from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from wayfellow.core.week import (
    SLOTS,
    first_time,
    from_bytes,
    hours,
    offset_of,
    slots_of,
    spans,
    to_bytes,
    zone_of,
)

WINTER = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)
THURSDAY_EVENING = [{"weekday": 3, "start": 18 * 60, "end": 21 * 60}]


def test_blocks_overlap_across_zones():
    nairobi = slots_of(THURSDAY_EVENING, "Africa/Nairobi", WINTER)
    lisbon = slots_of([{"weekday": 3, "start": 15 * 60, "end": 17 * 60}], "Europe/Lisbon", WINTER)
    shared = nairobi & lisbon
    assert hours(shared) == 2
    [span] = spans(shared, offset_of("Africa/Nairobi", WINTER))
    assert (span.weekday, span.from_to) == (3, "18:00–20:00")


def test_summer_time_moves_the_bits():
    winter = slots_of(THURSDAY_EVENING, "Europe/Lisbon", WINTER)
    summer = slots_of(THURSDAY_EVENING, "Europe/Lisbon", SUMMER)
    assert winter != summer
    assert hours(winter) == hours(summer) == 3


def test_sunday_night_wraps_round_the_week():
    bits = slots_of([{"weekday": 6, "start": 22 * 60, "end": 24 * 60}], "America/New_York", WINTER)
    [span] = spans(bits, offset_of("America/New_York", WINTER))
    assert (span.weekday, span.from_to) == (6, "22:00–00:00")


def test_nonsense_blocks_are_left_out():
    nonsense = [{}, {"weekday": 9, "start": 0, "end": 60}, {"weekday": "x", "start": 0, "end": 60}]
    assert slots_of([*nonsense, {"weekday": 1, "start": 90, "end": 60}], "Europe/Lisbon", WINTER) == 0
    assert zone_of("No/Where").key == "UTC"


def test_first_time_gives_a_days_notice():
    bits = slots_of(THURSDAY_EVENING, "UTC", WINTER)
    assert first_time(bits, WINTER) == datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
    assert first_time(bits, datetime(2026, 11, 25, 19, 10, tzinfo=UTC)) == datetime(2026, 11, 26, 19, 30, tzinfo=UTC)
    assert first_time(bits, datetime(2026, 11, 26, 8, 0, tzinfo=UTC)) == datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
    assert first_time(0, WINTER) is None


@given(st.integers(min_value=0, max_value=(1 << SLOTS) - 1), st.sampled_from([0, 60, -300, 345, 780]))
def test_spans_hold_exactly_the_bits(bits, offset):
    assert sum(span.minutes for span in spans(bits, offset)) == hours(bits) * 60
    assert from_bytes(to_bytes(bits)) == bits
