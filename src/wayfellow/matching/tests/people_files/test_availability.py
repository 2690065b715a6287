"""Hours of the week from readable forms, in several languages and time zones."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfellow.matching.people_files.availability import HOURS, in_utc, parse_availability, utc_offset

DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


def shown(hours):
    """A bitmap as text."""
    spans = []
    at = 0
    while at < HOURS:
        end = at
        while end < HOURS and hours >> end & 1:
            end += 1
        if end > at:
            spans.append(f"{DAYS[at // 24]} {at % 24}-{(end - 1) % 24 + 1}")
        at = end + 1
    return "; ".join(spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon 9-12; Thu 16-18", "Mo 9-12; Th 16-18"),
        ("Mo 9-12, Do 16-18", "Mo 9-12; Th 16-18"),
        ("lunes 9-12 | jueves 16:00-18:00", "Mo 9-12; Th 16-18"),
        ("lundi 9h-12h; jeudi 16h-18h", "Mo 9-12; Th 16-18"),
        ("segunda-feira 9-12", "Mo 9-12"),
        ("Mon, Wed 9-12", "Mo 9-12; We 9-12"),
        ("Mon/Wed/Fri 10-12", "Mo 10-12; We 10-12; Fr 10-12"),
        ("Mon–Tue 9:00–11:00", "Mo 9-11; Tu 9-11"),
        ("Montag bis Dienstag 9 bis 12 Uhr", "Mo 9-12; Tu 9-12"),
        ("lunes y miércoles de 9 a 12", "Mo 9-12; We 9-12"),
        ("Mon 9-12, 14-16", "Mo 9-12; Mo 14-16"),
        ("Mon 9-12 & Tue 13-15", "Mo 9-12; Tu 13-15"),
        ("Monday morning", "Mo 9-12"),
        ("Tuesday and Thursday afternoons", "Tu 13-17; Th 13-17"),
        ("Mon am, Wed pm", "Mo 9-12; We 13-17"),
        ("samedi après-midi", "Sa 13-17"),
        ("week-end 9-12", "Sa 9-12; Su 9-12"),
        ("fines de semana 9-12", "Sa 9-12; Su 9-12"),
        ("Thu 5pm-7pm", "Th 17-19"),
        ("Mon 9am-12pm", "Mo 9-12"),
        ("Fri 22-2", "Fr 22-2"),
        ("Sun 23-1", "Mo 0-1; Su 23-24"),
        ("Mon 9:30-12", "Mo 10-12"),
        ("Tue 17:30-18:30", "Tu 18-19"),
        ("Tue 9:00-9:20", "Tu 9-10"),
        ("Tue", "Tu 8-18"),
        ("weekend 10-11", "Sa 10-11; Su 10-11"),
    ],
)
def test_read(text, expected):
    assert shown(parse_availability(text)) == expected


@pytest.mark.parametrize("text", ["when I can", "Mon 25-26", "Mon 9-9", "Mon 13pm-14pm", "Funday 9-12", "9", "-"])
def test_refused(text):
    assert parse_availability(text).code == "hours_unreadable"


@given(st.text(max_size=40))
def test_never_anything_but_hours_or_a_reason(text):
    read = parse_availability(text)
    assert getattr(read, "code", None) in ("hours_unreadable", "text_too_long") or 0 < read < 1 << HOURS


def test_utc():
    monday_nine = parse_availability("Mon 9-10")
    assert shown(in_utc(monday_nine, 1)) == "Mo 8-9"
    assert shown(in_utc(monday_nine, -5)) == "Mo 14-15"
    assert shown(in_utc(monday_nine, 10)) == "Su 23-24"
    assert shown(in_utc(monday_nine, 5.5)) == "Mo 3-4"


def test_those_of_one_zone_keep_what_they_have_in_common():
    one, other = parse_availability("Mon 17-18"), parse_availability("Mon 16-18")
    assert (in_utc(one, 5.75) & in_utc(other, 5.75)).bit_count() == 1


def test_the_clock_of_a_day():
    assert utc_offset("Europe/Vienna", dt.date(2026, 1, 14)) == 1
    assert utc_offset("Europe/Vienna", dt.date(2026, 7, 15)) == 2
    assert utc_offset("Asia/Kolkata", dt.date(2026, 1, 14)) == 5.5
