"""The four doors: there in demo mode, and nowhere else."""

import re

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from wayfellow.demo import persons, views

pytestmark = pytest.mark.django_db
ADDRESSES = ["mentee@demo.example", "mentor@demo.example", "manager@demo.example", "admin@demo.example"]


@pytest.fixture
def the_four(make_member):
    return {person.email: make_member(person.full_name, email=person.email) for person in persons.DOORS}


def test_each_door_is_a_form_with_one_button_that_carries_its_address(demo_mode, client, the_four):
    page = client.get("/")
    assert page.status_code == 200
    forms = re.findall(r"<form.*?</form>", page.content.decode(), re.DOTALL)
    doors = [form for form in forms if 'action="/demo/door/"' in form]
    assert len(doors) == len(ADDRESSES)
    for form, address in zip(doors, ADDRESSES, strict=True):
        assert form.count("<button") == 1
        text = re.sub(r"<[^>]*>", " ", form.partition("<button")[2])
        assert address in text
    assert page.content.decode().count("<h1") == 1
    assert reverse("outbox") in page.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_door_signs_in(demo_mode, client, the_four, address):
    entered = client.post("/demo/door/", {"as": address})
    assert entered.status_code == 302 and entered["Location"] == "/"
    assert client.session["_auth_user_id"] == str(the_four[address].account_id)
    assert client.get("/")["Location"].startswith("/o/larkmoor/")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "demo.localhost", "[::1]", "127.0.0.1:8123"])
def test_any_loopback_name_is_accepted(demo_mode, client, the_four, settings, host):
    settings.ALLOWED_HOSTS = settings.LOOPBACK
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_door_opens_by_post_only_and_with_the_token_of_the_page(demo_mode, client, the_four):
    assert client.get("/demo/door/").status_code == 405
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post("/demo/door/", {"as": "admin@demo.example"}).status_code == 403
    assert "_auth_user_id" not in strict.session


@pytest.mark.parametrize("address", ["", "somebody@larkmoor.example", "ADMIN@demo.example", "admin@demo.example\0"])
def test_there_are_no_other_doors(demo_mode, client, the_four, make_member, address):
    make_member("Some Body", email="somebody@larkmoor.example")
    assert client.post("/demo/door/", {"as": address}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_person_who_was_forgotten_is_said_to_be_gone(demo_mode, client):
    page = client.post("/demo/door/", {"as": "mentee@demo.example"}, follow=True)
    assert "mentee@demo.example is not here any more" in page.content.decode()


def test_outside_a_demo_there_is_no_such_address(client, the_four):
    with pytest.raises(NoReverseMatch):
        reverse("demo_door")
    assert client.post("/demo/door/", {"as": "admin@demo.example"}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert "demo.example" not in client.get("/").content.decode()


def test_outside_a_demo_the_views_refuse_even_when_they_are_reached(the_four, rf: RequestFactory):
    for view, request in ((views.doors, rf.get("/")), (views.demo_door, rf.post("/", {"as": "admin@demo.example"}))):
        with pytest.raises(Http404):
            view(request)
