"""Codes from an app, and recovery codes: set up, asked for, used once, removed."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.people.actions import factors
from wayfellow.people.actions.addresses import ask_to_use_address
from wayfellow.people.tests.mails import mails, path_in_mail
from wayfellow.people.tests.security import SECRET, by_mail, codes_of, is_in, next_code, with_app
from wayfellow.people.tests.soft_key import app_code

pytestmark = pytest.mark.django_db


def url(name, *more):
    return reverse(name, args=["larkmoor", *more])


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def told():
    return [(mail["to"], mail["facts"]["change"]) for mail in mails("security_changed")]


def test_code_of_the_test_is_the_one_of_the_standard():
    """RFC 6238, appendix B: 94287082 at second 59, of which six figures are shown."""
    assert app_code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"


def test_app_is_set_up_on_the_page(member, client_for):
    client = client_for(member)
    other = client_for(member)
    page = client.get(url("add_totp"))
    secret = page.context["secret"].replace(" ", "")
    assert page.context["picture"].startswith("data:image/svg+xml;base64,")
    assert client.get(url("add_totp")).context["secret"].replace(" ", "") == secret
    wrong = client.post(url("add_totp"), {"code": "000000"})
    assert (wrong.status_code, "This is not the code" in wrong.content.decode()) == (422, True)
    done = client.post(url("add_totp"), {"code": app_code(secret, clock.now().timestamp())})
    assert done.url == url("recovery_codes")
    assert verbs() == ["second_factor_added"]
    assert told() == [(member.email, "added")]
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    assert len(client.get(done.url).context["codes"]) == 10
    assert is_in(client)
    other.get(url("account"))
    assert other.get(url("account")).url.startswith(reverse("sign_in"))


def test_it_is_asked_for_after_the_code_by_mail(member):
    with_app(member.account)
    client = Client()
    assert by_mail(client, member.email).url == reverse("second_factor")
    assert not is_in(client)
    assert client.get(url("account")).status_code == 302
    wrong = client.post(reverse("second_factor"), {"code": "000000"})
    assert "This is not the code" in wrong.content.decode()
    client.post(reverse("second_factor"), {"code": next_code()})
    assert is_in(client)


def test_it_is_asked_for_after_a_password(member):
    member.account.set_password("three quiet words")
    member.account.save()
    with_app(member.account)
    client = Client()
    typed = {"login": member.email, "password": "three quiet words"}
    target = url("who_can_see")
    assert client.post(f"{reverse('sign_in_with_password')}?next={target}", typed).url == reverse("second_factor")
    assert not is_in(client)
    assert client.post(reverse("second_factor"), {"code": next_code()}).url == target
    assert is_in(client)


def test_it_is_asked_for_after_a_link(member):
    member.email = "amara.new@larkmoor.example"
    member.save()
    with_app(member.account)
    ask_to_use_address(member)
    client = Client()
    assert client.post(path_in_mail("new_address")).url == reverse("second_factor")
    assert not is_in(client)


def test_the_page_of_the_second_step_is_not_reached_from_outside(member):
    with_app(member.account)
    assert Client().get(reverse("second_factor")).url == reverse("sign_in")
    assert Client().post(reverse("second_factor"), {"code": next_code()}).url == reverse("sign_in")


def test_a_code_works_once(member):
    with_app(member.account)
    code = next_code()
    factors.use_code(member.account, code)
    with pytest.raises(Refused) as refused:
        factors.use_code(member.account, code)
    assert refused.value.code == "code_used"
    with pytest.raises(Refused), clock.moved_to(clock.now() + timedelta(seconds=45)):
        factors.use_code(member.account, code)


def test_the_code_that_set_it_up_does_not_sign_in(member):
    with_app(member.account)
    with pytest.raises(Refused) as refused:
        factors.use_code(member.account, app_code(SECRET, clock.now().timestamp()))
    assert refused.value.code == "code_used"


def test_an_old_code_is_none(member):
    with_app(member.account)
    later = clock.now() + timedelta(hours=1)
    old = app_code(SECRET, later.timestamp() - 90)
    with clock.moved_to(later):
        with pytest.raises(Refused) as refused:
            factors.use_code(member.account, old)
        assert refused.value.code == "incorrect_code"
        assert factors.use_code(member.account, app_code(SECRET, later.timestamp() - 30)).type == "totp"


def test_codes_cannot_be_guessed(member):
    with_app(member.account)
    client = Client()
    by_mail(client, member.email)
    for _ in range(5):
        client.post(reverse("second_factor"), {"code": "000000"})
    page = client.post(reverse("second_factor"), {"code": next_code()})
    assert "tried too often" in page.content.decode()
    assert not is_in(client)


def test_a_recovery_code_signs_in_once_and_is_told(member):
    with_app(member.account)
    code = codes_of(member.account)[3]
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    by_mail(client, member.email)
    client.post(reverse("second_factor"), {"code": f"{code[:5]} {code[5:]}"})
    assert is_in(client)
    assert verbs() == ["second_factor_added", "recovery_code_used"]
    assert Event.objects.get(verb="recovery_code_used").details == {"left": 9}
    assert told()[-1] == (member.email, "code_used")
    assert mails("security_changed")[-1]["facts"]["device"] == "Firefox on Linux"
    again = Client()
    by_mail(again, member.email)
    assert "This is not the code" in again.post(reverse("second_factor"), {"code": code}).content.decode()
    assert not is_in(again)


def test_recovery_codes_are_downloaded_and_renewed(member, client_for):
    with_app(member.account)
    client = client_for(member)
    old = codes_of(member.account)
    file = client.get(url("download_recovery_codes"))
    assert file["Content-Disposition"].endswith('recovery-codes.txt"')
    assert f"{old[0][:5]} {old[0][5:]}" in file.content.decode()
    client.post(url("renew_recovery_codes"))
    assert not set(old) & set(codes_of(member.account))
    assert verbs()[-1] == "recovery_codes_renewed"
    with pytest.raises(Refused):
        factors.use_code(member.account, old[0])


def test_there_are_no_recovery_codes_without_a_factor(member, client_for):
    client = client_for(member)
    assert client.get(url("recovery_codes")).url == url("security")
    refused = client.post(url("renew_recovery_codes"))
    assert (refused.status_code, "Set up an app or a passkey first" in refused.content.decode()) == (403, True)


def test_removing_asks_and_is_told(member, client_for):
    with_app(member.account)
    row = Authenticator.objects.get(type="totp")
    client = client_for(member)
    assert "your only second factor" in client.get(url("remove_factor", row.pk)).content.decode()
    client.post(url("remove_factor", row.pk))
    assert not Authenticator.objects.exists()
    assert verbs()[-1] == "second_factor_removed"
    assert told()[-1] == (member.email, "removed")
    assert client.get(url("remove_factor", row.pk)).status_code == 404


def test_another_app_takes_removing_the_first(member, client_for):
    with_app(member.account)
    client = client_for(member)
    assert client.get(url("add_totp")).url == url("security")
    with pytest.raises(Refused) as refused:
        with_app(member.account)
    assert refused.value.code == "totp_there"


def test_another_secret_of_the_server_is_said_as_such(member, settings):
    with_app(member.account)
    settings.SECRET_KEY = "another"
    with pytest.raises(Refused) as refused:
        factors.use_code(member.account, next_code())
    assert refused.value.code == "secret_lost"
    settings.SECRET_KEY_FALLBACKS = ["only-for-tests"]
    assert factors.use_code(member.account, next_code()).type == "totp"


def test_each_organisation_has_its_event(member, make_member, other_organisation):
    make_member("Amara Oyelunde", organisation=other_organisation, account=member.account)
    with_app(member.account)
    assert Event.objects.filter(verb="second_factor_added").count() == 2
    assert len(told()) == 1
    assert {event.details["kind"] for event in Event.objects.all()} == {"app"}


def test_security_page_says_what_is_there(member, client_for):
    client = client_for(member)
    assert "You have none yet." in client.get(url("security")).content.decode()
    with_app(member.account)
    page = client_for(member).get(url("security")).content.decode()
    assert "10 are left." in page
    assert page.count("<h1") == 1


def test_nobody_else_reaches_a_factor(member, administrator, client_for):
    with_app(member.account)
    row = Authenticator.objects.get(type="totp")
    assert client_for(administrator).post(url("remove_factor", row.pk)).status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).exists()


def test_mail_says_what_happened(member, settings):
    settings.DEMO = True  # mails are written and stay here
    from wayfellow.jobs.running import run_pending
    from wayfellow.notifications.models import Mail

    with_app(member.account)
    factors.use_code(member.account, codes_of(member.account)[0], device="Firefox on Linux")
    run_pending()
    subjects = list(Mail.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects == [
        "An app was set up for signing in to your account",
        "A recovery code was used to sign in as you",
    ]
    assert "with Firefox on Linux" in Mail.objects.latest("pk").text
    assert "9 recovery codes left" in Mail.objects.latest("pk").text


def test_the_host_helps_who_has_lost_everything(member, client_for):
    from click.testing import CliRunner

    from wayfellow.people.cli import members

    with_app(member.account)
    client = client_for(member)
    run = CliRunner().invoke
    assert run(members, ["drop-factors", member.email], input="n\n").exit_code == 1
    done = run(members, ["drop-factors", member.email.upper(), "--yes"])
    assert (done.exit_code, done.output) == (0, "1 second factor removed.\n")
    assert not Authenticator.objects.exists()
    assert client.get(url("account")).status_code == 302
    event = Event.objects.get(verb="second_factors_dropped")
    assert (event.actor, event.about_id) == (None, str(member.pk))
    assert told()[-1] == (member.email, "dropped")
    assert "has none" in run(members, ["drop-factors", member.email, "--yes"]).output
