"""Being forgotten: the name and the address are nowhere any more."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import Refused
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.actions import notify
from wayfellow.notifications.models import Mail, Notice
from wayfellow.people.actions.accounts import forget_member
from wayfellow.people.actions.invitations import invite_members
from wayfellow.people.actions.joining import ask_to_join
from wayfellow.people.models import Account, BackgroundFacet, BrowserSession, Member, Profile
from wayfellow.people.tests.mails import path_in_mail
from wayfellow.safety.actions import report_concern
from wayfellow.search.actions import touch

NAME, EMAIL = "Zebedee Quillfeather", "zebedee@quill.example"


def everything_stored() -> str:
    """Every value of every row of every table of the database, search index included, sessions opened."""
    words = [str(session.get_decoded()) for session in BrowserSession.objects.all()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  names of our own tables
            words += [str([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor.fetchall()]
    return " ".join(words).lower()


@pytest.fixture
def zebedee(administrator, organisation, network):
    """Somebody who asked, was invited, joined, signed in, wrote a profile and invited somebody."""
    organisation.join_by_asking = True
    organisation.save()
    ask_to_join(organisation, full_name=NAME, email=EMAIL, message=f"I am {NAME}")
    invite_members(administrator, addresses=[(NAME, EMAIL)], cohort=network, note=f"Hello {NAME}")
    client = Client()
    client.post(path_in_mail("invitation"), {"full_name": NAME})
    member = Member.objects.get(email=EMAIL)
    client.post(reverse("accept_conduct", args=["larkmoor"]), {"version": "1"})
    member.enrolments.update(is_mentor=True, capacity=2)
    run_pending()
    touch(member)
    Profile.objects.update_or_create(member=member, organisation=organisation, defaults={"about": f"{NAME} writes"})
    BackgroundFacet.objects.create(member=member, organisation=organisation, kind="origin", value="Quill")
    return member


def test_nothing_is_left(zebedee):
    assert NAME.lower() in everything_stored()
    assert EMAIL in everything_stored()
    forget_member(zebedee)
    left = everything_stored()
    for trace in ("zebedee", "quillfeather", EMAIL):
        assert trace not in left
    assert not Account.objects.filter(email=EMAIL).exists()
    assert Event.objects.filter(verb="member_forgotten").count() == 1
    run_pending()
    assert "zebedee" not in everything_stored()


def test_page_asks_twice(zebedee, client_for):
    client = client_for(zebedee)
    url = reverse("forget_me", args=["larkmoor"])
    assert "Be forgotten?" in client.get(url).content.decode()
    assert client.post(url, {"word": "no"}).status_code == 422
    assert Member.objects.filter(email=EMAIL).exists()
    assert client.post(url, {"word": "Forget"}).url == reverse("forgotten")
    assert not Member.objects.filter(email=EMAIL).exists()
    assert client.get(reverse("forgotten")).status_code == 200


def test_account_stays_for_another_organisation(zebedee, make_member, other_organisation):
    other = make_member(NAME, organisation=other_organisation, email=EMAIL)
    forget_member(zebedee)
    other.refresh_from_db()
    assert other.account.email == EMAIL
    assert other.is_active


def test_last_administrator_is_not_forgotten(administrator):
    with pytest.raises(Refused):
        forget_member(administrator)
    administrator.refresh_from_db()
    assert administrator.is_active


def test_row_stays_for_counting_and_cannot_come_back(zebedee, administrator, client_for):
    forget_member(zebedee)
    zebedee.refresh_from_db()
    assert zebedee.state == Member.State.LEFT
    client = client_for(administrator)
    assert zebedee not in client.get(reverse("people", args=["larkmoor"]), {"tab": "left"}).context["page_obj"]
    assert client.get(reverse("reopen_member", args=["larkmoor", zebedee.pk])).status_code == 403
    assert (
        "asked to be forgotten" in client.get(reverse("member_admin", args=["larkmoor", zebedee.pk])).content.decode()
    )


@pytest.mark.parametrize("name", ["a", "en", "name", "administrator"])
def test_whose_name_is_any_word_takes_nothing_of_others_along(name, administrator, make_member):
    """Names are typed by their owners; being forgotten must not be a way to erase what belongs to others."""
    invite_members(administrator, addresses=[("Jo Blake", "jo.blake@larkmoor.example")])
    notify("role_changed", to=administrator, facts={"role": "administrator", "given": True, "by": "Jo Blake"})
    concern = report_concern(administrator, text="A person came near and called me a name.")
    before = (Job.objects.count(), Notice.objects.count(), Event.objects.exclude(details=None).count())
    forget_member(make_member(name, email="mallory@larkmoor.example"))
    concern.refresh_from_db()
    assert concern.text == "A person came near and called me a name."
    after = (Job.objects.count(), Notice.objects.count(), Event.objects.exclude(details=None).count())
    assert all(now >= then for now, then in zip(after, before, strict=True))


def test_mails_of_the_server_itself_are_forgotten_too(zebedee, other_organisation, settings):
    """With several organisations, a sign-in code is mailed by the server: nobody's organisation keeps that row."""
    settings.MAIL_URL = "smtp://127.0.0.1:25"
    client = Client()
    client.post(reverse("request_code"), {"email": EMAIL})
    assert Job.objects.filter(organisation=None, kwargs__to=EMAIL).exists()
    run_pending()
    client.post(reverse("request_code"), {"email": EMAIL})
    assert Mail.objects.filter(organisation=None, to=EMAIL).exists()
    forget_member(zebedee)
    assert EMAIL not in everything_stored()


def test_what_mails_to_others_said_goes_with_the_notice(zebedee, administrator, settings):
    settings.DEMO = True
    notify("invitation_accepted", to=administrator, about=administrator, facts={"name": NAME}, links={"page": "/"})
    run_pending()
    Mail.objects.filter(member=administrator, state="kept").update(subject="Zebedee has joined")
    forget_member(zebedee)
    assert set(Mail.objects.filter(member=administrator).values_list("subject", flat=True)) == {""}
