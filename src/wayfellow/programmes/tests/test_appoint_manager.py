"""An administrator lets somebody run a programme, and takes it back."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import DomainError, Refused
from wayfellow.notifications.models import Notice
from wayfellow.programmes.actions import appoint_manager, dismiss_manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(network, manager):
    return network.programme


def test_a_member_is_found_appointed_and_told(client_for, administrator, programme, make_member):
    kofi = make_member("Kofi Asantewe")
    client = client_for(administrator)
    address = reverse("appoint_manager", args=["larkmoor", programme.pk])
    assert "Kofi Asantewe" in client.get(address, {"q": "asan"}).content.decode()
    answer = client.post(address, {"member": kofi.pk}, follow=True).content.decode()
    assert "Kofi Asantewe" in answer
    assert programme.managers.filter(pk=kofi.pk).exists()
    assert Notice.objects.get(member=kofi).kind == "programme_role_changed"
    assert Event.objects.filter(verb="manager_appointed", actor=administrator).count() == 1
    overview = client_for(kofi).get(reverse("programme_settings", args=["larkmoor"]))
    assert overview.status_code == 200


def test_taking_it_back_asks_first(client_for, administrator, programme, make_member):
    kofi = make_member("Kofi Asantewe")
    appoint_manager(administrator, programme, kofi)
    client = client_for(administrator)
    address = reverse("dismiss_manager", args=["larkmoor", programme.pk, kofi.pk])
    assert "Take “Open network” from Kofi Asantewe?" in client.get(address).content.decode()
    assert programme.managers.count() == 2
    client.post(address)
    assert not programme.managers.filter(pk=kofi.pk).exists()
    assert client_for(kofi).get(reverse("programme_settings", args=["larkmoor"])).status_code == 403


def test_the_last_manager_stays(client_for, administrator, programme, manager):
    with pytest.raises(Refused, match="Nobody else runs this programme"):
        dismiss_manager(administrator, programme, manager)
    address = reverse("dismiss_manager", args=["larkmoor", programme.pk, manager.pk])
    assert client_for(administrator).get(address).status_code == 403


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"is_guest": True}, "is_guest"), ({"state": "left"}, "not_joined")],
)
def test_guests_and_who_left_run_nothing(administrator, programme, make_member, fields, code):
    with pytest.raises(Refused) as refused:
        appoint_manager(administrator, programme, make_member("Pia Querolt", **fields))
    assert refused.value.code == code


def test_appointed_once(administrator, programme, manager):
    with pytest.raises(Refused, match="already"):
        appoint_manager(administrator, programme, manager)


@pytest.mark.parametrize("typed", ["", "0", "abc", "99999999999999999999"])
def test_nobody_chosen_is_said(client_for, administrator, programme, typed):
    address = reverse("appoint_manager", args=["larkmoor", programme.pk])
    answer = client_for(administrator).post(address, {"member": typed}, follow=True)
    assert "Search for a member and choose them." in answer.content.decode()
    assert programme.managers.count() == 1


def test_only_administrators_of_this_organisation(client_for, manager, programme, make_member, other_organisation):
    addresses = [
        reverse("programmes", args=["larkmoor"]),
        reverse("appoint_manager", args=["larkmoor", programme.pk]),
    ]
    stranger = make_member("Ola Nordby", organisation=other_organisation, is_administrator=True)
    for address in addresses:
        assert client_for(manager).get(address).status_code == 403
        assert client_for(stranger).get(address).status_code == 404
    theirs = reverse("appoint_manager", args=["northfen", programme.pk])
    assert client_for(stranger).get(theirs).status_code == 404


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_dismissals_at_once_leave_one_manager(administrator, programme, manager, make_member):
    kofi = make_member("Kofi Asantewe")
    appoint_manager(administrator, programme, kofi)
    start = threading.Barrier(2)

    def dismiss(member):
        try:
            start.wait()
            dismiss_manager(administrator, programme, member)
        except DomainError:
            pass
        finally:
            connection.close()

    rivals = [threading.Thread(target=dismiss, args=[member]) for member in (kofi, manager)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    assert programme.managers.count() == 1
