"""Before what matters, people show once more who they are; what they sent meanwhile is kept."""

import json
import time

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.people.tests.mails import mails
from wayfellow.people.tests.security import by_mail, code_in_mail, next_code, with_app, with_passkey

pytestmark = pytest.mark.django_db
CONFIRM = reverse("confirm_identity")


def url(name, *more):
    return reverse(name, args=["larkmoor", *more])


def long_signed_in(client):
    session = client.session
    session["confirmed_at"] = int(time.time()) - 16 * 60
    session.save()
    return client


@pytest.fixture
def client(member, client_for):
    return long_signed_in(client_for(member))


MATTERS = ["add_totp", "add_passkey", "recovery_codes", "download_recovery_codes", "forget_me"]


@pytest.mark.parametrize("name", MATTERS)
def test_pages_that_matter_ask_first(client, name):
    assert client.get(url(name)).url.startswith(CONFIRM)


@pytest.mark.parametrize("name", ["set_password", "change_password"])
def test_password_asks_first(client, name):
    assert client.get(reverse(name)).url.startswith(CONFIRM)
    assert client.post(reverse(name), {"password": "three quiet words"}).url.startswith(CONFIRM)
    assert "kept_form" not in client.session


def test_who_has_just_signed_in_is_not_asked(member):
    client = Client()
    by_mail(client, member.email)
    assert client.get(url("forget_me")).status_code == 200


def test_by_a_code_from_a_mail(client, member):
    asked = client.get(url("forget_me")).url
    assert "Send me a code by mail" in client.get(asked).content.decode()
    page = client.post(asked, {"act": "send", "next": url("forget_me")})
    assert member.email in page.content.decode()
    assert code_in_mail() not in str(dict(client.session))
    wrong = client.post(CONFIRM, {"act": "mail", "code": "nope", "next": url("forget_me")})
    assert (wrong.status_code, "This is not the code" in wrong.content.decode()) == (422, True)
    done = client.post(CONFIRM, {"act": "mail", "code": code_in_mail().lower(), "next": url("forget_me")})
    assert done.url == url("forget_me")
    assert client.get(url("forget_me")).status_code == 200
    again = client.post(CONFIRM, {"act": "mail", "code": code_in_mail()})
    assert again.status_code == 200


def test_a_mailed_code_is_guessed_five_times_at_most(client):
    client.post(CONFIRM, {"act": "send"})
    for _ in range(5):
        client.post(CONFIRM, {"act": "mail", "code": "nope"})
    assert client.post(CONFIRM, {"act": "mail", "code": code_in_mail()}).status_code == 422
    assert client.get(url("forget_me")).status_code == 302


def test_codes_are_not_mailed_without_end(client):
    for _ in range(3):
        client.post(CONFIRM, {"act": "send"})
    page = client.post(CONFIRM, {"act": "send"})
    assert (page.status_code, "tried too often" in page.content.decode()) == (422, True)
    assert len(mails("sign_in_code")) == 3


def test_by_password(member, client_for):
    member.account.set_password("three quiet words")
    member.account.save()
    client = long_signed_in(client_for(member))
    wrong = client.post(CONFIRM, {"act": "password", "password": "guess"})
    assert "This is not your password" in wrong.content.decode()
    client.post(CONFIRM, {"act": "password", "password": "three quiet words"})
    assert client.get(url("forget_me")).status_code == 200


def test_who_has_a_second_factor_confirms_by_it_alone(member, client_for):
    member.account.set_password("three quiet words")
    member.account.save()
    with_app(member.account)
    client = long_signed_in(client_for(member))
    page = client.get(CONFIRM).content.decode()
    assert "Send me a code by mail" not in page
    assert "Go on with the password" not in page
    client.post(CONFIRM, {"act": "password", "password": "three quiet words"})
    client.post(CONFIRM, {"act": "send"})
    assert mails("sign_in_code") == []
    assert client.get(url("forget_me")).status_code == 302
    client.post(CONFIRM, {"act": "code", "code": next_code()})
    assert client.get(url("forget_me")).status_code == 200


def test_by_passkey(member, client_for):
    client = client_for(member)
    key = with_passkey(client)
    long_signed_in(client)
    answer = json.dumps(key.use(json.loads(client.get(CONFIRM).context["options"])))
    client.post(CONFIRM, {"act": "passkey", "credential": answer})
    assert client.get(url("forget_me")).status_code == 200


def test_next_never_leads_elsewhere(member, client_for):
    with_app(member.account)
    client = long_signed_in(client_for(member))
    assert client.post(CONFIRM, {"act": "code", "code": next_code(), "next": "https://evil.example/"}).url == "/"


def test_a_download_goes_on_with_one_click(client, member):
    asked = client.post(url("take_data_away"))
    assert asked.url.startswith(CONFIRM)
    client.post(CONFIRM, {"act": "send"})
    done = client.post(CONFIRM, {"act": "mail", "code": code_in_mail(), "next": reverse("kept_form")})
    page = client.get(done.url)
    assert page.context["kept"].path == url("take_data_away")
    assert client.post(url("take_data_away"))["Content-Type"] == "application/zip"
    assert client.get(reverse("kept_form")).url == reverse("front")
    assert Event.objects.filter(verb="data_taken_away").count() == 1


def test_settings_ask_only_when_what_matters_changes(administrator, client_for, organisation):
    from wayfellow.people.tests.test_settings import form

    client = long_signed_in(client_for(administrator))
    assert client.post(url("organisation_settings"), form(name="Larkmoor")).url == url("organisation_settings")
    typed = form(name="Larkmoor Water", join_by_asking="on", conduct="Be kind to each other, please.")
    assert client.post(url("organisation_settings"), typed).url.startswith(CONFIRM)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.join_by_asking) == ("Larkmoor", False)
    client.post(CONFIRM, {"act": "send"})
    client.post(CONFIRM, {"act": "mail", "code": code_in_mail()})
    kept = client.get(reverse("kept_form"))
    assert "Be kind to each other, please." in kept.content.decode()
    client.post(kept.context["kept"].path, dict(kept.context["kept"].fields))
    organisation.refresh_from_db()
    assert (organisation.name, organisation.join_by_asking) == ("Larkmoor Water", True)


def test_exporting_people_asks_first_and_goes_back_to_the_list(administrator, client_for):
    client = long_signed_in(client_for(administrator))
    page = f"http://testserver{url('people')}?tab=guests"
    asked = client.get(url("export_people"), headers={"Referer": page})
    assert asked.url == f"{CONFIRM}?next=%2Fo%2Flarkmoor%2Fpeople%2F%3Ftab%3Dguests"
    assert client.get(url("export_people"), headers={"Referer": "https://evil.example/"}).url == f"{CONFIRM}?next=%2F"


def test_exporting_chosen_people_asks_first(administrator, member, client_for):
    client = long_signed_in(client_for(administrator))
    typed = {"act": "export_csv", "chosen": [member.pk]}
    assert client.post(url("act_on_people"), typed).url == f"{CONFIRM}?next=%2Fkept%2F"


def test_appointing_a_manager_asks_first(administrator, network, client_for):
    client = long_signed_in(client_for(administrator))
    assert client.get(url("appoint_manager", network.programme.pk)).url.startswith(CONFIRM)


def test_making_an_administrator_asks_first(administrator, member, client_for):
    client = long_signed_in(client_for(administrator))
    assert client.post(url("make_administrator", member.pk)).url.startswith(CONFIRM)
    member.refresh_from_db()
    assert not member.is_administrator


def test_what_another_wrote_is_shown_to_nobody_else(client, member, make_member):
    client.post(url("take_data_away"), {"words": "a secret of Amara's"})
    assert "a secret" in str(dict(client.session))
    stranger = make_member("Jo Blake")
    session = client.session
    for key in list(session.keys()):
        if key != "kept_form":
            del session[key]
    session.save()
    by_mail(client, stranger.email)
    assert "kept_form" not in client.session
    assert client.get(reverse("kept_form")).url == reverse("front")


def test_kept_words_can_be_thrown_away(client):
    client.post(url("take_data_away"), {"words": "a secret of Amara's"})
    client.post(reverse("kept_form"))
    assert "kept_form" not in client.session


def test_in_the_demo_nothing_is_asked(client, settings):
    settings.DEMO = True
    assert client.get(url("forget_me")).status_code == 200


def test_changing_the_password_signs_out_elsewhere_and_is_told(member, client_for):
    here, there = client_for(member), client_for(member)
    here.post(reverse("set_password"), {"password": "three quiet words"})
    assert here.get(url("account")).status_code == 200
    assert member.account.browser_sessions.count() == 1
    assert there.get(url("account")).url.startswith(reverse("sign_in"))
    assert Event.objects.filter(verb="password_changed").count() == 1
    assert mails("security_changed")[-1]["facts"]["change"] == "password"
