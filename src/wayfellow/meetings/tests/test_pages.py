"""What people see: pages that work without JavaScript, show both zones, and keep what was typed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wayfellow.core import clock
from wayfellow.meetings.actions import log_meeting, propose_slots
from wayfellow.meetings.models import Meeting, PersonalCalendar, Proposal
from wayfellow.meetings.tests.conftest import THURSDAY


def base(relationship: Any) -> str:
    return f"/o/larkmoor/relationships/{relationship.pk}/meetings/"


def text_of(page: Any) -> str:
    words = re.sub(r"<[^>]+>", " ", page.content.decode().replace("&#x27;", "'"))
    return re.sub(r"\s+", " ", words)


def test_both_clocks_are_shown_to_each(plan: Any, pair: Any, amara: Any, ines: Any, client_for: Any) -> None:
    meeting = plan(amara, pair)
    for address in (base(pair), f"{base(pair)}{meeting.pk}/"):
        mine, hers = text_of(client_for(amara).get(address)), text_of(client_for(ines).get(address))
        assert "19:00–20:00 your time, Nairobi" in mine and "16:00–17:00 for Inês, Lisbon" in mine
        assert "16:00–17:00 your time, Lisbon" in hers and "19:00–20:00 for Amara, Nairobi" in hers


def test_a_group_is_a_list_of_people(plan: Any, group: Any, amara: Any, client_for: Any) -> None:
    plan(amara, group)
    page = text_of(client_for(amara).get(base(group)))
    assert "17:00–18:00 for Leif, Oslo" in page and "16:00–17:00 for Kofi, Accra" in page
    assert "Read by you and Inês, Leif and Kofi only" in page or "Read by you and Leif, Inês and Kofi only" in page


def test_planning_with_a_missing_and_a_doubled_hour(pair: Any, ines: Any, client_for: Any) -> None:
    client, address = client_for(ines), f"{base(pair)}plan"
    page = client.post(address, {"day": "2027-03-28", "at": "01:30", "minutes": "60", "title": "Kept words"})
    assert page.status_code == 422
    assert "clocks of Lisbon go from 01:00 to 02:00" in text_of(page) and "Kept words" in page.content.decode()
    data = {"day": "2027-10-31", "at": "01:30", "minutes": "60"}
    with clock.moved_to(THURSDAY + timedelta(days=200)):
        page = client_for(ines).post(address, data)
        assert page.status_code == 422 and 'name="twice" value="second"' in page.content.decode()
        client_for(ines).post(address, data | {"twice": "second"})
    assert f"{Meeting.objects.get().starts_at:%d %H:%M}" == "31 01:30"


def test_a_second_yes_is_asked_for_once(
    plan: Any, pair: Any, together: Any, amara: Any, leif: Any, client_for: Any
) -> None:
    plan(amara, together(amara, leif))
    client = client_for(amara)
    data = {"day": "2026-11-26", "at": "19:30", "minutes": "60", "despite_overlap": ""}
    page = client.post(f"{base(pair)}plan", data)
    assert page.status_code == 422 and "You have another meeting then: Thu 26 Nov, 19:00–20:00" in text_of(page)
    assert re.search(r'<input type="checkbox" name="despite_overlap"', page.content.decode())
    assert client.post(f"{base(pair)}plan", data | {"despite_overlap": "on"}).status_code == 302
    assert Meeting.objects.count() == 2


def test_offering_and_taking(pair: Any, amara: Any, ines: Any, client_for: Any) -> None:
    mine = client_for(amara)
    page = mine.get(f"{base(pair)}times")
    offered = re.findall(r'name="starts" value="([^"]+)"', page.content.decode())
    assert 1 < len(offered) <= 6 and "Inês gave no hours yet" in text_of(page)
    assert mine.post(f"{base(pair)}times", {"minutes": "60"}).status_code == 422
    assert mine.post(f"{base(pair)}times", {"minutes": "60", "starts": "nonsense"}).status_code == 422
    own = {"minutes": "60", "starts": offered[:1], "day": "2026-12-05", "at": "10:00", "word": "Any of these?"}
    assert mine.post(f"{base(pair)}times", own).status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.slots.count() == 2
    hers = client_for(ines)
    assert "Any of these?" in text_of(hers.get(base(pair)))
    address = f"{base(pair)}times/{proposal.pk}/"
    assert hers.post(address, {"slot": "999999"}).status_code == 422
    assert hers.post(address, {"slot": proposal.slots.last().pk}).status_code == 302
    assert hers.post(address, {"slot": proposal.slots.first().pk}).status_code == 302
    assert Meeting.objects.count() == 1


def test_moving_calling_off_and_marking(plan: Any, pair: Any, amara: Any, client_for: Any) -> None:
    meeting, client = plan(amara, pair), client_for(amara)
    here = f"{base(pair)}{meeting.pk}/"
    assert 'value="19:00"' in client.get(f"{here}move").content.decode()
    assert client.post(f"{here}move", {"day": "2026-11-27", "at": "19:00", "minutes": "60"}).status_code == 302
    assert "Moved from Thu 26 Nov, 19:00" in text_of(client.get(here))
    assert client.post(f"{here}held").status_code == 302 and meeting.attendances.exists()
    meeting.refresh_from_db()
    assert meeting.state == "scheduled"
    with clock.moved_to(THURSDAY + timedelta(days=2)):
        later = client_for(amara)
        assert "Did you meet?" in text_of(later.get(base(pair)))
        assert later.post(f"{here}missed").url.endswith("/times")
        meeting.refresh_from_db()
        assert meeting.state == "missed" and "Find another time" in text_of(later.get(here))
    other = plan(amara, pair, starts_at=THURSDAY + timedelta(days=9))
    page = client.post(f"{base(pair)}{other.pk}/cancel", {"word": "x" * 1001})
    assert page.status_code == 422 and "x" * 1001 in page.content.decode()
    assert client.post(f"{base(pair)}{other.pk}/cancel", {"word": "Sorry"}).status_code == 302
    assert "“Sorry”" in text_of(client.get(f"{base(pair)}{other.pk}/"))


def test_logging_and_the_list(pair: Any, amara: Any, client_for: Any) -> None:
    client = client_for(amara)
    data = {"day": "2026-11-20", "at": "12:00", "minutes": "45", "title": "<b>Lunch</b>"}
    assert client.post(f"{base(pair)}log", data).status_code == 302
    page = client.get(base(pair))
    assert "&lt;b&gt;Lunch&lt;/b&gt;" in page.content.decode() and "Held, 45 minutes" in text_of(page)
    assert "No meeting about “xyz”" in text_of(client.get(f"{base(pair)}?q=xyz"))
    assert b"Lunch" in b"".join(client.get(f"{base(pair)}export?format=csv"))
    assert client.post(f"{base(pair)}log", data | {"day": "2027-01-01"}).status_code == 422


def test_no_query_more_for_more_meetings(plan: Any, pair: Any, amara: Any, client_for: Any, now: Any) -> None:
    client = client_for(amara)
    client.get(base(pair))  # notes that somebody was here today
    counts = []
    for turn in range(2):
        plan(amara, pair, starts_at=THURSDAY + timedelta(days=turn), despite_overlap=True)
        log_meeting(amara, pair, starts_at=now - timedelta(days=turn + 1), minutes=30)
        if turn:
            plan(amara, pair, starts_at=THURSDAY + timedelta(days=9), every_weeks=1, times=12, despite_overlap=True)
            for day in range(3, 20):
                log_meeting(amara, pair, starts_at=now - timedelta(days=day), minutes=30)
        with CaptureQueriesContext(connection) as found:
            assert client.get(base(pair)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["", "plan", "log", "times", "export"])
def test_a_stranger_and_another_organisation_find_nothing(
    pair: Any, leif: Any, make_member: Any, other_organisation: Any, client_for: Any, path: str
) -> None:
    foreigner = make_member("Yusra Haddarine", organisation=other_organisation)
    assert client_for(leif).get(base(pair) + path).status_code == 404
    assert client_for(foreigner).get(base(pair) + path).status_code in (403, 404)


def test_a_meeting_of_another_relationship_is_not_reached_through_ones_own(
    plan: Any, pair: Any, together: Any, amara: Any, leif: Any, kofi: Any, client_for: Any
) -> None:
    other = plan(leif, together(leif, kofi))
    for path in ("", "move", "cancel", "file"):
        assert client_for(amara).get(f"{base(pair)}{other.pk}/{path}").status_code == 404
    proposal = propose_slots(leif, other.relationship, starts=[THURSDAY], minutes=60)
    assert client_for(amara).get(f"{base(pair)}times/{proposal.pk}/").status_code == 404


def test_when_it_is_over_it_is_read_and_not_written(plan: Any, pair: Any, amara: Any, client_for: Any) -> None:
    plan(amara, pair)
    pair.state = "completed"
    pair.save()
    page = client_for(amara).get(base(pair))
    assert page.status_code == 200 and "This has ended" in text_of(page)
    assert client_for(amara).get(f"{base(pair)}plan").status_code == 302


def test_my_calendar(amara: Any, client_for: Any) -> None:
    client: Client = client_for(amara)
    assert "Make an address" in text_of(client.get("/o/larkmoor/calendar/"))
    page = client.post("/o/larkmoor/calendar/feed").content.decode()
    address = re.search(r'value="(http[^"]+\.ics)"', page)
    assert address is not None and Client().get(address[1]).status_code == 200
    assert address[1] not in client.get("/o/larkmoor/calendar/").content.decode()
    client.post("/o/larkmoor/calendar/feed/off")
    assert Client().get(address[1]).status_code == 410
    bad = client.post("/o/larkmoor/calendar/video", {"video_link": "javascript:alert(1)"})
    assert bad.status_code == 422 and "Write a whole address" in text_of(bad)
    assert client.post("/o/larkmoor/calendar/video", {"video_link": "https://v.example/a"}).status_code == 302
    assert PersonalCalendar.objects.get().video_link == "https://v.example/a"
