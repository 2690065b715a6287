from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.core.errors import Refused
from wayfellow.jobs.models import Job
from wayfellow.meetings.actions import answer_invitation, move_meeting, propose_slots
from wayfellow.meetings.models import Attendance, Meeting
from wayfellow.meetings.tests.conftest import THURSDAY


def answer_of(member: Any) -> Any:
    return Attendance.objects.get(member=member)


def links_of(member: Any, kind: str) -> dict[str, str]:
    notice = member.notices.filter(kind=kind).last()
    return Job.objects.get(key=f"notice:{notice.pk}").kwargs["links"]


def test_a_yes_is_seen_and_a_no_is_told_once(
    plan: Any, pair: Any, amara: Any, ines: Any, told: Any, events: Any
) -> None:
    meeting = plan(amara, pair)
    answer_invitation(ines, meeting, answer="yes")
    assert (answer_of(ines).answer, answer_of(ines).answered_by) == ("yes", "app")
    assert told(amara) == ["meeting_planned"]
    answer_invitation(ines, meeting, answer="no")
    answer_invitation(ines, meeting, answer="no")
    assert told(amara) == ["meeting_planned", "meeting_declined"]
    assert events()[-1] == "invitation_answered"


def test_refused(plan: Any, pair: Any, amara: Any, leif: Any) -> None:
    meeting = plan(amara, pair)
    for actor, when, code in [(leif, None, "not_yours"), (amara, THURSDAY, "over_already")]:
        with pytest.raises(Refused) as refused:
            answer_invitation(actor, meeting, answer="yes", now=when)
        assert refused.value.code == code


def test_from_the_mail_it_takes_a_second_step_and_works_once(plan: Any, pair: Any, amara: Any, ines: Any) -> None:
    plan(amara, pair)
    address = links_of(ines, "meeting_planned")["answer"]
    client = Client()
    page = client.get(address)
    assert page.status_code == 200 and answer_of(ines).answer == "waiting"
    assert "16:00–17:00" in page.content.decode() and "19:00–20:00" in page.content.decode()
    assert client.head(address).status_code == 200 and answer_of(ines).answer == "waiting"
    done = client.post(address, {"answer": "yes", "sequence": "0"})
    assert done.status_code == 200
    assert (answer_of(ines).answer, answer_of(ines).answered_by) == ("yes", "mail")
    again = client.post(address, {"answer": "no", "sequence": "0"})
    assert again.status_code == 410 and answer_of(ines).answer == "yes"


def test_an_answer_to_an_earlier_time_is_asked_once_more(plan: Any, pair: Any, amara: Any, ines: Any) -> None:
    meeting = plan(amara, pair)
    address = links_of(ines, "meeting_planned")["answer"]
    move_meeting(amara, meeting, starts_at=THURSDAY + timedelta(hours=2))
    page = Client().post(address, {"answer": "yes", "sequence": "0"})
    assert page.status_code == 200 and "The time has changed" in page.content.decode()
    assert answer_of(ines).answer == "waiting"


def test_a_series_is_answered_whole_from_its_mail(plan: Any, pair: Any, amara: Any, ines: Any) -> None:
    plan(amara, pair, every_weeks=1, times=3)
    address = links_of(ines, "meeting_planned")["answer"]
    Client().post(address, {"answer": "yes", "sequence": "0"})
    assert Attendance.objects.filter(member=ines, answer="yes").count() == 3


def test_a_time_is_taken_from_the_mail(pair: Any, amara: Any, ines: Any) -> None:
    proposal = propose_slots(amara, pair, starts=[THURSDAY, THURSDAY + timedelta(days=1)], minutes=60)
    address = links_of(ines, "times_proposed")["pick"]
    slot = proposal.slots.get(starts_at=THURSDAY)
    client = Client()
    assert client.get(address).status_code == 200 and not Meeting.objects.exists()
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"slot": str(slot.pk)}).status_code == 200
    assert Meeting.objects.get().starts_at == THURSDAY
    assert client.post(address, {"slot": str(slot.pk)}).status_code == 410


def test_unknown_links_say_so(db: Any) -> None:
    for name in ("answer_invitation_from_mail", "pick_slot_from_mail"):
        page = Client().get(reverse(name, args=["unknown"]))
        assert page.status_code == 410 and "does nothing any more" in page.content.decode()
