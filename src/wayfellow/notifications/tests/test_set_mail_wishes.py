"""Quiet hours, over midnight and a clock change, and the form that sets them."""

from datetime import UTC, datetime, time

import pytest

from wayfellow.notifications.models import MailWishes
from wayfellow.notifications.quiet import quiet_until, wishes_of


@pytest.mark.parametrize(
    ("begins", "ends", "now", "over"),
    [
        (time(21), time(7), (2026, 11, 24, 20, 59), None),
        (time(21), time(7), (2026, 11, 24, 21, 0), (2026, 11, 25, 7, 0)),
        (time(21), time(7), (2026, 11, 25, 3, 0), (2026, 11, 25, 7, 0)),
        (time(21), time(7), (2026, 11, 25, 7, 0), None),
        (time(12), time(14), (2026, 11, 25, 13, 0), (2026, 11, 25, 14, 0)),
        (time(12), time(14), (2026, 11, 25, 14, 0), None),
        (time(9), time(9), (2026, 11, 25, 9, 0), None),
    ],
)
def test_hours(begins, ends, now, over):
    wishes = MailWishes(quiet_from=begins, quiet_until=ends)
    until = quiet_until(wishes, zone="UTC", now=datetime(*now, tzinfo=UTC))
    assert until == (datetime(*over, tzinfo=UTC) if over else None)


def test_the_morning_is_the_readers_over_a_clock_change():
    wishes = MailWishes(quiet_from=time(22), quiet_until=time(7))
    night = datetime(2026, 10, 24, 21, 30, tzinfo=UTC)  # 23:30 in Berlin, and the clock goes back in the night
    assert quiet_until(wishes, zone="Europe/Berlin", now=night) == datetime(2026, 10, 25, 6, tzinfo=UTC)


def test_the_form_keeps_them(member, client_for):
    client, url = client_for(member), "/o/larkmoor/notices/wishes/"
    answer = client.post(url, {"quiet_from": "19:30", "quiet_until": "08:00", "words_in_mail": "on"})
    assert answer.status_code == 302
    wishes = wishes_of(member)
    assert (wishes.quiet_from, wishes.quiet_until, wishes.words_in_mail) == (time(19, 30), time(8), True)
    refused = client.post(url, {"quiet_from": "late", "quiet_until": "08:00"})
    assert refused.status_code == 422 and "late" in refused.content.decode()
    assert wishes_of(member).quiet_from == time(19, 30)
