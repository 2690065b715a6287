"""Sign-ins end by themselves: when old, and when left alone. What was typed then is not lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.people.actions.sessions import drop_old_sessions
from wayfellow.people.models import BrowserSession
from wayfellow.people.tests.security import by_mail, is_in

pytestmark = pytest.mark.django_db


def url(name, *more):
    return reverse(name, args=["larkmoor", *more])


def after(**time):
    return clock.moved_to(clock.now() + timedelta(**time))


def test_left_alone_for_three_days(member, client_for):
    client = client_for(member)
    client.get(url("account"))
    with after(hours=71):
        assert client.get(url("account")).status_code == 200
    with after(hours=71 + 71):
        assert client.get(url("account")).status_code == 200
    with after(hours=71 + 71 + 73):
        asked = client.get(url("account"), follow=True)
    assert "you were away for a while" in asked.content.decode()
    assert not is_in(client)


def test_after_two_weeks_whatever_happens(member, client_for):
    client = client_for(member)
    for days in range(0, 14, 2):
        with after(days=days):
            assert client.get(url("account")).status_code == 200
    with after(days=14, minutes=1):
        page = client.get(url("account"), follow=True)
    assert "you signed in a long time ago" in page.content.decode()
    assert not is_in(client)


def test_times_are_settings(member, client_for, settings):
    settings.IDLE_FOR = timedelta(minutes=10)
    client = client_for(member)
    client.get(url("account"))
    with after(minutes=11):
        assert client.get(url("account")).status_code == 302


def test_what_was_typed_is_kept_and_sent_with_one_click(member, client_for):
    client = client_for(member)
    client.get(url("account"))
    words = "I have led night crews for ten years and would like to listen more."
    with after(days=4):
        answer = client.post(url("edit_profile", "about"), {"about": words, "languages": ["en", "pt"]})
    assert answer.url == f"{reverse('sign_in')}?next=%2Fkept%2F"
    assert "is kept" in client.get(answer.url).content.decode()
    assert not is_in(client)
    assert client.get(reverse("kept_form")).url.startswith(reverse("sign_in"))
    client.post(reverse("sign_in"), {"email": member.email, "next": "/kept/"})
    done = by_mail(client, member.email)
    page = client.get(reverse("kept_form"))
    assert done.status_code == 302
    assert words in page.content.decode()
    assert [value for name, value in page.context["kept"].fields if name == "languages"] == ["en", "pt"]
    sent = {"about": words, "languages": ["en", "pt"]}
    assert client.post(page.context["kept"].path, sent).status_code == 302
    member.profile.refresh_from_db()
    assert member.profile.about == words
    assert "kept_form" not in client.session


def test_files_are_named_because_they_are_not_kept(member, client_for):
    import io

    file = io.BytesIO(b"a picture")
    file.name = "me.jpg"
    client = client_for(member)
    client.get(url("account"))
    with after(days=4):
        client.post(url("edit_profile", "about"), {"about": "Words enough to keep", "photo": file})
    by_mail(client, member.email)
    assert "me.jpg" in client.get(reverse("kept_form")).content.decode()


def test_who_is_signed_out_from_elsewhere_is_told_plainly(member, client_for):
    client = client_for(member)
    client.get(url("account"))
    BrowserSession.objects.all().delete()
    page = client.post(url("edit_profile", "about"), {"about": "words"}, follow=True)
    assert "nothing was sent" in page.content.decode()


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(member, client_for):
    client = client_for(member)
    client.get(url("account"))
    with after(days=4):
        answer = client.post(url("take_data_away"), {}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"{reverse('sign_in')}?next=%2Fkept%2F")


def test_passwords_are_never_kept(member, client_for):
    client = client_for(member)
    client.get(url("account"))
    with after(days=4):
        client.post(reverse("set_password"), {"password": "three quiet words"})
    assert "quiet" not in str([row.get_decoded() for row in BrowserSession.objects.all()])


def test_public_pages_go_on_without_the_person(member, client_for):
    client = client_for(member)
    client.get(url("account"))
    with after(days=4):
        page = client.get(reverse("sign_in"))
    assert (page.status_code, "away for a while" in page.content.decode()) == (200, True)


def test_looking_around_writes_seldom(member, client_for):
    client = client_for(member)
    client.get(url("account"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        client.get(url("account"))
    assert [query["sql"] for query in found if query["sql"].startswith(("UPDATE", "INSERT"))] == []


def test_old_sessions_are_dropped(member, client_for):
    client_for(member)
    with after(days=20):
        drop_old_sessions.call()
    assert BrowserSession.objects.count() == 1
    with after(days=22):
        drop_old_sessions.call()
    assert BrowserSession.objects.count() == 0


def test_somebody_unknown_leaves_no_account_in_the_session(organisation):
    client = Client()
    client.post(reverse("sign_in"), {"email": "nobody@larkmoor.example"})
    assert BrowserSession.objects.get().account is None
