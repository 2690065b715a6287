"""Settings of the organisation: look, words, ways to join."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from wayfellow.audit.models import Event

URL = "/o/larkmoor/settings/"


@pytest.fixture
def client(administrator, client_for):
    return client_for(administrator)


def form(**changes):
    typed = {
        "name": "Larkmoor Utilities",
        "accent": "#0a5c4a",
        "word_mentor": "mentor",
        "word_mentee": "mentee",
        "word_mentoring": "mentoring",
        "domains": "",
        "languages": ["en"],
        "first_language": "en",
        "time_zone": "Europe/Lisbon",
        "sender_name": "",
        "sender_email": "",
        "help_email": "",
        "conduct": "",
        "act": "save",
    }
    return {**typed, **changes}


def picture(kind="PNG"):
    file = io.BytesIO()
    Image.new("RGB", (800, 100), "navy").save(file, kind)
    file.seek(0)
    file.name = f"logo.{kind.lower()}"
    return file


def test_saves_and_records_field_names_only(client, organisation):
    page = client.post(URL, form(name="Larkmoor", word_mentor="guide", help_email="people@larkmoor.example"))
    assert page.status_code == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.mentor_word, organisation.mentee_word) == ("Larkmoor", "guide", "mentee")
    event = Event.objects.get(verb="settings_changed")
    assert event.details == {"fields": ["help_email", "languages", "name", "word_mentor"]}
    assert "Larkmoor" in client.get(URL).content.decode()


def test_saving_the_same_changes_nothing(client, organisation):
    client.post(URL, form())
    client.post(URL, form())
    assert Event.objects.filter(verb="settings_changed").count() == 1


def test_check_shows_and_saves_nothing(client, organisation):
    page = client.post(URL, form(accent="#1d5f8a", act="check")).content.decode()
    assert "Light, #1d5f8a" in page
    organisation.refresh_from_db()
    assert organisation.accent == "#0a5c4a"


def test_faint_colour_cannot_be_saved_and_the_nearest_is_offered(client, organisation):
    page = client.post(URL, form(accent="#ffcc00"))
    words = page.content.decode()
    assert page.status_code == 422
    assert "Not everybody could read this colour" in words
    nearest = page.context["look"]["nearest"]
    assert f'value="use:{nearest}"' in words
    organisation.refresh_from_db()
    assert organisation.accent == "#0a5c4a"
    used = client.post(URL, form(accent="#ffcc00", act=f"use:{nearest}"))
    assert f'value="{nearest}"' in used.content.decode()
    assert client.post(URL, form(accent=nearest)).status_code == 302


def test_accent_style_sheet(client, organisation):
    client.post(URL, form(accent="#1d5f8a"))
    sheet = Client().get(reverse("accent_css", args=["larkmoor"]))
    assert sheet["Content-Type"].startswith("text/css")
    assert "#1d5f8a" in sheet.content.decode()
    assert Client().get(reverse("accent_css", args=["nowhere"])).status_code == 404


def test_logo_is_drawn_again(client, organisation):
    assert Client().get(reverse("logo", args=["larkmoor"])).status_code == 404
    client.post(URL, form(logo_file=picture("JPEG")))
    answer = Client().get(reverse("logo", args=["larkmoor"]))
    drawn = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], drawn.format, drawn.size) == ("image/png", "PNG", (400, 50))
    client.post(URL, form(remove_logo="on"))
    assert Client().get(reverse("logo", args=["larkmoor"])).status_code == 404


def test_what_is_no_picture_is_refused(client):
    file = io.BytesIO(b"<svg onload=alert(1)>")
    file.name = "logo.png"
    page = client.post(URL, form(logo_file=file))
    assert (page.status_code, "not a picture" in page.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"accent": "red"}, "Write a colour as #"),
        ({"domains": "not a domain!"}, "is not a domain like"),
        ({"join_by_domain": "on", "domains": ""}, "Write at least one domain"),
        ({"join_by_domain": "on", "domains": "larkmoor.example\nGmail.com"}, "Anybody can get an address at gmail.com"),
        ({"languages": []}, "Choose at least one"),
        ({"languages": ["de"]}, "Choose one of the languages above."),
        ({"name": ""}, "Write something here"),
        ({"help_email": "x"}, "Write an e-mail address"),
    ],
)
def test_bad_input(client, changes, words):
    page = client.post(URL, form(**changes))
    assert page.status_code == 422
    assert words in page.content.decode()


def test_domains_are_cleaned(client, organisation):
    client.post(
        URL, form(join_by_domain="on", domains="@Larkmoor.example, fieldcrew.larkmoor.example\nlarkmoor.example")
    )
    organisation.refresh_from_db()
    assert organisation.domains == ["larkmoor.example", "fieldcrew.larkmoor.example"]


def test_new_conduct_asks_everybody_again(client, administrator, member, client_for, organisation):
    client.post(URL, form(conduct="Be kind.\n\nBe on time."))
    theirs = client_for(member)
    page = theirs.get(reverse("who_can_see", args=["larkmoor"]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("accept_conduct", args=["larkmoor"])
    assert "Be on time." in page.content.decode()
    assert "has changed since you last agreed" in page.content.decode()


def test_for_administrators_only(member, client_for):
    assert client_for(member).get(URL).status_code == 403
