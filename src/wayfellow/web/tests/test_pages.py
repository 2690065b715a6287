import json
import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.core.registry import Navigation
from wayfellow.web import context
from wayfellow.web.logs import JsonFormatter, current_request_id

pytestmark = [pytest.mark.urls("wayfellow.web.tests.sheet"), pytest.mark.django_db]
SHEET = "/o/larkmoor/sheet/"


@pytest.fixture
def amara(client_for, member):
    return client_for(member)


@pytest.fixture
def navigation(monkeypatch):
    """Entries as subjects would contribute them."""
    entries = [
        Navigation("member", 20, "Find", "compass", "confirm"),
        Navigation("member", 10, "Home", "house", "sheet", covers=("nothing",)),
        Navigation("organisation", 10, "People", "users", "confirm"),
        Navigation("account", 10, "Profile", "user", "sheet"),
        Navigation("member", 30, "Gone", "house", "no_such_view"),
    ]
    monkeypatch.setattr(context, "contributions", lambda name: entries)


def text_of(answer):
    return answer.content.decode()


def test_page_has_one_heading_and_its_frame(amara, navigation):
    page = text_of(amara.get(SHEET))
    assert page.count("<h1") == 1
    assert '<html lang="en" dir="ltr">' in page
    assert "<title>Sheet · Wayfellow</title>" in page
    assert "Larkmoor Utilities" in page
    assert 'href="#main"' in page


def test_navigation_of_the_area_in_order_with_the_current_one(amara, navigation):
    nav = re.search(r'<nav class="nav".*?</nav>', text_of(amara.get(SHEET)), re.S)[0]
    assert re.findall(r"<span>(\w+)</span></a>", nav) == ["Home", "Find"]
    assert re.findall(r'href="([^"]+)" aria-current="page"', nav) == [SHEET]


def test_account_menu_switches_areas_only_for_who_has_several(amara, client_for, administrator, navigation):
    assert "Switch to" not in text_of(amara.get(SHEET))
    page = text_of(client_for(administrator).get(SHEET))
    assert "Switch to" in page
    assert "Profile" in page


def test_menu_costs_few_queries(client_for, administrator, navigation, django_assert_max_num_queries):
    client = client_for(administrator)
    client.get(SHEET)  # the first visit of a day is noted
    with django_assert_max_num_queries(5):
        client.get(SHEET)


def test_demo_line_only_in_a_demo(amara, settings):
    assert "Demo data." not in text_of(amara.get(SHEET))
    settings.DEMO = True
    assert "Demo data." in text_of(amara.get(SHEET))


def test_message_is_shown_as_a_status(amara):
    page = text_of(amara.get(f"{SHEET}?say=1"))
    assert 'role="status"' in page
    assert "Sent. Inês has it now." in page


def test_pagination_keeps_the_query(amara):
    page = text_of(amara.get(f"{SHEET}?q=a%26b&page=2"))
    assert "Showing 21–40 of 45" in page
    assert 'href="?q=a%26b&amp;page=3"' in page
    assert "Showing 41–45 of 45" in text_of(amara.get(f"{SHEET}?page=99"))
    assert "Showing 1–20 of 45" in text_of(amara.get(f"{SHEET}?page=abc"))


@pytest.mark.parametrize(("kind", "status"), [("refused", 403), ("conflict", 409), ("invalid", 422)])
def test_refusal_of_an_action_becomes_a_page(client, kind, status):
    answer = client.get(f"/refuse/{kind}", headers={"referer": "http://testserver/somewhere"})
    assert answer.status_code == status
    page = text_of(answer)
    assert "Inês has no place &lt;now&gt;." in page
    assert 'href="http://testserver/somewhere"' in page
    assert page.count("<h1") == 1


def test_refusal_does_not_lead_to_another_site(client):
    answer = client.get("/refuse/refused", headers={"referer": "https://elsewhere.example/"})
    assert "elsewhere.example" not in text_of(answer)


def test_refusal_in_a_part_of_a_page_is_a_part(client):
    answer = client.get("/refuse/refused", headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert "<html" not in text_of(answer)
    assert "Inês has no place" in text_of(answer)


@pytest.mark.parametrize(("address", "status"), [("/nowhere", 404), ("/refuse/denied", 403)])
def test_error_pages(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert text_of(answer).count("<h1") == 1


def test_stranger_cannot_tell_an_organisation_from_none(client_for, member, other_organisation):
    client = client_for(member)
    there, not_there = (client.get(f"/o/{slug}/sheet/") for slug in ("northfen", "no-such"))
    assert there.status_code == not_there.status_code == 404
    without_token = [re.sub(r"\w{64}", "", text_of(answer)) for answer in (there, not_there)]
    assert without_token[0] == without_token[1]
    assert "Northfen" not in without_token[0]


def test_broken_page_stands_alone_and_quotes_nothing(client):
    client.raise_request_exception = False
    answer = client.get("/refuse/broken")
    assert answer.status_code == 500
    assert "somebody@example.org" not in text_of(answer)
    assert answer["X-Request-ID"] in text_of(answer)
    assert text_of(answer).count("<h1") == 1


def test_stale_form_says_so(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member.account)
    answer = client.post(SHEET, {"name": "Amara"})
    assert answer.status_code == 403
    assert "This form was open too long" in text_of(answer)


def test_health(client):
    assert client.get("/healthz").content == b"ok\n"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.content) == (200, b"ready\n")


def test_not_ready_when_a_migration_is_missing(client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="contenttypes", name="0002_remove_content_type_name").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"1 migrations are not applied" in answer.content


def test_robots_are_kept_out(client):
    assert b"Disallow: /" in client.get("/robots.txt").content


def test_theme_is_kept_and_leads_back(client):
    answer = client.post(reverse("set_theme"), {"theme": "dark", "next": "/landing"})
    assert (answer.status_code, answer["Location"]) == (302, "/landing")
    assert 'data-theme="dark"' in text_of(client.get("/landing"))
    assert client.get(reverse("set_theme")).status_code == 405


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_theme_does_not_lead_elsewhere(client, target):
    answer = client.post(reverse("set_theme"), {"theme": "purple", "next": target})
    assert answer["Location"] == "/"
    assert "theme" not in answer.cookies


def test_request_id_is_kept_if_harmless(client):
    assert client.get("/healthz", headers={"X-Request-ID": "proxy-1234567"})["X-Request-ID"] == "proxy-1234567"
    assert re.fullmatch(r"[0-9a-f]{32}", client.get("/healthz", headers={"X-Request-ID": 'a"\\ b'})["X-Request-ID"])


@pytest.fixture
def lines():
    """What the log holds, as JSON objects."""
    written = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(json.loads(JsonFormatter().format(record)))

    handler, loggers = Keep(), [logging.getLogger("wayfellow"), logging.getLogger("django.request")]
    for logger in loggers:
        logger.addHandler(handler)
    yield written
    for logger in loggers:
        logger.removeHandler(handler)


def test_log_names_the_route_and_not_the_path(amara, lines):
    answer = amara.get(f"{SHEET}?q=amara.oyelunde@larkmoor.example")
    line = next(line for line in lines if line["logger"] == "wayfellow.request")
    assert line["route"] == "o/<slug:organisation>/sheet/"
    assert (line["method"], line["status"], line["request_id"]) == ("GET", 200, answer["X-Request-ID"])
    assert line["milliseconds"] > 0
    assert "@" not in json.dumps(lines)
    assert "larkmoor" not in json.dumps(lines)


def test_log_of_a_failure_has_no_personal_data(client, lines):
    client.raise_request_exception = False
    client.get("/refuse/broken")
    failure = next(line for line in lines if "exception" in line)
    assert failure["exception"] == "RuntimeError"
    assert "/refuse/broken" not in json.dumps(lines)
    assert "somebody@example.org" not in json.dumps(lines)


def test_log_takes_out_addresses():
    record = logging.LogRecord("wayfellow", logging.INFO, "", 1, "sent to %s", ("a.b@c.example",), None)
    token = current_request_id.set("one")
    try:
        line = json.loads(JsonFormatter().format(record))
    finally:
        current_request_id.reset(token)
    assert (line["message"], line["request_id"]) == ("sent to [e-mail]", "one")
