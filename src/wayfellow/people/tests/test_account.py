"""One's own account: language, data, leaving; conduct; the reader table."""

import io
import json
import zipfile

from django.test import Client
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.people.models import Member


def url(name):
    return reverse(name, args=["larkmoor"])


def test_language_is_kept(member, client_for):
    client = client_for(member)
    client.post(url("account"), {"language": "en"})
    member.account.refresh_from_db()
    assert member.account.language == "en"
    assert client.post(url("account"), {"language": "xx"}).context["form"].errors


def test_data_comes_as_json_and_tables(member, client_for):
    client = client_for(member)
    assert client.get(url("take_data_away")).status_code == 405
    answer = client.post(url("take_data_away"))
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    data = json.loads(archive.read("data.json"))
    assert data["people.Member"][0]["full_name"] == "Amara Oyelunde"
    assert data["people.Account"][0]["email"] == member.email
    assert "Amara Oyelunde" in archive.read("people.member.csv").decode()
    assert Event.objects.filter(verb="data_taken_away").count() == 1


def test_leaving_asks_first(member, client_for):
    client = client_for(member)
    assert "Leave Larkmoor Utilities?" in client.get(url("leave_organisation")).content.decode()
    client.post(url("leave_organisation"))
    member.refresh_from_db()
    assert member.state == Member.State.LEFT
    assert "_auth_user_id" not in client.session
    assert Event.objects.get(verb="member_left").details == {"by": "self"}


def test_last_administrator_cannot_leave(administrator, client_for):
    client = client_for(administrator)
    assert "last administrator" in client.get(url("leave_organisation")).content.decode()
    assert client.post(url("leave_organisation")).status_code == 403
    administrator.refresh_from_db()
    assert administrator.is_active


def test_conduct_comes_before_anything_else(make_member, client_for):
    newcomer = make_member("Jo Blake", conduct_accepted_version=0)
    client = client_for(newcomer)
    assert client.get(url("who_can_see")).url == url("accept_conduct")
    stale = client.post(url("accept_conduct"), {"version": "7"})
    assert (stale.status_code, "changed while you were reading" in stale.content.decode()) == (409, True)
    client.post(url("accept_conduct"), {"version": "1"})
    newcomer.refresh_from_db()
    assert newcomer.has_accepted_conduct
    client.post(url("accept_conduct"), {"version": "1"})
    assert Event.objects.filter(verb="conduct_accepted").count() == 1
    assert client.get(url("who_can_see")).status_code == 200


def test_pages(member, client_for):
    client = client_for(member)
    for name in ("account", "conduct", "who_can_see", "forget_me"):
        page = client.get(url(name)).content.decode()
        assert page.count("<h1") == 1, name
    assert "The goal you ask with" in client.get(url("who_can_see")).content.decode()


def test_signed_out_are_asked_to_sign_in(organisation):
    for name in ("account", "conduct", "who_can_see", "forget_me", "leave_organisation"):
        assert Client().get(url(name)).url.startswith(reverse("sign_in"))
