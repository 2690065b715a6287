"""The mails of people: each says what it must, in text and HTML."""

import pytest
from django.utils.module_loading import import_string

from wayfellow.core import clock
from wayfellow.core.registry import contributions
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.actions import notify, send_mail
from wayfellow.notifications.models import Mail

LINK = "http://127.0.0.1:8000/x/token/"
SECRET = {
    "sign_in_code": ({"code": "4F7-K2P", "link": LINK}, "4F7-K2P"),
    "unknown_account": ({"link": LINK}, LINK),
    "password_reset": ({"link": LINK}, LINK),
    "invitation": (
        {
            "name": "Jo Blake",
            "inviter": "Ruta Kalvendis",
            "note": "Come <b>soon</b>",
            "as_guest": True,
            "until": clock.now(),
            "link": LINK,
        },
        "Come <b>soon</b>",
    ),
    "new_address": ({"old": "jo@old.example", "link": LINK}, "jo@old.example"),
    "join_link": ({"name": "Jo Blake", "link": LINK, "until": clock.now()}, LINK),
    "already_here": ({"name": "Jo", "link": LINK}, LINK),
    "join_refused": ({"name": "Jo Blake", "help": "people@larkmoor.example"}, "people@larkmoor.example"),
    "account_closed": ({"name": "Jo", "help": "", "link": LINK}, "ask an administrator"),
}
NOTICES = {
    "invitation_accepted": ({"name": "Jo Blake"}, "Jo Blake accepted your invitation"),
    "join_requested": ({"name": "Jo Blake", "email": "jo@x.example"}, "jo@x.example"),
    "role_changed": ({"role": "administrator", "given": True, "by": "Ruta Kalvendis"}, "You look after people"),
}


def the_mail() -> Mail:
    run_pending()
    failed = Job.objects.exclude(error="")
    assert not failed.exists(), failed.first().traceback
    return Mail.objects.get()


@pytest.mark.parametrize("name", SECRET)
def test_plain_mails(organisation, settings, name):
    settings.DEMO = True
    facts, words = SECRET[name]
    template = f"people/mail/{name}"
    send_mail(to="jo@x.example", template=template, facts=facts, organisation=organisation, key=name, secret=True)
    mail = the_mail()
    assert words in mail.text.replace("\n", " ")
    assert "<b>soon" not in mail.html
    assert mail.html.count("<h1") == 1
    assert mail.subject
    assert "{" not in mail.subject


@pytest.mark.parametrize("name", ["sign_in_code", "unknown_account", "password_reset"])
def test_sign_in_mails_of_a_server_with_several_organisations(db, settings, name):
    settings.DEMO = True
    template = f"people/mail/{name}"
    send_mail(to="jo@x.example", template=template, facts=SECRET[name][0], organisation=None, key=name, secret=True)
    assert SECRET[name][1] in the_mail().text


@pytest.mark.parametrize("name", NOTICES)
def test_notices(administrator, settings, name):
    settings.DEMO = True
    facts, words = NOTICES[name]
    notice = notify(name, to=administrator, about=administrator, facts=facts, links={"page": "/o/larkmoor/people/"})
    mail = the_mail()
    assert words in mail.text.replace("\n", " ")
    assert "http://127.0.0.1:8000/o/larkmoor/people/" in mail.html
    kind = next(entry for entry in contributions("notices") if entry.kind == name)
    assert str(import_string(kind.text)(notice)).endswith(".")
