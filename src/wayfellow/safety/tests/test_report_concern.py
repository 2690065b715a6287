"""Somebody reports harm: the leads are told that a report waits, and nobody else learns anything."""

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import InvalidInput
from wayfellow.notifications.composing import compose_notice
from wayfellow.notifications.models import Notice
from wayfellow.safety import actions
from wayfellow.safety.models import Concern

pytestmark = pytest.mark.django_db
WORDS = "He kept calling me at night"


def report(client, **data):
    return client.post(reverse("report_concern", args=["larkmoor"]), {"text": WORDS, **data}, follow=True)


def test_the_form_says_first_who_reads_it(amara, lead, client_for):
    page = client_for(amara).get(reverse("report_concern", args=["larkmoor"])).content.decode()
    assert page.index("Sunniva Aldershaw") < page.index("What happened?")


def test_the_leads_are_told_and_nobody_else(amara, leif, lead, administrator, manager, client_for, told, mail_jobs):
    page = report(client_for(amara), about_words="leif holmqvarn").content.decode()
    assert "What you reported" in page and WORDS in page
    concern = Concern.objects.get()
    assert (concern.raised_by, concern.about, concern.state) == (amara, leif, "new")
    assert told(lead) == ["concern_raised"]
    assert mail_jobs() == 1
    assert not any(told(other) for other in (amara, leif, administrator, manager))
    event = Event.objects.get(verb="concern_reported")
    assert (event.actor, event.details) == (None, {})


def test_the_mail_says_only_that_a_report_waits(amara, leif, lead):
    actions.report_concern(amara, text=WORDS, about=leif)
    mail = compose_notice(Notice.objects.get(), links={"page": "/there"})
    for said in (mail.subject, mail.text, mail.html):
        assert not any(word in said for word in (WORDS, "Amara", "Leif"))
    assert "/there" in mail.text and "/there" in mail.html


def test_a_lead_never_learns_of_a_report_about_themselves(amara, lead, second_lead, client_for, told):
    actions.report_concern(amara, text=WORDS, about=lead)
    concern = Concern.objects.get()
    assert told(lead) == [] and told(second_lead) == ["concern_raised"]
    client = client_for(lead)
    assert WORDS not in client.get(reverse("concerns", args=["larkmoor"])).content.decode()
    assert client.get(reverse("concern", args=["larkmoor", concern.pk])).status_code == 404
    assert client.post(reverse("take_up_concern", args=["larkmoor", concern.pk])).status_code == 404
    assert client.post(reverse("close_concern", args=["larkmoor", concern.pk])).status_code == 404


def test_it_can_be_kept_from_a_lead(amara, lead, second_lead, client_for, told):
    report(client_for(amara), kept_from=[str(lead.pk)])
    assert told(lead) == [] and told(second_lead) == ["concern_raised"]
    assert not Concern.objects.visible_to(lead).exists()
    assert Concern.objects.visible_to(second_lead).exists()


def test_where_nobody_can_read_it_administrators_are_told_to_name_somebody(amara, administrator, client_for, told):
    client = client_for(amara)
    assert "Nobody can read it yet" in client.get(reverse("report_concern", args=["larkmoor"])).content.decode()
    report(client)
    assert told(administrator) == ["safeguarding_lead_wanted"]
    mail = compose_notice(Notice.objects.get(), links={"page": "/there"})
    assert WORDS not in mail.text and "Amara" not in mail.text
    administrator.is_safeguarding_lead = True
    administrator.save()
    assert (
        WORDS
        in client_for(administrator)
        .get(reverse("concern", args=["larkmoor", Concern.objects.get().pk]))
        .content.decode()
    )


def test_about_comes_from_the_page_of_a_person(amara, leif, lead, client_for):
    url = reverse("report_concern", args=["larkmoor"]) + f"?about={leif.pk}"
    client = client_for(amara)
    assert "Leif Holmqvarn" in client.get(url).content.decode()
    client.post(url, {"text": WORDS})
    assert Concern.objects.get().about == leif


@pytest.mark.parametrize("about", ["", "x", "²", "9" * 30, "-1", "0"])
def test_a_wrong_about_is_nobody(amara, lead, client_for, about):
    response = client_for(amara).get(reverse("report_concern", args=["larkmoor"]), {"about": about})
    assert response.status_code == 200


def test_two_people_of_one_name_stay_words(amara, make_member, lead, client_for):
    make_member("Jo Linden", email="jo1@larkmoor.example")
    make_member("Jo Linden", email="jo2@larkmoor.example")
    report(client_for(amara), about_words="Jo Linden")
    assert (Concern.objects.get().about, Concern.objects.get().about_words) == (None, "Jo Linden")


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_what_was_typed_is_kept(amara, lead, client_for, text):
    response = report(client_for(amara), text=text, about_words="The car park")
    assert response.status_code == 422
    assert "The car park" in response.content.decode()
    assert not Concern.objects.exists()


def test_an_empty_report_is_refused_by_the_action_too(amara):
    with pytest.raises(InvalidInput):
        actions.report_concern(amara, text="  ")


def test_sent_twice_is_one_report(amara, lead, client_for, told):
    client = client_for(amara)
    report(client)
    report(client)
    assert Concern.objects.count() == 1
    assert told(lead) == ["concern_raised"]


def test_before_the_code_of_conduct_too(make_member, lead, client_for):
    new = make_member("Nilufar Brandt", conduct_accepted_version=0)
    assert report(client_for(new)).status_code == 200
    assert Concern.objects.get().raised_by == new


def test_a_guest_can_report(make_member, lead, client_for):
    guest = make_member("Gus Farrow", is_guest=True)
    assert report(client_for(guest)).status_code == 200
    assert Concern.objects.get().raised_by == guest


def test_a_lead_reports_to_another_lead(lead, second_lead, client_for, told):
    report(client_for(lead))
    concern = Concern.objects.get()
    assert told(lead) == [] and told(second_lead) == ["concern_raised"]
    assert client_for(lead).get(reverse("concern", args=["larkmoor", concern.pk])).status_code == 404
    assert client_for(lead).get(reverse("my_concern", args=["larkmoor", concern.pk])).status_code == 200


def test_strangers(make_member, other_organisation, amara, lead, client_for):
    stranger = make_member("Odalys Renner", organisation=other_organisation, is_safeguarding_lead=True)
    concern = actions.report_concern(amara, text=WORDS)
    assert not Concern.objects.visible_to(stranger).exists()
    client = client_for(stranger)
    assert client.get(reverse("report_concern", args=["larkmoor"])).status_code == 404
    assert client.get(reverse("concern", args=[other_organisation.slug, concern.pk])).status_code == 404
    assert client.get(reverse("my_concern", args=[other_organisation.slug, concern.pk])).status_code == 404
