"""The demo as it is loaded: what is in it, and that each person reaches everything by links from home."""

import importlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import clear_url_caches

import wayfellow.demo.urls
import wayfellow.urls
from wayfellow.core import clock
from wayfellow.core.access import Role, walk_views
from wayfellow.demo import persons
from wayfellow.demo.scenes import load
from wayfellow.demo.tests.crawling import Crawl, crawl, takes_get
from wayfellow.meetings.models import Meeting, Proposal
from wayfellow.notifications.models import Mail, Notice
from wayfellow.people.models import Invitation, JoinRequest, Member, MemberImport, Organisation
from wayfellow.people.queries import roles_of
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import MentoringRequest, Relationship, WaitingEntry

# One process runs all of them, so the demo is told once: see TOGETHER in conftest.py.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
# What somebody types into a search box, besides following links.
LOOKED_FOR = {"admin@demo.example": [f"/o/larkmoor/people/?{words}" for words in ("tab=left", "q=Sunniva", "q=Ruta")]}
HERE = [person.email for person in persons.DOORS] + [persons.SAFEGUARDING_EMAIL]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Organisation]:
    """The demo, loaded once for all tests of this file, which read it and write nothing that another would miss."""
    before = settings.DEMO
    with django_db_blocker.unblock(), transaction.atomic():
        settings.DEMO = True
        _read_addresses_again()
        load()
        yield Organisation.objects.get(slug="larkmoor")
        settings.DEMO = before
        _read_addresses_again()
        transaction.set_rollback(True)


def _read_addresses_again() -> None:
    importlib.reload(wayfellow.demo.urls)
    importlib.reload(wayfellow.urls)
    clear_url_caches()


def of(demo: Organisation, name: str) -> Member:
    return Member.objects.select_related("organisation", "account").get(organisation=demo, full_name=name)


def test_about_240_members_in_six_zones_eight_languages_and_eleven_lines(demo):
    members = Member.objects.filter(organisation=demo)
    assert 230 <= members.count() <= 250
    staff = members.exclude(employee_number="")
    assert len(set(staff.values_list("time_zone", flat=True))) == 6
    assert len({code for row in staff.values_list("languages", flat=True) for code in row}) == 8
    assert len(set(staff.values_list("department", flat=True))) == 11
    assert staff.filter(manager__isnull=True).count() == 11
    assert members.filter(state="left").count() >= 10
    assert members.filter(state="active", is_guest=True).count() == 5


def test_desks_hold_what_waits(demo):
    assert JoinRequest.objects.filter(organisation=demo, state="waiting").count() == 3
    assert Invitation.objects.filter(organisation=demo, state="open", expires_at__gt=clock.now()).count() == 12
    waiting = MemberImport.objects.get(organisation=demo, state="checked")
    assert waiting.to_create and waiting.to_change and waiting.to_leave and waiting.to_refuse
    assert Mail.objects.filter(organisation=demo, state="kept").exclude(html="").count() > 50


def test_every_state_of_a_request_is_there(demo):
    requests = MentoringRequest.objects.filter(organisation=demo)
    assert set(requests.values_list("state", flat=True)) == set(MentoringRequest.State.values)
    assert requests.open().count() >= 15
    relationships = Relationship.objects.filter(organisation=demo)
    assert 70 <= relationships.filter(state="active").count() <= 120
    assert relationships.filter(state="ended_early").count() >= 20


def test_meetings_of_every_kind_are_there(demo):
    meetings = Meeting.objects.filter(organisation=demo)
    assert set(meetings.values_list("state", flat=True)) == set(Meeting.State.values)
    assert meetings.filter(state="scheduled", starts_at__gt=clock.now()).count() >= 5
    assert meetings.filter(moved_at__isnull=False).exists() and meetings.filter(logged=True).exists()
    assert meetings.filter(series__isnull=False).exists()
    assert Proposal.objects.filter(organisation=demo, state="picked").exists()
    assert Meeting.objects.visible_to(of(demo, "Amara Oyelunde")).filter(state="held").exists()


def test_nothing_happens_after_now_and_nothing_stands_still(demo):
    now = clock.now()
    for moments in (
        Notice.objects.values_list("created_at", flat=True),
        Member.objects.values_list("created_at", flat=True),
        MentoringRequest.objects.exclude(sent_at=None).values_list("sent_at", flat=True),
        Relationship.objects.values_list("opened_at", flat=True),
        Mail.objects.values_list("created_at", flat=True),
    ):
        assert max(moments) <= now
        assert max(moments) - min(moments) > timedelta(days=20)
    assert MentoringRequest.objects.order_by("-sent_at")[0].created_at <= now
    assert not MentoringRequest.objects.open().filter(expires_at__lte=now).exists()


def test_amara_as_the_door_says(demo):
    amara = of(demo, "Amara Oyelunde")
    assert amara.email == "mentee@demo.example" and amara.department == "Grid operations"
    goal = amara.goals.get(is_main=True)
    assert goal.title == "Move from data analyst to associate product manager"
    assert {str(row.skill) for row in goal.skills.all()} == {"Discovery interviews", "Writing briefs"}
    sent = MentoringRequest.objects.open().filter(mentee__member=amara, direction="ask")
    assert [request.mentor.member.full_name for request in sent] == ["Leif Holmqvarn"]
    working = Relationship.objects.filter(state="active", participants__enrolment__member=amara)
    assert working.filter(participants__enrolment__member__full_name="Inês Tavaredo").count() == working.count() == 1
    assert amara.mentor_marks.filter(kind="saved").count() == 2
    assert amara.notices.unread().exists()


def test_ines_as_the_door_says(demo):
    ines = Enrolment.objects.get(member=of(demo, "Inês Tavaredo"))
    assert (ines.capacity, ines.places_taken) == (3, 2)
    asked = MentoringRequest.objects.open().filter(mentor=ines)
    assert asked.filter(awaiting="mentor").count() == 1
    assert asked.get(awaiting="mentee").question.answered_at is None


def test_the_others_as_the_guide_says(demo):
    yusra = Enrolment.objects.get(member=of(demo, "Yusra Haddarine"))
    assert yusra.free_places == 0
    line = WaitingEntry.objects.in_line().filter(mentor=yusra)
    assert [entry.mentee.member.short_name for entry in line] == ["Liora", "Amara", "Emil", "Jonas"]
    benedikt = Enrolment.objects.get(member=of(demo, "Benedikt Auersloh"))
    assert (benedikt.away_until.day, benedikt.away_until.month) == (11, 1)
    assert benedikt.is_away(clock.now().date())
    unanswered = MentoringRequest.objects.filter(mentee__member=of(demo, "Davit Tsereli-Ono"), state="expired")
    assert unanswered.count() == 3
    assert [role for role in ("ADMINISTRATOR", "MANAGER") if Role[role] in roles_of(of(demo, "Joss Pellworth"))] == [
        "MANAGER"
    ]
    assert Role.ADMINISTRATOR in roles_of(of(demo, "Ruta Kalvendis"))


def test_northfen_is_another_place(demo):
    college = Organisation.objects.get(slug="northfen")
    assert 4 <= Member.objects.filter(organisation=college).count() <= 8
    assert Relationship.objects.filter(organisation=college).count() == 1
    ruta = Client()
    ruta.force_login(of(demo, "Ruta Kalvendis").account)
    assert ruta.get("/o/northfen/people/").status_code == 404


@pytest.fixture(scope="module")
def crawls(demo: Organisation) -> dict[str, Crawl]:
    """What each person of the demo finds by links from home."""
    found = {}
    for email in HERE:
        client = Client()
        client.force_login(Member.objects.get(organisation=demo, email=email).account)
        found[email] = crawl(client, "/o/larkmoor/", *LOOKED_FOR.get(email, ()), most_queries=60)
    return found


@pytest.mark.parametrize("email", HERE)
def test_no_link_from_home_is_broken(crawls, email):
    assert crawls[email].pages > 20
    faults = crawls[email].faults
    assert not faults, "\n".join(faults)


# Pages that are reached otherwise, and how.
NOT_LINKED = {
    "accept_conduct": "shown by itself to who has not accepted the code of conduct yet",
    "profile_photo": "a picture, and nobody in the demo shows one",
    "recovery_codes": "for who has a second factor, and nobody in the demo is asked for one",
    "download_recovery_codes": "as above",
    "rename_passkey": "as above",
    "remove_factor": "as above",
    "disconnect_busy_times": "for who has connected a calendar, and the demo asks no server outside",
}
# Pages for who has something of their own: it is enough that one of the persons has.
OF_THEIR_OWN = {"clear_background", "find_mentees", "stop_mentoring"}


@pytest.mark.parametrize("email", HERE)
def test_each_page_that_one_may_open_is_reached_by_links_from_home(demo, crawls, email):
    roles = roles_of(Member.objects.select_related("organisation").get(organisation=demo, email=email))
    may = {name for name, route, stated in _pages() if stated & roles and route.count("<") == 1}
    missing = sorted(may - set(crawls[email].names) - set(NOT_LINKED) - OF_THEIR_OWN)
    assert not missing, f"{email} finds no link to {', '.join(missing)}"


def test_each_page_of_a_row_is_reached_by_somebody(crawls):
    names = OF_THEIR_OWN | {name for name, route, _stated in _pages() if route.count("<") > 1}
    missing = sorted(names - {name for found in crawls.values() for name in found.names} - set(NOT_LINKED))
    assert not missing, f"nobody finds a link to {', '.join(missing)}"


def _pages() -> list[tuple[str, str, frozenset[Role]]]:
    return [
        (str(pattern.name), route, pattern.callback.access.roles)
        for route, pattern in walk_views()
        if route.startswith("o/") and takes_get(pattern.callback)
    ]
