"""Walks every address of the site, by GET and by POST, as everybody, and holds each door to what it states.

A view states the people who may call it (`@access`). Who is not among them is sent to sign in (anonymous), told that
the page is for other roles (403) or sees nothing there (404), and no event is recorded for them. Who is among them
meets neither. A door that states nothing fails; so does an address with a part for which the walk knows no row.
"""

from typing import Any

import pytest
from django.urls import reverse

from tests.access.scene import OTHERS, PEOPLE, Scene, build_scene, undone
from wayfellow.audit.models import Event
from wayfellow.core.access import Access, walk_views

pytestmark = pytest.mark.django_db
CLOSED = {403, 404, 405}
SAYS_THE_SAME_TO_ALL = {"discard_draft"}  # a draft that is gone and one that is another's look alike
REFUSALS = {"web/refused.html", "web/_refused.html"}


@pytest.fixture
def scene(
    organisation: Any, other_organisation: Any, network: Any, make_member: Any, enrol: Any, client_for: Any
) -> Scene:
    return build_scene(organisation, other_organisation, network, make_member, enrol, client_for)


def test_every_door_states_who_may_call_it() -> None:
    silent = [route for route, door in walk_views() if not isinstance(getattr(door.callback, "access", None), Access)]
    assert silent == []


def test_every_door_has_a_name_of_its_own() -> None:
    names = [door.name for _route, door in walk_views()]
    assert None not in names
    assert sorted(names) == sorted(set(names))


def test_doors_open_for_whom_they_state_and_for_nobody_else(scene: Scene) -> None:
    wrong: list[str] = []
    for route, door in walk_views():
        stated: Access = door.callback.access
        address = reverse(door.name, kwargs=scene.arguments_of(route, door))
        for person in (*PEOPLE, *OTHERS):
            for method in ("GET", "POST"):
                wrong += _knock(scene, person, method, address, stated, door.name)
    assert not wrong, "\n".join(wrong)


def _knock(scene: Scene, person: str, method: str, address: str, stated: Access, name: str) -> list[str]:
    """What is wrong with the answer, in words."""
    client = scene.clients[person]
    client.cookies.clear()
    client.cookies.update(scene.cookies[person])
    with undone():
        events = Event.objects.count()
        answer = client.get(address) if method == "GET" else client.post(address)
        left_events = Event.objects.count() - events
    said = f"{method} {address} ({name}) as {person}: {answer.status_code}"
    if answer.status_code >= 500:
        return [said]
    if scene.may(person, stated, name):
        closed = answer.status_code in {403, 404} and not _is_an_answer(answer) and not stated.is_public
        return [f"{said}, though the door states them"] if closed else []
    if person == "anonymous":
        to_sign_in = answer.status_code == 302 and reverse("sign_in") in answer.headers["Location"]
        return [] if to_sign_in else [f"{said}, not sent to sign in"]
    if answer.status_code not in CLOSED and not (name in SAYS_THE_SAME_TO_ALL and answer.status_code == 302):
        return [f"{said}, though the door does not state them"]
    return [f"{said}, and left {left_events} events"] if left_events else []


def _is_an_answer(answer: Any) -> bool:
    """A rule's refusal ("all places are taken") is an answer to somebody who may ask."""
    return any(template.name in REFUSALS for template in answer.templates)
