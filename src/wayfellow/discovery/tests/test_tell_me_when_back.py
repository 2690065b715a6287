"""Of a mentor who is away one can be told, once, when they are back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.discovery import actions
from wayfellow.discovery.actions.marks import tell_who_is_back
from wayfellow.discovery.models import MentorMark
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.models import Mail, Notice
from wayfellow.safety.models import Block

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(make_mentor):
    return make_mentor("Benedikt Auersloh", limits={"away_until": clock.now().date() + timedelta(days=10)})


def later():
    return clock.now() + timedelta(days=10)


def test_told_once_on_the_day_and_not_before(seeker, away, settings):
    settings.DEMO = True
    actions.tell_me_when_back(seeker, away)
    tell_who_is_back()
    assert not Notice.objects.exists()
    for _turn in range(2):
        tell_who_is_back(now=later())
    notice = Notice.objects.get()
    assert (notice.member, notice.kind) == (seeker, "mentor_back")
    assert notice.url == reverse("mentor", args=["larkmoor", away.pk])
    run_pending()
    mail = Mail.objects.get()
    assert mail.subject == "Benedikt Auersloh is back"
    assert notice.url in mail.text and notice.url in mail.html
    assert MentorMark.objects.get().kind == "saved"


def test_told_when_they_come_back_early(seeker, away):
    actions.tell_me_when_back(seeker, away)
    away.away_until = None
    away.save()
    tell_who_is_back()
    assert Notice.objects.get().kind == "mentor_back"


@pytest.mark.parametrize("case", ["taken off", "blocked", "mentor left", "reader left"])
def test_not_told_when_it_is_of_no_use_any_more(seeker, away, case):
    actions.tell_me_when_back(seeker, away)
    if case == "taken off":
        actions.unmark_mentor(seeker, away)
    elif case == "blocked":
        Block.objects.create(organisation=seeker.organisation, blocker=away.member, blocked=seeker)
    else:
        left = away.member if case == "mentor left" else seeker
        left.state = "left"
        left.save()
    tell_who_is_back(now=later())
    assert not Notice.objects.exists()
    assert not MentorMark.objects.filter(tell_when_back=True).exists()


def test_refused_of_somebody_who_is_here(seeker, make_mentor):
    with pytest.raises(Refused) as refused:
        actions.tell_me_when_back(seeker, make_mentor("Inês Tavaredo"))
    assert refused.value.code == "not_away"


def test_from_the_page_and_back(seeker, away, client_for):
    client = client_for(seeker)
    here = reverse("mentor", args=["larkmoor", away.pk])
    url = reverse("tell_me_when_back", args=["larkmoor", away.pk])
    assert "Tell me when Benedikt is back" in client.get(here).content.decode()
    assert client.get(url).status_code == 405
    page = client.post(url, {"next": here}, follow=True).content.decode()
    assert "You are told when Benedikt is back" in page and "Nobody else is told." in page
    undo = reverse("unmark_mentor", args=["larkmoor", away.pk])
    assert f'action="{undo}?next=' in page
    assert "Tell me when Benedikt is back" in client.post(undo, {"next": here}, follow=True).content.decode()


def test_a_page_left_open_until_they_are_back_says_so(seeker, away, client_for):
    away.away_until = None
    away.save()
    url = reverse("tell_me_when_back", args=["larkmoor", away.pk])
    assert "Benedikt is not away now." in client_for(seeker).post(url, follow=True).content.decode()
    assert not MentorMark.objects.exists()


def test_strangers(away, make_member, other_organisation, client_for):
    stranger = make_member("Odalys Renner", organisation=other_organisation)
    assert client_for(stranger).post(reverse("tell_me_when_back", args=["larkmoor", away.pk])).status_code == 404
