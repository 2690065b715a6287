"""Who is spoken to in which language."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from wayfellow.core.languages import spoken
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.actions import notify
from wayfellow.notifications.models import Mail
from wayfellow.people import vocabulary
from wayfellow.people.importing.words import in_words
from wayfellow.search.words import fold

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.5"}


def language_of(page):
    return page.content.decode().partition('<html lang="')[2][:2]


def test_a_signed_out_page_speaks_as_the_browser_asks(db):
    page = Client().get(reverse("sign_in"), **GERMAN)
    assert language_of(page) == "de"
    assert "Code senden" in page.content.decode()
    assert "Accept-Language" in page["Vary"]
    assert language_of(Client().get(reverse("sign_in"), HTTP_ACCEPT_LANGUAGE="fr")) == "en"


def test_what_a_member_chose_counts_before_the_browser(member, client_for):
    client = client_for(member)
    url = reverse("account", args=["larkmoor"])
    assert language_of(client.get(url, **GERMAN)) == "de"
    assert client.post(url, {"language": "en"}).status_code == 302
    assert language_of(client.get(url, **GERMAN)) == "en"
    client.post(url, {"language": "de"})
    assert language_of(client.get(url)) == "de"
    assert client.post(url, {"language": "xx"}).status_code == 422


def test_an_organisation_speaks_only_what_it_says(member, organisation, client_for):
    organisation.languages = ["en"]
    organisation.save()
    page = client_for(member).get(reverse("account", args=["larkmoor"]), **GERMAN)
    assert language_of(page) == "en"
    assert "Deutsch" not in page.content.decode()


@pytest.mark.parametrize(
    ("speaks", "wanted", "language"),
    [
        ([], ["de", "en"], "de"),
        ([], ["", None, "fr"], "en"),
        (["de", "en"], [""], "de"),
        (["de"], ["en"], "de"),
        (["xx"], ["de"], "de"),
    ],
)
def test_the_first_wanted_language_that_is_spoken(organisation, speaks, wanted, language):
    organisation.languages = speaks
    assert spoken(organisation, *wanted) == language


@pytest.mark.parametrize(("chosen", "subject"), [("de", "Jo Blake ist beigetreten"), ("en", "Jo Blake has joined")])
def test_a_mail_is_in_the_language_of_its_receiver(administrator, settings, chosen, subject):
    settings.DEMO = True
    administrator.account.language = chosen
    administrator.account.save()
    with translation.override("en" if chosen == "de" else "de"):
        notify("invitation_accepted", to=administrator, facts={"name": "Jo Blake"})
        run_pending()
    mail = Mail.objects.get()
    assert subject in mail.subject
    assert f'lang="{chosen}"' in mail.html


def test_who_has_chosen_nothing_is_written_to_in_the_first_language(administrator, organisation, settings):
    settings.DEMO = True
    organisation.languages = ["de", "en"]
    organisation.save()
    notify("invitation_accepted", to=administrator, facts={"name": "Jo Blake"})
    run_pending()
    assert "ist beigetreten" in Mail.objects.get().subject


def test_the_first_language_is_kept_first(administrator, organisation, client_for):
    url = reverse("organisation_settings", args=["larkmoor"])
    client = client_for(administrator)
    typed = client.get(url).context["form"].initial
    sent = {name: value for name, value in typed.items() if value is not None and value is not False}
    client.post(url, {**sent, "languages": ["en", "de"], "first_language": "de", "act": "save"})
    organisation.refresh_from_db()
    assert organisation.languages == ["de", "en"]
    assert client.get(url).context["form"].initial["first_language"] == "de"


def test_errors_of_django_and_ours_are_in_german(member, client_for):
    member.account.language = "de"
    member.account.save()
    client = client_for(member)
    page = client.post(reverse("set_password"), {"password": "123456789012"}).content.decode()
    assert "Dieses Passwort ist komplett numerisch." in page
    assert any(words in page for words in ("Eine Sache, bevor es weitergeht", "Zwei Sachen, bevor es weitergeht"))


def test_reasons_of_an_import_name_fields_in_german():
    with translation.override("de"):
        assert in_words("could_also_be", {"other": "first name"}) == "Könnte auch „Vorname“ sein."
        assert (
            in_words("second_best", {"other": "name", "field": "e-mail"}) == "„name“ wird schon als „E-Mail“ gelesen."
        )
        assert in_words("email_twice", {"other": 4}).startswith("Gleiche E-Mail wie in Zeile 4.")
    assert in_words("could_also_be", {"other": "first name"}) == "Could also be the first name."


def test_lists_are_in_the_order_of_the_readers_words():
    with translation.override("de"):
        names = [name for _code, name in vocabulary.common_languages()]
        assert names == sorted(names, key=fold)
        assert names.index("Ukrainisch") > names.index("Türkisch") > names.index("Tschechisch")
