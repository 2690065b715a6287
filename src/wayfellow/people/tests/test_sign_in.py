"""Signing in: a code by mail, a password, sign-out, limits; nobody learns who is here."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from wayfellow.people.models import Account
from wayfellow.people.tests.mails import mails, path_in_mail, run_waiting


def code_in_mail() -> str:
    """The code of the newest mail that waits to be sent."""
    return mails("sign_in_code")[-1]["facts"]["code"]


def ask_for_code(client: Client, email: str, follow: bool = True):
    return client.post(reverse("request_code"), {"email": email}, follow=follow)


def test_code_signs_in(member):
    client = Client()
    page = ask_for_code(client, member.email)
    assert page.redirect_chain[-1][0].startswith(reverse("confirm_code"))
    done = client.post(reverse("confirm_code"), {"code": code_in_mail(), "action": "verify"})
    assert done.status_code == 302
    assert client.session["_auth_user_id"] == str(member.account_id)


def test_code_works_once(member):
    client = Client()
    ask_for_code(client, member.email)
    code = code_in_mail()
    client.post(reverse("confirm_code"), {"code": code})
    other = Client()
    ask_for_code(other, member.email)
    wrong = other.post(reverse("confirm_code"), {"code": code})
    assert "_auth_user_id" not in other.session
    assert "This is not the code" in wrong.content.decode()


def test_five_wrong_codes_end_it(member):
    client = Client()
    ask_for_code(client, member.email)
    for _ in range(5):
        last = client.post(reverse("confirm_code"), {"code": "nonsense"})
    assert last.status_code == 302
    client.post(reverse("confirm_code"), {"code": code_in_mail()})
    assert "_auth_user_id" not in client.session


def test_code_runs_out_after_fifteen_minutes(member, monkeypatch, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    client = Client()
    ask_for_code(client, member.email)
    client.post(reverse("confirm_code"), {"code": code_in_mail()})
    assert "_auth_user_id" not in client.session


def test_unknown_address_gets_the_same_page(member):
    known = ask_for_code(Client(), member.email).content.decode()
    unknown = ask_for_code(Client(), "nobody@larkmoor.example").content.decode()
    csrf = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert csrf.sub("", known).replace(member.email, "x") == csrf.sub("", unknown).replace(
        "nobody@larkmoor.example", "x"
    )


def test_unknown_address_is_told_by_mail_only(organisation):
    ask_for_code(Client(), "nobody@larkmoor.example")
    assert [mail["template"] for mail in mails()] == ["people/mail/unknown_account"]
    assert not Account.objects.exists()


def test_limit_holds_in_the_shared_cache(member):
    for _ in range(3):
        ask_for_code(Client(), member.email)
    refused = ask_for_code(Client(), member.email.upper(), follow=False)
    assert refused.status_code == 200
    assert "tried too often" in refused.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        assert cursor.fetchone()[0] > 0
        cursor.execute("DELETE FROM shared_cache")
    assert ask_for_code(Client(), member.email, follow=False).status_code == 302


def test_password_signs_in(member):
    member.account.set_password("three quiet words")
    member.account.save()
    client = Client()
    wrong = client.post(reverse("sign_in_with_password"), {"login": member.email, "password": "something else"})
    assert "do not belong together" in wrong.content.decode()
    right = client.post(reverse("sign_in_with_password"), {"login": member.email, "password": "three quiet words"})
    assert right.status_code == 302
    assert client.session["_auth_user_id"] == str(member.account_id)


def test_wrong_passwords_are_limited_even_from_other_browsers(member):
    member.account.set_password("three quiet words")
    member.account.save()
    for _ in range(5):
        Client().post(reverse("sign_in_with_password"), {"login": member.email, "password": "guess"})
    page = Client().post(reverse("sign_in_with_password"), {"login": member.email, "password": "three quiet words"})
    assert "tried too often" in page.content.decode()


def test_sign_in_goes_on_to_where_it_began(member):
    client = Client()
    target = reverse("account", args=[member.organisation.slug])
    asked = client.get(target)
    assert asked.url == f"{reverse('sign_in')}?next={quote(target, safe='')}"
    client.post(reverse("sign_in"), {"email": member.email, "next": target})
    done = client.post(reverse("confirm_code"), {"code": code_in_mail(), "next": target})
    assert done.url == target


def test_next_never_leads_elsewhere(member):
    client = Client()
    client.post(reverse("sign_in"), {"email": member.email, "next": "https://evil.example/"})
    done = client.post(reverse("confirm_code"), {"code": code_in_mail(), "next": "https://evil.example/"})
    assert done.url.startswith("/")
    assert "evil" not in done.url


def test_sign_out_asks_on_get(member, client_for):
    client = client_for(member)
    assert client.get(reverse("sign_out")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("sign_out"))
    assert "_auth_user_id" not in client.session


def test_set_and_change_password(member, client_for):
    client = client_for(member)
    short = client.post(reverse("set_password"), {"password": "short"})
    assert "12" in short.content.decode()
    client.post(reverse("set_password"), {"password": "three quiet words"})
    member.account.refresh_from_db()
    assert member.account.check_password("three quiet words")
    wrong = client.post(reverse("change_password"), {"now": "no", "password": "four more quiet words"})
    assert "This is not your password now" in wrong.content.decode()
    client.post(reverse("change_password"), {"now": "three quiet words", "password": "four more quiet words"})
    member.account.refresh_from_db()
    assert member.account.check_password("four more quiet words")
    assert client.get(reverse("set_password")).status_code == 302


def test_reset_password_by_mail(member):
    member.account.set_password("three quiet words")
    member.account.save()
    client = Client()
    client.post(reverse("reset_password"), {"email": member.email})
    run_waiting("write_about_new_password_job")
    link = path_in_mail("password_reset")
    page = client.get(link, follow=True)
    assert "A new password" in page.content.decode()
    client.post(page.redirect_chain[-1][0], {"password": "four more quiet words"})
    member.account.refresh_from_db()
    assert member.account.check_password("four more quiet words")
    again = Client().get(link, follow=True)
    assert "This link does not work" in again.content.decode()


def test_passwords_are_hashed_with_argon2(member, settings):
    source = (settings.PACKAGE / "settings.py").read_text(encoding="utf-8")
    hasher = "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert f'PASSWORD_HASHERS = ["{hasher}"]' in source
    settings.PASSWORD_HASHERS = [hasher]
    member.account.set_password("three quiet words")
    assert member.account.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("name", ["sign_in", "sign_in_with_password", "reset_password", "reset_password_sent"])
def test_pages_have_one_heading(db, name):
    page = Client().get(reverse(name)).content.decode()
    assert page.count("<h1") == 1


def test_another_code_replaces_the_first(member):
    client = Client()
    assert "Send another code" in ask_for_code(client, member.email).content.decode()
    first = code_in_mail()
    client.post(reverse("confirm_code"), {"action": "resend"})
    second = code_in_mail()
    assert second != first
    client.post(reverse("confirm_code"), {"code": first})
    assert "_auth_user_id" not in client.session
    client.post(reverse("confirm_code"), {"code": second})
    assert "_auth_user_id" in client.session
