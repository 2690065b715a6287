"""What the pages above take from meetings: the panel, the steps of the way, the lines of the home page."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from wayfellow.core import clock
from wayfellow.core.week import zone_of
from wayfellow.meetings.actions import (
    answer_invitation,
    cancel_meeting,
    log_meeting,
    mark_held,
    mark_missed,
    propose_slots,
)
from wayfellow.meetings.queries.home import coming_up
from wayfellow.meetings.queries.panel import read_panel
from wayfellow.meetings.queries.trail import steps_of
from wayfellow.meetings.tests.conftest import NOW, THURSDAY
from wayfellow.people.models import Profile
from wayfellow.safety.actions import block_member


def words(relationship: Any, member: Any, now: Any = NOW) -> str:
    panel = read_panel(relationship, member, now=now)
    context = {
        "meetings_panel": panel,
        "found": relationship,
        "page": SimpleNamespace(organisation=member.organisation),
    }
    with timezone.override(zone_of(member.zone)), clock.moved_to(now):
        html = render_to_string("meetings/_parts/panel.html", context)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_from_nothing_to_held(plan: Any, pair: Any, amara: Any, ines: Any) -> None:
    assert "Nothing is planned yet" in words(pair, amara) and "Read by you and Inês only" in words(pair, amara)
    proposal = propose_slots(amara, pair, starts=[THURSDAY], minutes=60)
    assert "Amara offers times to meet" in words(pair, ines) and "You offered times today" in words(pair, amara)
    proposal.delete()
    meeting = plan(amara, pair)
    assert "19:00–20:00 your time, Nairobi 16:00–17:00 for Inês, Lisbon" in words(pair, amara)
    assert "Waits for an answer" in words(pair, amara) and "Waits for your answer" in words(pair, ines)
    answer_invitation(ines, meeting, answer="yes")
    assert "You all said yes" in words(pair, amara)
    answer_invitation(ines, meeting, answer="no")
    assert "Needs a new time" in words(pair, amara) and "Inês: cannot come" in words(pair, amara)
    after = THURSDAY + timedelta(hours=2)
    assert "Did you meet?" in words(pair, amara, after)
    mark_held(amara, meeting, now=after)
    assert "You last met on 26 November. Nothing is planned." in words(pair, amara, after)


def test_apart_says_no_more_than_it_must(plan: Any, pair: Any, amara: Any, ines: Any) -> None:
    plan(amara, pair)
    block_member(ines, amara)
    found = words(pair, amara)
    assert "block" not in found.lower() and "Yes, I will be there" not in found


def test_the_hours_around_it(plan: Any, pair: Any, amara: Any, ines: Any) -> None:
    for member, start, end in ((amara, 14, 21), (ines, 14, 17)):
        hours = [{"weekday": 3, "start": start * 60, "end": end * 60}]
        Profile.objects.update_or_create(
            member=member, defaults={"organisation": amara.organisation, "availability": hours}
        )
    plan(amara, pair)
    strip = read_panel(pair, amara, now=NOW).strip
    shown = [(city, "".join({"": "o", "off": ".", "slot": "#"}[cell.kind] for cell in cells)) for city, cells in strip]
    assert [cell.label for cell in strip[0][1]][:2] == ["12", "13"]
    assert shown == [("Nairobi", "..ooooo#o..."), ("Lisbon", ".....oo#....")]


def test_a_fixed_number_of_queries(
    plan: Any,
    group: Any,
    pair: Any,
    amara: Any,
    now: Any,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    plan(amara, pair)
    with django_assert_max_num_queries(10):
        read_panel(pair, amara, now=now)
    plan(amara, group, every_weeks=1, times=20, despite_overlap=True)
    for day in range(1, 25):
        log_meeting(amara, group, starts_at=now - timedelta(days=day), minutes=30)
    with django_assert_max_num_queries(10):
        read_panel(group, amara, now=now)
    with django_assert_num_queries(1):
        assert len(steps_of(group, amara, 8)) == 8
    with django_assert_num_queries(4):
        coming_up(amara, now=now)


def test_the_steps_of_the_way(plan: Any, pair: Any, amara: Any) -> None:
    held = plan(amara, pair, title="First talk")
    mark_held(amara, held, now=THURSDAY + timedelta(hours=1))
    missed = plan(amara, pair, starts_at=THURSDAY + timedelta(days=1))
    mark_missed(amara, missed, now=THURSDAY + timedelta(days=2))
    cancel_meeting(amara, plan(amara, pair, starts_at=THURSDAY + timedelta(days=3)))
    plan(amara, pair, starts_at=THURSDAY + timedelta(days=4))
    steps = [(step.whose, step.text) for step in steps_of(pair, amara, 9)]
    assert steps == [
        ("both", "Meeting"), ("both", "Meeting, called off"), ("both", "Meeting, did not happen"),
        ("both", "First talk, 60 minutes"),
    ]  # fmt: skip


def test_what_comes_up_over_all_relationships(
    plan: Any, pair: Any, group: Any, together: Any, amara: Any, ines: Any, leif: Any
) -> None:
    plan(ines, pair)
    plan(amara, together(amara, leif), starts_at=THURSDAY + timedelta(days=1))
    propose_slots(leif, group, starts=[THURSDAY + timedelta(days=5)], minutes=60)
    lines = coming_up(amara, now=NOW)
    assert [line.kind for line in lines] == ["answer", "meeting", "times"]
    assert lines[0].text.startswith("Inês and you") and lines[2].text == "Leif offers times to meet"
    assert [line.kind for line in coming_up(amara, now=THURSDAY + timedelta(hours=2))] == [
        "outcome",
        "meeting",
        "times",
    ]


@pytest.mark.parametrize("state", ["completed", "ended_early"])
def test_what_is_over_waits_for_nobody(plan: Any, pair: Any, amara: Any, ines: Any, state: str) -> None:
    plan(ines, pair)
    pair.state = state
    pair.save()
    assert coming_up(amara, now=NOW) == []
    assert "This has ended" in words(pair, amara) or "Cancel kindly" in words(pair, amara)
