"""The browsers one is signed in with: a list, sign one out, sign all others out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.people.models import BrowserSession
from wayfellow.people.sessions import BROWSERS, SYSTEMS, device_in_words, public_id
from wayfellow.people.tests.security import by_mail

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0"
)
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36"
)
URL = "/o/larkmoor/account/devices/"


def browser(member, words):
    client = Client(HTTP_USER_AGENT=words)
    by_mail(client, member.email)
    return client


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (FIREFOX, "Firefox on Linux"),
        (IPHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        (CHROME, "Chrome on Android"),
        (CHROME.replace("Chrome/", "HeadlessChrome/"), "Chrome on Android"),
        ("curl/8.0", "A browser that does not say what it is"),
        ("", "A browser that does not say what it is"),
    ],
)
def test_browsers_in_words(words, said):
    from wayfellow.people.sessions import _first

    assert device_in_words(_first(BROWSERS, words), _first(SYSTEMS, words)) == said


def test_list_marks_this_one_and_holds_no_keys(member):
    here, there = browser(member, FIREFOX), browser(member, IPHONE)
    page = here.get(URL).content.decode()
    assert page.count("This browser") == 1
    assert "Safari on iPhone" in page
    for client in (here, there):
        assert client.session.session_key not in page
    assert page.count("<h1") == 1


def test_one_is_signed_out(member):
    here, there = browser(member, FIREFOX), browser(member, IPHONE)
    there_id = public_id(there.session.session_key)
    there.get(URL)
    page = here.post(f"{URL}{there_id}/end/", follow=True).content.decode()
    assert "That browser is signed out." in page
    assert "Safari on iPhone" not in page
    assert there.get(URL).url.startswith(reverse("sign_in"))
    assert "was not signed in any more" in here.post(f"{URL}{there_id}/end/", follow=True).content.decode()


def test_all_others_are_signed_out(member, make_member):
    here, there, third = browser(member, FIREFOX), browser(member, IPHONE), browser(member, EDGE)
    other = browser(make_member("Jo Blake"), CHROME)
    page = here.post(f"{URL}others/end/", follow=True).content.decode()
    assert "2 other browsers are signed out." in page
    assert "You are signed in nowhere else." in page
    assert [client.get(URL).status_code for client in (here, there, third, other)] == [200, 302, 302, 200]


def test_nobody_signs_another_person_out(member, make_member):
    theirs, other = browser(member, FIREFOX), browser(make_member("Jo Blake"), IPHONE)
    other.post(f"{URL}{public_id(theirs.session.session_key)}/end/")
    assert theirs.get(URL).status_code == 200


def test_this_one_is_signed_out_in_the_usual_way(member):
    here = browser(member, FIREFOX)
    assert here.post(f"{URL}{public_id(here.session.session_key)}/end/").url == reverse("sign_out")


def test_what_has_ended_by_time_is_not_listed(member):
    here = browser(member, FIREFOX)
    browser(member, IPHONE)
    with clock.moved_to(clock.now() + timedelta(hours=70)):
        here.get(URL)
    with clock.moved_to(clock.now() + timedelta(hours=80)):
        assert "Safari on iPhone" not in here.get(URL).content.decode()


def test_no_query_per_row(member, django_assert_max_num_queries):
    here = browser(member, FIREFOX)
    here.get(URL)
    for _ in range(30):
        Client().force_login(member.account)
    with django_assert_max_num_queries(12):
        here.get(URL)


def test_no_address_of_the_network_is_kept(member):
    client = Client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.7")
    by_mail(client, member.email)
    rows = [(row.get_decoded(), row.browser, row.system) for row in BrowserSession.objects.all()]
    assert "203.0.113.7" not in str(rows)
