"""A mentor's limits: `set_limits`, `enrol_in_network`, `stop_mentoring`."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import enrol_in_network, join_waiting_list, set_limits, stop_mentoring
from wayfellow.relationships.tests.conftest import days

LIMITS = {
    "capacity": 2,
    "takes_requests": "on",
    "away_until": "",
    "waiting_list_open": "on",
    "offer_minutes": 45,
    "offer_every_weeks": 2,
    "offer_months": 3,
    "asks_of_mentee": "Come with something you have tried.",
    "preferred_channel": "Video, Thursdays",
}


@pytest.mark.parametrize(
    ("limits", "code", "field"),
    [
        ({"capacity": 1}, "capacity_below_places_taken", "capacity"),
        ({"capacity": 9}, "capacity_above_maximum", "capacity"),
        ({"offer_minutes": 5}, "out_of_bounds", "offer_minutes"),
        ({"offer_every_weeks": 0}, "out_of_bounds", "offer_every_weeks"),
        ({"offer_months": 99}, "out_of_bounds", "offer_months"),
    ],
)
def test_bad_limits_name_their_field(mentor, make_mentee, pair_up, limits, code, field):
    for name in ("Amara Oyelunde", "Rafael Ombrado"):
        pair_up(make_mentee(name), mentor)
    with pytest.raises(InvalidInput) as invalid:
        set_limits(mentor.member, mentor, **limits)
    assert (invalid.value.code, invalid.value.field) == (code, field)
    assert Enrolment.objects.get(pk=mentor.pk).capacity == 2


def test_away_until_is_a_day_to_come(mentor, now):
    with pytest.raises(InvalidInput) as invalid:
        set_limits(mentor.member, mentor, away_until=now.date())
    assert invalid.value.field == "away_until"
    assert set_limits(mentor.member, mentor, away_until=now.date() + days(1)).away_until


def test_a_limit_above_a_maximum_that_was_lowered_later_can_stay(mentor, network):
    set_limits(mentor.member, mentor, capacity=8)
    network.programme.max_capacity = 4
    network.programme.save()
    assert set_limits(mentor.member, mentor, capacity=8, takes_requests=False).capacity == 8


def test_a_mentor_has_a_place(mentor):
    with pytest.raises(InvalidInput) as invalid:
        set_limits(mentor.member, mentor, capacity=0)
    assert invalid.value.code == "capacity_missing"


def test_only_ones_own_and_the_event_names_fields_not_words(mentor, stranger, events):
    from wayfellow.audit.models import Event

    with pytest.raises(Refused) as refused:
        set_limits(stranger, mentor, capacity=3)
    assert refused.value.code == "not_yours"
    set_limits(mentor.member, mentor, asks_of_mentee="Bring a question.", capacity=2)
    event = Event.objects.get(verb="limits_changed")
    assert event.details == {"fields": ["asks_of_mentee"]}


def test_an_unknown_limit_is_a_mistake_of_ours(mentor):
    with pytest.raises(TypeError):
        set_limits(mentor.member, mentor, places_taken=0)


def test_joining_the_network(network, make_member, events):
    member = make_member("Zofia Wilk")
    enrolment = enrol_in_network(member, as_mentor=True)
    assert (enrolment.is_mentor, enrolment.is_mentee, enrolment.capacity) == (True, False, 2)
    again = enrol_in_network(member, as_mentee=True)
    assert again.pk == enrolment.pk
    assert (again.is_mentor, again.is_mentee) == (True, True)
    assert events() == ["network_joined", "network_joined"]


def test_guests_join_only_where_they_were_invited(network, make_member, enrol):
    guest = make_member("Zofia Wilk", is_guest=True)
    with pytest.raises(Refused) as refused:
        enrol_in_network(guest, as_mentee=True)
    assert refused.value.code == "guests_are_invited"
    enrol(guest)
    assert enrol_in_network(guest, as_mentor=True).is_mentor


def test_no_network_no_joining(organisation, make_member):
    with pytest.raises(Refused) as refused:
        enrol_in_network(make_member("Zofia Wilk"), as_mentee=True)
    assert refused.value.code == "no_open_network"


def test_stopping_closes_what_is_open_and_keeps_what_runs(make_mentor, make_mentee, ask, pair_up, told):
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    open_request = ask(make_mentee("Amara Oyelunde"), mentor)
    relationship = pair_up(make_mentee("Rafael Ombrado"), mentor)
    mentor.refresh_from_db()
    waiting = join_waiting_list(make_mentee("Ada Bell"), mentor)
    for _again in range(2):
        stop_mentoring(mentor.member, mentor)
    for row in (open_request, relationship, waiting):
        row.refresh_from_db()
    assert (open_request.state, open_request.closed_because) == ("expired", "stopped")
    assert relationship.is_active
    assert waiting.state == "left"
    assert told(open_request.mentee.member) == ["request_closed"]
    assert told(waiting.mentee.member) == ["place_lapsed"]


def test_page_becomes_changes_and_stops(client_for, network, make_member):
    member = make_member("Zofia Wilk")
    client = client_for(member)
    address = reverse("my_limits", args=["larkmoor"])
    assert "Become a mentor" in client.get(address).content.decode()
    assert not Enrolment.objects.exists()
    assert "You offer to mentor now." in client.post(address, LIMITS, follow=True).content.decode()
    enrolment = Enrolment.objects.get()
    assert (enrolment.offer_minutes, enrolment.asks_of_mentee) == (45, "Come with something you have tried.")
    Enrolment.objects.update(places_taken=2)
    response = client.post(address, LIMITS | {"capacity": 1, "preferred_channel": "By phone"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "2 places are taken or kept for somebody." in page
    assert "By phone" in page
    assert "Write a whole number." in client.post(address, LIMITS | {"capacity": "two"}).content.decode()
    assert "Stop offering to mentor?" in client.get(reverse("stop_mentoring", args=["larkmoor"])).content.decode()
    client.post(reverse("stop_mentoring", args=["larkmoor"]))
    assert not Enrolment.objects.get().is_mentor


def test_page_allows_offers(client_for, network, make_member):
    member = make_member("Zofia Wilk")
    client = client_for(member)
    client.post(reverse("allow_offers", args=["larkmoor"]), {"allows_offers": "on"})
    assert Enrolment.objects.get().allows_offers
    client.post(reverse("allow_offers", args=["larkmoor"]), {})
    assert not Enrolment.objects.get().allows_offers


def test_page_without_a_network(client_for, make_member, organisation):
    page = client_for(make_member("Zofia Wilk")).get(reverse("my_limits", args=["larkmoor"]))
    assert "No open network here yet" in page.content.decode()
