import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import Refused
from wayfellow.discovery import personal
from wayfellow.discovery.actions import save_mentor
from wayfellow.discovery.models import MentorMark
from wayfellow.notifications.models import Notice

pytestmark = pytest.mark.django_db


def post(client, verb, mentor, **data):
    return client.post(reverse(verb, args=["larkmoor", mentor.pk]), data, follow=True)


def test_saving_shows_up_under_saved_and_can_be_undone(seeker, make_mentor, client_for):
    mentor, client = make_mentor("Inês Tavaredo"), client_for(seeker)
    page = post(client, "save_mentor", mentor).content.decode()
    assert "Inês is saved. Nobody is told." in page
    assert f'action="{reverse("unmark_mentor", args=["larkmoor", mentor.pk])}?next=' in page
    assert "Inês Tavaredo" in client.get(reverse("saved_mentors", args=["larkmoor"])).content.decode()
    post(client, "unmark_mentor", mentor)
    assert not MentorMark.objects.exists()
    assert "Nobody saved yet" in client.get(reverse("saved_mentors", args=["larkmoor"])).content.decode()


def test_setting_aside_replaces_saving_and_undo_brings_it_back(seeker, make_mentor, client_for):
    mentor, client = make_mentor("Inês Tavaredo"), client_for(seeker)
    post(client, "save_mentor", mentor)
    page = post(client, "dismiss_mentor", mentor).content.decode()
    assert reverse("save_mentor", args=["larkmoor", mentor.pk]) + "?next=" in page
    assert MentorMark.objects.get().kind == "dismissed"
    page = client.get(reverse("saved_mentors", args=["larkmoor"]), {"show": "dismissed"}).content.decode()
    assert "Suggest again" in page


def test_nobody_is_told(seeker, make_mentor, client_for):
    before = Event.objects.count()
    post(client_for(seeker), "save_mentor", make_mentor("Inês Tavaredo"))
    assert Event.objects.count() == before
    assert not Notice.objects.exists()


def test_one_comes_back_to_where_the_button_stood_and_nowhere_else(seeker, make_mentor, client_for):
    mentor, client = make_mentor("Inês Tavaredo"), client_for(seeker)
    url = reverse("save_mentor", args=["larkmoor", mentor.pk])
    assert client.post(url, {"next": "/o/larkmoor/find/?q=in"}).url == "/o/larkmoor/find/?q=in"
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"):
        assert client.post(url, {"next": elsewhere}).url == reverse("find", args=["larkmoor"])


def test_twice_is_once(seeker, make_mentor):
    mentor = make_mentor("Inês Tavaredo")
    save_mentor(seeker, mentor)
    save_mentor(seeker, mentor)
    assert MentorMark.objects.count() == 1


def test_refused_for_oneself_and_not_by_get(seeker, make_mentor, client_for):
    mentor = make_mentor("Inês Tavaredo")
    with pytest.raises(Refused):
        save_mentor(mentor.member, mentor)
    assert client_for(seeker).get(reverse("save_mentor", args=["larkmoor", mentor.pk])).status_code == 405


def test_another_organisation_and_who_is_no_mentor_are_not_there(
    seeker, make_member, make_mentor, enrol, other_organisation, client_for
):
    stranger = make_member("Stranger", organisation=other_organisation)
    mentor = make_mentor("Inês Tavaredo")
    assert client_for(stranger).post(reverse("save_mentor", args=["northfen", mentor.pk])).status_code == 404
    assert client_for(stranger).post(reverse("save_mentor", args=["larkmoor", mentor.pk])).status_code == 404
    mentee = enrol(make_member("Leif Holmqvarn"))
    assert client_for(seeker).post(reverse("save_mentor", args=["larkmoor", mentee.pk])).status_code == 404


def test_marks_are_taken_away_and_forgotten(seeker, make_mentor):
    mentor = make_mentor("Inês Tavaredo")
    save_mentor(seeker, mentor)
    [row] = personal.export_marks(seeker)
    assert (row["mentor"], row["mark"]) == ("Inês Tavaredo", "saved")
    personal.erase_marks(seeker)
    assert not MentorMark.objects.exists()
