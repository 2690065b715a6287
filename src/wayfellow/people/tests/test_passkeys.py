"""Passkeys, with one in software: added, signed in with, used as a second step, renamed, removed, refused."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.people.tests.mails import mails
from wayfellow.people.tests.security import by_mail, is_in, with_app, with_passkey
from wayfellow.people.tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db


def url(name, *more):
    return reverse(name, args=["larkmoor", *more])


@pytest.fixture
def key(member, client_for):
    return with_passkey(client_for(member))


def question(client):
    return client.get(reverse("sign_in_with_passkey"), headers={"Accept": "application/json"}).json()


def sign_in(client, key, **more):
    answer = json.dumps(key.use(question(client)))
    return client.post(reverse("sign_in_with_passkey"), {"credential": answer, **more}, follow=True)


def test_passkey_is_added_with_recovery_codes_event_and_mail(member, key):
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"webauthn", "recovery_codes"}
    assert Event.objects.get(verb="second_factor_added").details == {"kind": "passkey"}
    assert mails("security_changed")[-1]["facts"]["kind"] == "passkey"


def test_passkey_signs_in_alone_and_goes_on(member, key):
    client = Client(HTTP_HOST="localhost")
    page = sign_in(client, key, next=url("who_can_see"))
    assert page.redirect_chain[-1][0] == url("who_can_see")
    assert client.session["_auth_user_id"] == str(member.account_id)
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None


def test_passkey_is_the_second_step_after_a_code_by_mail(member, key):
    client = Client(HTTP_HOST="localhost")
    by_mail(client, member.email)
    page = client.get(reverse("second_factor"))
    answer = json.dumps(key.use(json.loads(page.context["options"])))
    client.post(reverse("second_factor"), {"credential": answer})
    assert is_in(client)


def test_another_persons_passkey_is_no_second_step(member, key, make_member):
    other = make_member("Jo Blake")
    with_app(other.account)
    client = Client(HTTP_HOST="localhost")
    by_mail(client, other.email)
    page = client.get(reverse("second_factor"))
    answer = json.dumps(key.use(json.loads(page.context["options"])))
    assert "did not work here" in client.post(reverse("second_factor"), {"credential": answer}).content.decode()
    assert not is_in(client)


def forged(key):
    other = SoftKey(key.origin)
    other.id, other.owner = key.id, key.owner
    return other


def elsewhere(key):
    key.origin = "http://sibling.localhost"
    return key


def without_look(key):
    key.verifies = False
    return key


@pytest.mark.parametrize("change", [forged, elsewhere, without_look])
def test_what_only_looks_like_it_is_refused(key, change):
    client = Client(HTTP_HOST="localhost")
    page = sign_in(client, change(key))
    assert not is_in(client)
    assert "did not work here" in page.content.decode()


def test_an_answer_to_another_question_is_refused(key):
    client = Client(HTTP_HOST="localhost")
    old = json.dumps(key.use(question(client)))
    question(client)
    client.post(reverse("sign_in_with_passkey"), {"credential": old})
    assert not is_in(client)


def test_an_answer_works_once(key):
    client = Client(HTTP_HOST="localhost")
    answer = json.dumps(key.use(question(client)))
    client.post(reverse("sign_in_with_passkey"), {"credential": answer})
    assert is_in(client)
    client.post(reverse("sign_out"))
    client.post(reverse("sign_in_with_passkey"), {"credential": answer})
    assert not is_in(client)


@pytest.mark.parametrize(
    "answer",
    ["", "no json", "{}", "[]", "3", '{"response": {}}', '{"response": {"clientDataJSON": "e30"}}', '"\\u0000"'],
)
def test_rubbish_is_refused_without_a_traceback(member, client_for, key, answer):
    client = Client(HTTP_HOST="localhost")
    question(client)
    client.post(reverse("sign_in_with_passkey"), {"credential": answer})
    assert not is_in(client)
    theirs = client_for(member)
    theirs.get(url("add_passkey"))
    assert theirs.post(url("add_passkey"), {"name": "x", "credential": answer}).status_code == 422
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def broken(credential, part, value):
    return json.dumps({**credential, "response": {**credential["response"], part: value}})


@pytest.mark.parametrize("part", ["authenticatorData", "signature", "userHandle"])
@pytest.mark.parametrize("value", [None, "", "AAAA", 7, "ÿ"])
def test_broken_parts_are_refused_without_a_traceback(key, part, value):
    client = Client(HTTP_HOST="localhost")
    answer = broken(key.use(question(client)), part, value)
    client.post(reverse("sign_in_with_passkey"), {"credential": answer})
    assert not is_in(client)


def test_known_and_unknown_look_alike_from_outside(member, key):
    """The question names no passkey and no person, and a stranger's answer gets the same words as a wrong one."""
    asked = question(Client(HTTP_HOST="localhost"))["publicKey"]
    assert "allowCredentials" not in asked or asked["allowCredentials"] == []
    stranger = SoftKey()
    stranger.owner = b"MTIzNDU"
    wrong = sign_in(Client(HTTP_HOST="localhost"), stranger).content.decode()
    assert "did not work here" in wrong
    assert "did not work here" in sign_in(Client(HTTP_HOST="localhost"), forged(key)).content.decode()


def test_whose_account_is_switched_off_stays_out(member, key):
    member.account.is_active = False
    member.account.save()
    client = Client(HTTP_HOST="localhost")
    sign_in(client, key)
    assert not is_in(client)


def test_passkey_is_renamed_and_removed(member, client_for, key):
    row = Authenticator.objects.get(type="webauthn")
    client = client_for(member)
    assert client.post(url("rename_passkey", row.pk), {"name": ""}).status_code == 422
    client.post(url("rename_passkey", row.pk), {"name": "The laptop at work"})
    assert "The laptop at work" in client.get(url("security")).content.decode()
    client.post(url("remove_factor", row.pk))
    assert not Authenticator.objects.exists()
    sign_in(fresh := Client(HTTP_HOST="localhost"), key)
    assert not is_in(fresh)


def test_a_device_without_a_look_makes_no_passkey(member, client_for):
    client = client_for(member)
    client.defaults["HTTP_HOST"] = "localhost"
    key = SoftKey(verifies=False)
    page = client.get(url("add_passkey"))
    answer = json.dumps(key.make(json.loads(page.context["options"])))
    assert client.post(url("add_passkey"), {"name": "x", "credential": answer}).status_code == 422


def test_the_first_factor_signs_other_browsers_out_and_the_second_does_not(member, client_for):
    here, there = client_for(member), client_for(member)
    with_passkey(here)
    assert there.get(url("account")).url.startswith(reverse("sign_in"))
    there = client_for(member)
    with_app(member.account)
    assert there.get(url("account")).status_code == 200


def test_where_no_browser_makes_passkeys_the_page_says_so(member, client_for):
    page = client_for(member).get(url("add_passkey"), headers={"Host": "127.0.0.1:8000"}).content.decode()
    assert "This address is another kind" in page
    assert "data-passkey=" not in page
