"""Agendas that all can add to, order and tick; guides that fill them; commitments that return at the next meeting."""

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.goals.models import Commitment
from wayfellow.goals.queries.commitments import commitments_for_meeting
from wayfellow.meetings.actions.agendas import (
    add_agenda_point,
    move_agenda_point,
    remove_agenda_point,
    restore_agenda_point,
    tick_agenda_point,
    use_guide,
)
from wayfellow.meetings.guides import GUIDES, find_guide
from wayfellow.meetings.models import AgendaPoint
from wayfellow.meetings.policy.notes import MOST_POINTS
from wayfellow.meetings.queries.notes import read_notes
from wayfellow.safety.actions import block_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(plan, amara, pair):
    return plan(amara, pair)


def listed(meeting, reader):
    return [point.row.text for point in read_notes(meeting, reader).points]


def test_both_add_order_tick_take_off_and_put_back(meeting, amara, ines, events):
    one = add_agenda_point(amara, meeting, text=" Read  the brief ", minutes=30)
    two = add_agenda_point(ines, meeting, text="What changed?")
    assert listed(meeting, amara) == ["Read the brief", "What changed?"]
    assert events()[-1] == "agenda_point_added"
    move_agenda_point(amara, two, down=False)
    move_agenda_point(amara, two, down=False)
    assert listed(meeting, ines) == ["What changed?", "Read the brief"]
    move_agenda_point(ines, two, down=True)
    assert tick_agenda_point(ines, one, done=True).done_at
    assert not tick_agenda_point(ines, one, done=False).done_at
    remove_agenda_point(amara, one)
    assert listed(meeting, amara) == ["What changed?"]
    restore_agenda_point(ines, one)
    assert listed(meeting, amara) == ["Read the brief", "What changed?"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"text": " "}, "text"), ({"text": "x" * 301}, "text"), ({"text": "x", "minutes": 0}, "minutes")],
)
def test_bad_input_names_its_field(meeting, amara, fields, field):
    with pytest.raises(InvalidInput) as wrong:
        add_agenda_point(amara, meeting, **fields)
    assert wrong.value.field == field


def test_refused_for_strangers_blocked_and_too_many(meeting, amara, ines, leif):
    with pytest.raises(Refused) as refused:
        add_agenda_point(leif, meeting, text="x")
    assert refused.value.code == "not_yours"
    for number in range(MOST_POINTS):
        add_agenda_point(amara, meeting, text=str(number))
    with pytest.raises(Refused) as refused:
        add_agenda_point(amara, meeting, text="x")
    assert refused.value.code == "agenda_full"
    block_member(ines, amara)
    with pytest.raises(Refused) as refused:
        tick_agenda_point(amara, AgendaPoint.objects.first(), done=True)
    assert refused.value.code == "not_just_now"


def test_each_guide_is_whole():
    assert [guide.key for guide in GUIDES] == [
        *("first-meeting", "goals", "mid-point", "difficult", "career-move", "industry-trends", "closing"),
    ]
    for guide in GUIDES:
        assert 6 <= len(guide.questions) <= 10
        assert len({question.key for question in guide.questions}) == len(guide.questions)
        for question in guide.questions:
            assert str(question.ask) and len(str(question.ask)) <= 300 and len(question.key) <= 30
            assert str(question.why) and str(question.then) and question.minutes


def test_a_guide_fills_the_agenda_once_or_in_part(meeting, amara, ines, events):
    guide = find_guide("mid-point")
    assert len(use_guide(amara, meeting, guide, questions=["best", "unasked"])) == 2
    assert len(use_guide(ines, meeting, guide)) == len(guide.questions) - 2
    assert use_guide(ines, meeting, guide) == []
    assert events().count("guide_used") == 2
    assert all(point.question for point in read_notes(meeting, amara).points)


def test_the_pages_of_guides_offer_the_next_meetings(meeting, pair, amara, ines, client_for):
    client = client_for(amara)
    assert "Closing well" in client.get(reverse("guides", args=["larkmoor"])).content.decode()
    assert "Closing well" not in client.get(reverse("guides", args=["larkmoor"]), {"q": "trend"}).content.decode()
    page = client.get(reverse("guide", args=["larkmoor", "closing"])).content.decode()
    assert "Put all on its agenda" in page and "Which moment will you remember?" in page
    assert client.get(reverse("guide", args=["larkmoor", "unheard-of"])).status_code == 404
    url = reverse("use_guide", args=["larkmoor", pair.pk, meeting.pk])
    client.post(url, {"guide": "closing", "choosing": "1", "question": ["moment"]})
    assert listed(meeting, ines) == ["Which moment will you remember?"]
    client.post(url, {"guide": "closing"})
    assert len(listed(meeting, ines)) == len(find_guide("closing").questions)
    assert client.post(url, {"guide": "unheard-of"}).status_code == 302


def test_the_page_adds_and_keeps_what_was_typed(meeting, pair, amara, ines, client_for):
    client = client_for(amara)
    args = ["larkmoor", pair.pk, meeting.pk]
    page = client.get(reverse("meeting", args=args)).content.decode()
    assert page.count("<h1") == 1 and "Only for you" in page and "Notes together" in page
    bad = client.post(reverse("add_agenda_point", args=args), {"point-text": "Kept words", "point-minutes": "999"})
    assert bad.status_code == 422 and "Kept words" in bad.content.decode()
    client.post(reverse("add_agenda_point", args=args), {"point-text": "<b>Brief</b>", "point-minutes": "20"})
    assert "&lt;b&gt;Brief&lt;/b&gt;" in client.get(reverse("meeting", args=args)).content.decode()
    point = AgendaPoint.objects.get()
    for name, sent in (
        ("tick_agenda_point", {"done": "yes"}),
        ("move_agenda_point", {"to": "up"}),
        ("remove_agenda_point", {}),
    ):
        assert client.post(reverse(name, args=[*args, point.pk]), sent).status_code == 302
    page = client.get(reverse("meeting", args=args)).content.decode()
    assert "Put back" in page
    client.post(reverse("restore_agenda_point", args=[*args, point.pk]))
    assert listed(meeting, ines) == ["<b>Brief</b>"]


def test_commitments_come_from_a_meeting_and_return_at_the_next(meeting, pair, plan, amara, ines, client_for):
    client = client_for(amara)
    args = ["larkmoor", pair.pk, meeting.pk]
    url = reverse("commit_at_meeting", args=args)
    assert client.post(url, {"commit-what": "", "commit-owner": str(amara.pk)}).status_code == 422
    client.post(url, {"commit-what": "Draft it", "commit-owner": str(amara.pk)})
    row = Commitment.objects.get()
    assert (row.about_type, row.about_id) == ("meetings.Meeting", meeting.pk)
    later = plan(amara, pair, starts_at=meeting.starts_at + clock.timezone.timedelta(days=28))
    here, before = commitments_for_meeting(ines, later)
    assert (here, before) == ([], [row])
    page = client.get(reverse("meeting", args=["larkmoor", pair.pk, later.pk])).content.decode()
    assert "From last time" in page and "Draft it" in page


def test_strangers_find_nothing(meeting, pair, amara, leif, client_for):
    point = add_agenda_point(amara, meeting, text="Ours")
    client = client_for(leif)
    args = ["larkmoor", pair.pk, meeting.pk]
    for name in ("tick_agenda_point", "move_agenda_point", "remove_agenda_point", "restore_agenda_point"):
        assert client.post(reverse(name, args=[*args, point.pk])).status_code == 404
    for name in ("add_agenda_point", "use_guide", "commit_at_meeting"):
        assert client.post(reverse(name, args=args)).status_code == 404
    assert not AgendaPoint.objects.visible_to(leif).exists()
