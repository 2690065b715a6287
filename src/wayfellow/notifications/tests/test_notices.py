"""Pages: notices, preferences, stopping mails, the demo's outbox."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.jobs.running import run_pending
from wayfellow.notifications.actions import notify
from wayfellow.notifications.models import Mail, NoticePreference
from wayfellow.notifications.stopping import stop_token

FACTS: dict[str, Any] = {"from": "Inês", "what": "tea", "at": datetime(2026, 11, 26, 19, tzinfo=UTC)}


def tell(member: Any, *, kind: str = "tea_ready", **facts: Any) -> Any:
    return notify(kind, to=member, facts={**FACTS, **facts}, links={"page": "/o/larkmoor/tea/"})


def test_lists_own_notices_only(client_for: Any, member: Any, make_member: Any) -> None:
    tell(member)
    tell(make_member("Tomas Weir"), **{"from": "Someone else"})
    text = client_for(member).get(reverse("notices", args=["larkmoor"])).content.decode()
    assert '<a href="/o/larkmoor/tea/">Inês made tea</a>' in text
    assert "Someone else" not in text
    assert text.count("<h1>") == 1


def test_search_unread_and_paging_without_a_query_per_row(
    client_for: Any, member: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(45):
        tell(member, **{"from": f"Person {number}"})
    client, url = client_for(member), reverse("notices", args=["larkmoor"])
    with django_assert_max_num_queries(12):
        text = client.get(url).content.decode()
    assert "Showing 1–20 of 45" in text
    assert "Person 31 made tea" in client.get(url, {"q": "person 31"}).content.decode()
    assert "Nothing here" in client.get(url, {"q": "coffee"}).content.decode()
    assert "Person 3 made tea" in client.get(url, {"page": "3"}).content.decode()
    client.post(reverse("read_notices", args=["larkmoor"]))
    assert "Nothing here" in client.get(url, {"show": "unread"}).content.decode()


def test_an_empty_page_says_so(client_for: Any, member: Any) -> None:
    assert "Nothing yet" in client_for(member).get(reverse("notices", args=["larkmoor"])).content.decode()


def test_reading_is_by_post_and_ones_own(client_for: Any, member: Any, make_member: Any) -> None:
    url = reverse("read_notices", args=["larkmoor"])
    theirs = tell(make_member("Tomas Weir"))
    mine = tell(member)
    client = client_for(member)
    assert client.get(url).status_code == 405
    assert client.post(url, {"notice": theirs.pk}).status_code == 404
    assert client.post(url, {"notice": "x"}).status_code == 404
    assert client.post(url, {"notice": mine.pk}).status_code == 302
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.read_at is not None
    assert theirs.read_at is None


def test_preferences_are_kept(client_for: Any, member: Any) -> None:
    url = reverse("notice_preferences", args=["larkmoor"])
    client = client_for(member)
    text = client.get(url).content.decode()
    assert "Always: it is about your account or safety" in text
    assert client.post(url, {"in_app": ["tea_ready", "kettle_on"]}).status_code == 302
    preference = NoticePreference.objects.get()
    assert (preference.kind, preference.in_app, preference.by_mail) == ("tea_ready", True, False)


def test_stopping_from_a_mail_asks_once_more_and_needs_no_sign_in(member: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    url = reverse("stop_mails", args=[stop_token(member, "tea_ready")])
    page = browser.get(url)
    assert page.status_code == 200
    assert "Stop these mails" in page.content.decode()
    assert not NoticePreference.objects.exists()
    for _turn in range(2):
        assert browser.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NoticePreference.objects.get().by_mail is False


def test_stopping_refuses_forged_tokens_and_what_must_come(member: Any) -> None:
    assert Client().post(reverse("stop_mails", args=["forged"])).status_code == 404
    url = reverse("stop_mails", args=[stop_token(member, "kettle_on")])
    assert Client().get(url).status_code == 403
    assert Client().post(url).status_code == 403
    assert not NoticePreference.objects.exists()


@pytest.fixture
def mail(demo: None, member: Any) -> Mail:
    tell(member, what="<b>tea</b>")
    run_pending()
    return Mail.objects.get()


def test_the_outbox_is_the_demos_alone(mail: Mail, settings: Any) -> None:
    urls = [reverse("outbox"), *(reverse(name, args=[mail.pk]) for name in ("outbox_mail", "outbox_html"))]
    assert [Client().get(url).status_code for url in urls] == [200, 200, 200]
    settings.DEMO = False
    assert [Client().get(url).status_code for url in urls] == [404, 404, 404]


def test_the_notices_page_leads_to_the_outbox_in_the_demo(
    mail: Mail, client_for: Any, member: Any, settings: Any
) -> None:
    url = reverse("notices", args=["larkmoor"])
    assert "Outbox of the demo" in client_for(member).get(url).content.decode()
    settings.DEMO = False
    assert "Outbox of the demo" not in client_for(member).get(url).content.decode()


def test_the_outbox_lists_and_searches(mail: Mail, member: Any) -> None:
    text = Client().get(reverse("outbox")).content.decode()
    assert member.email in text
    assert "Showing 1–1 of 1" in text
    assert "No mail fits" in Client().get(reverse("outbox"), {"q": "coffee"}).content.decode()


def test_a_mail_is_shown_in_a_sandbox_with_links_that_work(mail: Mail) -> None:
    page = Client().get(reverse("outbox_mail", args=[mail.pk]))
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "mails/stop/" in page.content.decode()
    framed = Client().get(reverse("outbox_html", args=[mail.pk]))
    policy = framed["Content-Security-Policy"]
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert page["X-Frame-Options"] == "DENY"
    assert "script-src" not in policy
    assert '<base target="_top">' in framed.content.decode()
    assert "<b>tea</b>" not in framed.content.decode()
