"""The way from finding to working together, in an organisation that says guide and traveller."""

import pytest
from django.urls import reverse

from wayfellow.jobs.running import run_pending
from wayfellow.notifications.models import Mail
from wayfellow.relationships.actions import accept_request, send_offer
from wayfellow.search.actions import touch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words(organisation):
    organisation.word_mentor, organisation.word_mentee, organisation.word_mentoring = "guide", "traveller", "guiding"
    organisation.save()


def page(client, name, *args):
    return client.get(reverse(name, args=["larkmoor", *args])).content.decode()


def test_on_the_pages(mentee, make_mentor, ask, client_for):
    mentor = make_mentor("Inês Tavaredo", offers=False)
    mentor.asks_of_mentee = "Come with something you have tried."
    mentor.save()
    touch(mentor.member)
    amara, ines = client_for(mentee.member), client_for(mentor.member)
    found = page(amara, "find")
    assert "Find your guide" in found and ">Guiding</span></a>" in found
    assert "What Inês asks of their traveller" in page(amara, "mentor", mentor.pk)
    assert "Ask Inês to be your guide" in page(amara, "send_request", mentor.pk)
    assert "Offer yourself as guide" in page(amara, "mentoring")
    assert "People may offer to be my guide" in page(amara, "my_limits")
    assert "What do you ask of your traveller?" in page(ines, "my_limits")
    request = ask(mentee, mentor)
    assert "Amara asks you to be their guide" in page(ines, "answer", request.pk)
    assert "asks you to be their guide" in page(ines, "home")
    assert "Amara asks you to be their guide." in page(ines, "notices")
    accept_request(mentor.member, request)
    assert "your guide" in page(amara, "home")
    together = page(ines, "mentoring")
    assert "You are the guide" in together and "<h1>Guiding</h1>" in together
    yusra = make_mentor("Yusra Haddarine")
    mentee.allows_offers = True
    mentee.save()
    assert "Offer Amara to be their guide" in page(client_for(yusra.member), "send_offer", mentee.pk)


def test_in_the_mails(mentee, mentor, make_mentor, ask, settings):
    settings.DEMO = True
    ask(mentee, mentor)
    mentee.allows_offers = True
    mentee.save()
    send_offer(
        make_mentor("Yusra Haddarine"),
        mentee,
        why_you="We share a road that I walked before you: from data to product, step by step.",
    )
    run_pending()
    asked, offered = Mail.objects.order_by("pk")
    assert asked.subject == "Amara Oyelunde asks you to be their guide"
    assert offered.subject == "Yusra Haddarine offers to be your guide"
    for mail in (asked, offered):
        assert "guide" in mail.html and "mentor you" not in mail.text + mail.html
