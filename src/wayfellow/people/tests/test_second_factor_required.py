"""Where an organisation asks for a second factor, who runs something sets one up before anything else there."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from wayfellow.core.errors import Refused
from wayfellow.people.actions.factors import remove_factor
from wayfellow.people.models import Organisation
from wayfellow.people.tests.security import with_app, with_passkey

pytestmark = pytest.mark.django_db


def url(name, *more):
    return reverse(name, args=["larkmoor", *more])


@pytest.fixture
def asks(organisation):
    Organisation.objects.update(second_factor_required=True)
    organisation.refresh_from_db()
    return organisation


@pytest.fixture
def safeguarding(make_member):
    return make_member("Nils Vargand", is_safeguarding_lead=True)


PRIVILEGED = ["administrator", "manager", "safeguarding"]


@pytest.mark.parametrize("who", PRIVILEGED)
def test_whoever_runs_something_is_led_to_set_one_up(request, who, client_for, asks):
    person = request.getfixturevalue(who)
    client = client_for(person)
    for name in ("account", "who_can_see", "my_profile", "home"):
        assert client.get(url(name)).url == url("security"), name
    assert client.post(url("use_address")).url == url("security")
    page = client.get(url("security")).content.decode()
    assert "asks people who run things for a second factor" in page
    with_app(person.account)
    client = client_for(person)
    assert client.get(url("who_can_see")).status_code == 200


def test_they_can_leave_be_forgotten_take_their_data_and_sign_out(manager, client_for, asks):
    client = client_for(manager)
    for name in ("leave_organisation", "forget_me", "conduct", "devices", "add_totp", "add_passkey"):
        assert client.get(url(name)).status_code == 200, name
    assert client.post(url("take_data_away")).status_code == 200
    assert client.post(reverse("sign_out")).status_code == 302


def test_others_are_not_asked(member, client_for, asks):
    assert client_for(member).get(url("who_can_see")).status_code == 200


def test_nobody_is_asked_where_the_organisation_does_not_say_so(administrator, client_for):
    assert client_for(administrator).get(url("people")).status_code == 200


def test_it_comes_before_the_code_of_conduct(make_member, client_for, asks):
    newcomer = make_member("Jo Blake", is_administrator=True, conduct_accepted_version=0)
    client = client_for(newcomer)
    assert client.get(url("accept_conduct")).url == url("security")
    with_passkey(client)
    assert client.get(url("who_can_see")).url == url("accept_conduct")


def test_what_was_sent_meanwhile_waits(administrator, client_for, asks):
    client = client_for(administrator)
    assert client.post(url("edit_profile", "about"), {"about": "Words enough to keep"}).url == url("security")
    assert "is kept for you until then" in client.get(url("security")).content.decode()
    with_passkey(client)
    assert "What you sent before is kept" in client.get(url("recovery_codes")).content.decode()
    assert "Words enough to keep" in client.get(reverse("kept_form")).content.decode()


def test_another_organisation_asks_for_itself_alone(make_member, other_organisation, administrator, client_for, asks):
    other = make_member(administrator.full_name, organisation=other_organisation, account=administrator.account)
    Organisation.objects.filter(pk=other_organisation.pk).update(second_factor_required=False)
    client = client_for(other)
    assert client.get(reverse("who_can_see", args=["northfen"])).status_code == 200
    assert client.get(url("who_can_see")).url == url("security")


def test_the_last_one_cannot_be_removed_there(administrator, client_for, asks):
    with_app(administrator.account)
    row = Authenticator.objects.get(type="totp")
    client = client_for(administrator)
    assert "asks you for a second factor" in client.get(url("remove_factor", row.pk)).content.decode()
    assert client.post(url("remove_factor", row.pk)).status_code == 403
    with pytest.raises(Refused):
        remove_factor(administrator.account, row)
    with_passkey(client)
    remove_factor(administrator.account, row)
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"webauthn", "recovery_codes"}


def test_the_setting_is_kept_and_says_who_has_none(administrator, member, manager, client_for, organisation):
    from wayfellow.people.tests.test_settings import form

    client = client_for(administrator)
    page = client.get(url("organisation_settings"))
    assert [person.full_name for person in page.context["without_factor"]] == ["Devika Marsh", "Ruta Kalvendis"]
    client.post(url("organisation_settings"), form(second_factor_required="on"))
    organisation.refresh_from_db()
    assert organisation.second_factor_required
    assert client.get(url("organisation_settings")).url == url("security")


def test_members_cost_no_query_for_it(member, client_for, asks, django_assert_max_num_queries):
    client = client_for(member)
    client.get(url("who_can_see"))
    with django_assert_max_num_queries(6):
        client.get(url("who_can_see"))
