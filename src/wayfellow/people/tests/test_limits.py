"""Doors that can be guessed at or flooded are counted."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.core.access import walk_views
from wayfellow.jobs.models import Job
from wayfellow.people import limits
from wayfellow.people.limits import LIMITS, LINKS, PUBLIC, Limit, limit_of
from wayfellow.safety.models import Concern

DOORS = {door.name: (route, door.callback.access) for route, door in walk_views()}


@pytest.fixture
def at_most(monkeypatch: Any) -> Any:
    """`at_most(2)`: so often, for every limit."""

    def set_rate(times: int) -> None:
        def few(limit: Limit) -> Limit:
            unit = limit.rate.partition("/")[2]
            return Limit(limit.name, f"{times}/{unit}", limit.doors, limit.counts_looking)

        monkeypatch.setattr(limits, "LIMITS", tuple(few(limit) for limit in LIMITS))
        monkeypatch.setattr(limits, "LINKS", few(LINKS))
        monkeypatch.setattr(limits, "PUBLIC", few(PUBLIC))

    return set_rate


def test_every_door_that_is_named_is_there() -> None:
    named = [door for limit in LIMITS for door in limit.doors]
    assert len(named) == len(set(named))
    assert set(named) <= DOORS.keys()


def test_every_file_that_is_made_is_counted() -> None:
    files = {name for name in DOORS if name.startswith(("export_", "download_", "take_"))} - {
        "take_up_concern",
        "take_up_quiet_word",
    }
    assert files <= {door for limit in LIMITS if limit.counts_looking for door in limit.doors}


def test_every_public_door_is_counted_without_being_named() -> None:
    for name, (route, access) in DOORS.items():
        if access.is_public:
            arguments = {"token": "x"} if "token" in route else {}
            assert limit_of(name, access, arguments) in {LINKS, PUBLIC}


@pytest.mark.parametrize("name", ["welcome", "join", "join_with_email", "answer_from_mail", "stop_mails"])
def test_links_cannot_be_guessed_at_for_long(db: None, at_most: Any, name: str) -> None:
    at_most(3)
    answers = [Client().get(reverse(name, args=[f"guess-{turn}"])).status_code for turn in range(5)]
    assert 429 not in answers[:3]
    assert answers[3:] == [429, 429]


def test_asking_to_join_cannot_be_flooded(organisation: Any, at_most: Any) -> None:
    organisation.join_by_asking = True
    organisation.save()
    at_most(3)
    url = reverse("ask_to_join", args=["larkmoor"])
    answers = [
        Client().post(url, {"full_name": "Jo Blake", "email": f"jo{turn}@x.example"}).status_code for turn in range(5)
    ]
    assert answers == [200, 200, 200, 429, 429]
    assert Job.objects.count() == 3


def test_two_visitors_are_counted_apart(db: None, at_most: Any) -> None:
    at_most(1)
    url = reverse("request_code")
    first = [Client().post(url, {"email": "a@x.example"}, REMOTE_ADDR="192.0.2.1").status_code for _turn in range(2)]
    other = Client().post(url, {"email": "a@x.example"}, REMOTE_ADDR="192.0.2.2").status_code
    assert (first, other) == ([302, 429], 302)


def test_a_member_is_counted_and_told(member: Any, make_member: Any, client_for: Any, at_most: Any) -> None:
    at_most(2)
    url = reverse("report_concern", args=["larkmoor"])
    answers = [client_for(member).post(url, {"text": f"Somebody shouted at me, {n} times."}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert Concern.objects.count() == 2
    page = answers[2].content.decode()
    assert page.count("<h1") == 1
    assert "Wait a few minutes" in page
    assert answers[2]["Retry-After"] == "300"
    other = make_member("Kofi Asantewe")
    assert client_for(other).post(url, {"text": "Somebody shouted at me too."}).status_code == 302


def test_looking_at_a_form_is_not_counted(member: Any, client_for: Any, at_most: Any) -> None:
    at_most(1)
    url = reverse("report_concern", args=["larkmoor"])
    assert [client_for(member).get(url).status_code for _turn in range(4)] == [200] * 4


def test_files_are_counted_when_they_are_fetched(administrator: Any, client_for: Any, at_most: Any) -> None:
    at_most(2)
    url = reverse("export_people", args=["larkmoor"])
    assert [client_for(administrator).get(url).status_code for _turn in range(3)] == [200, 200, 429]


def test_sign_in_that_counts_by_itself_looks_the_same(db: None) -> None:
    url = reverse("reset_password")
    for _turn in range(6):
        answer = Client().post(url, {"email": "a@x.example"})
    assert answer.status_code == 429
    assert "That was too often" in answer.content.decode()


def test_the_demo_counts_nothing(db: None, at_most: Any, settings: Any) -> None:
    settings.DEMO = True
    at_most(1)
    assert [Client().get(reverse("join", args=["x"])).status_code for _turn in range(3)] == [404] * 3
