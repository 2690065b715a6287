"""The rules of a programme, changed by those who run it."""

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.programmes.actions import change_programme
from wayfellow.programmes.models import Programme

RULES = {
    "first_reminder_days": 1,
    "second_reminder_days": 4,
    "request_expiry_days": 6,
    "max_open_requests": 4,
    "mentor_queue_factor": 3,
    "waiting_offer_days": 5,
    "default_capacity": 1,
    "max_capacity": 6,
}


def test_is_changed_and_recorded(network, manager):
    programme = change_programme(manager, network.programme, **RULES)
    programme.refresh_from_db()
    assert {name: getattr(programme, name) for name in RULES} == RULES
    assert Event.objects.get().details == RULES
    change_programme(manager, programme, **RULES)
    assert Event.objects.count() == 1, "nothing changed"


def test_by_those_who_run_it_alone(network, member, administrator):
    for somebody in (member, administrator):
        with pytest.raises(Refused) as refused:
            change_programme(somebody, network.programme, **RULES)
        assert refused.value.code == "not_a_manager"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_reminder_days", 0),
        ("second_reminder_days", 1),
        ("request_expiry_days", 4),
        ("request_expiry_days", 400),
        ("max_open_requests", 0),
        ("max_capacity", 0),
    ],
)
def test_numbers_that_do_not_fit_name_their_field(network, manager, field, value):
    with pytest.raises(InvalidInput) as invalid:
        change_programme(manager, network.programme, **RULES | {field: value})
    assert invalid.value.field == field


def test_page(client_for, network, manager, member, administrator):
    address = reverse("programme_settings", args=["larkmoor"])
    client = client_for(manager)
    assert "Rules of Open network" in client.get(address).content.decode()
    bad = client.post(address, RULES | {"request_expiry_days": 3, "max_open_requests": 9})
    page = bad.content.decode()
    assert bad.status_code == 422
    assert "A request closes after the second reminder." in page
    assert 'value="9"' in page
    assert "Saved." in client.post(address, RULES, follow=True).content.decode()
    assert Programme.objects.get().request_expiry_days == 6
    for somebody in (member, administrator):
        assert client_for(somebody).get(address).status_code == 403


def test_a_programme_one_does_not_run_is_not_there(client_for, network, manager, organisation):
    other = Programme.objects.create(organisation=organisation, name="Leadership")
    address = reverse("programme_settings", args=["larkmoor"])
    assert client_for(manager).get(address, {"programme": other.pk}).status_code == 404
    assert client_for(manager).post(f"{address}?programme={other.pk}", RULES).status_code == 404
