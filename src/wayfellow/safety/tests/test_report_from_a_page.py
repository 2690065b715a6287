"""A report from a page of a relationship: what it carries, whom it never reaches, by when it is looked into."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.safety.actions import add_to_concern, report_concern, set_report_terms
from wayfellow.safety.models import Concern, ReportTerms
from wayfellow.safety.queries import concerns_for, readers_of

PAGE = "/o/larkmoor/relationships/7/conversation/12/"


def send(client, about, page=PAGE, **data):
    url = f"{reverse('report_concern', args=['larkmoor'])}?about={about.pk}&page={page}"
    return client.post(url, {"text": "It frightened me.", **data})


def test_it_carries_the_page_and_words_only_if_one_says_so(amara, leif, lead, client_for):
    send(client_for(amara), leif)
    assert (Concern.objects.get().page, Concern.objects.get().quote) == ("", "")
    Concern.objects.all().delete()
    send(client_for(amara), leif, with_page="on", quote="You will regret this.")
    concern = Concern.objects.get()
    assert (concern.page, concern.quote) == (PAGE, "You will regret this.")
    shown = client_for(lead).get(reverse("concern", args=["larkmoor", concern.pk])).content.decode()
    assert PAGE in shown
    assert "You will regret this." in shown


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/", "//elsewhere.example/o/larkmoor/", "/o/northfen/x/", "javascript:alert(1)"]
)
def test_another_page_is_none(amara, leif, lead, client_for, page):
    form = client_for(amara).get(f"{reverse('report_concern', args=['larkmoor'])}?about={leif.pk}&page={page}")
    assert "with_page" not in form.context["form"].fields
    send(client_for(amara), leif, page=page, with_page="on")
    assert Concern.objects.get().page == ""


def test_who_is_named_in_it_never_gets_it_even_as_a_lead(amara, leif, lead, second_lead, told):
    concern = report_concern(amara, text=f"Leif did it and {lead.full_name} laughed.", about=leif)
    assert readers_of(concern) == [second_lead]
    assert told(lead) == []
    assert not Concern.objects.visible_to(lead).exists()
    assert list(concerns_for(second_lead)) == [concern]


def test_who_is_named_later_reads_it_no_more(amara, leif, lead, second_lead):
    concern = report_concern(amara, text="Leif did it.", about=leif)
    assert Concern.objects.visible_to(lead).exists()
    add_to_concern(amara, concern, text=f"And {lead.full_name} knew.")
    assert not Concern.objects.visible_to(lead).exists()


def test_the_manager_of_their_programme_never_gets_it(amara, leif, lead, second_lead, network, enrol, told, client_for):
    enrol(amara)
    enrol(leif, mentor=True)
    network.programme.managers.add(lead)
    page = client_for(amara).get(f"{reverse('report_concern', args=['larkmoor'])}?about={leif.pk}").content.decode()
    assert second_lead.full_name in page
    concern = report_concern(amara, text="Leif did it.", about=leif)
    assert readers_of(concern) == [second_lead]
    assert told(lead) == []


def test_deadlines_stand_beside_reports_in_their_order(amara, leif, lead, administrator, client_for):
    late = report_concern(amara, text="Long ago.", about=leif)
    Concern.objects.filter(pk=late.pk).update(take_up_by=clock.now() - timedelta(days=1))
    set_report_terms(administrator, take_up_days=5, close_days=20)
    new = report_concern(amara, text="Today.", about=leif)
    assert (new.take_up_by - new.created_at, new.close_by - new.created_at) == (timedelta(days=5), timedelta(days=20))
    assert list(concerns_for(lead)) == [late, new]
    page = client_for(lead).get(reverse("concerns", args=["larkmoor"])).content.decode()
    assert page.count("To be taken up by") == 2
    assert late.pk and Concern.objects.get(pk=late.pk).is_late


def test_terms_are_an_administrators(amara, administrator, client_for):
    with pytest.raises(Refused):
        set_report_terms(amara, take_up_days=1, close_days=2)
    with pytest.raises(InvalidInput):
        set_report_terms(administrator, take_up_days=9, close_days=9)
    url = reverse("report_terms", args=["larkmoor"])
    assert client_for(amara).get(url).status_code == 403
    assert client_for(administrator).post(url, {"take_up_days": 3, "close_days": 2}).status_code == 422
    assert client_for(administrator).post(url, {"take_up_days": 3, "close_days": 30}).status_code == 302
    assert ReportTerms.objects.get().close_days == 30
