import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.people.models import BackgroundFacet
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.safety.models import Block

pytestmark = pytest.mark.django_db


def page_of(client, mentor, slug="larkmoor"):
    return client.get(reverse("mentor", args=[slug, mentor.pk]))


def test_the_page_answers_is_this_the_person(seeker, make_mentor, client_for):
    mentor = make_mentor(
        "Inês Tavaredo",
        skills={"Writing briefs": 4},
        profile={"about": "I led <b>two</b> launches."},
        limits={"asks_of_mentee": "Send a note the day before."},
    )
    page = page_of(client_for(seeker), mentor).content.decode()
    assert page.count("<h1") == 1
    assert "I led &lt;b&gt;two&lt;/b&gt; launches." in page
    assert "level 4 of 5" in page
    assert "Your goal aims at level 3." in page
    assert "Send a note the day before." in page
    assert "You share 3 hours a week" in page
    assert 'class="slot"' in page


@pytest.fixture
def with_background(make_mentor):
    mentor = make_mentor("Inês Tavaredo")
    for kind, visibility in (("origin", "members"), ("carer", "private"), ("disability", "relationships")):
        BackgroundFacet.objects.create(
            organisation=mentor.organisation,
            member=mentor.member,
            kind=kind,
            value=f"it is {kind}",
            visibility=visibility,
        )
    return mentor


def test_background_shows_only_what_is_for_all_members(seeker, with_background, client_for):
    for reader in (seeker, with_background.member):
        page = page_of(client_for(reader), with_background).content.decode()
        assert "it is origin" in page
        assert "it is carer" not in page
        assert "it is disability" not in page


def test_background_shows_more_to_whom_they_work_with(seeker, with_background, client_for):
    mine = seeker.enrolments.get()
    pair = Relationship.objects.create(
        organisation=seeker.organisation, cohort=mine.cohort, opened_at=clock.now(), state="active"
    )
    for enrolment, role in ((mine, "mentee"), (with_background, "mentor")):
        Participant.objects.create(organisation=seeker.organisation, relationship=pair, enrolment=enrolment, role=role)
    page = page_of(client_for(seeker), with_background).content.decode()
    assert "it is origin" in page and "it is disability" in page
    assert "it is carer" not in page


def test_own_page_says_so_and_offers_nothing(make_mentor, client_for):
    mentor = make_mentor("Inês Tavaredo", skills={"Writing briefs": 4})
    page = page_of(client_for(mentor.member), mentor).content.decode()
    assert "This is how others see you." in page
    assert "Save" not in page


def test_not_there_for_strangers_blocked_people_and_non_mentors(
    seeker, make_member, make_mentor, enrol, other_organisation, client_for
):
    mentor = make_mentor("Inês Tavaredo")
    stranger = make_member("Stranger", organisation=other_organisation)
    assert page_of(client_for(stranger), mentor).status_code == 404
    assert page_of(client_for(stranger), mentor, "northfen").status_code == 404
    assert page_of(client_for(seeker), enrol(make_member("Leif Holmqvarn"))).status_code == 404
    Block.objects.create(organisation=seeker.organisation, blocker=mentor.member, blocked=seeker)
    assert page_of(client_for(seeker), mentor).status_code == 404


def test_a_mentor_who_left_is_not_there(seeker, make_mentor, client_for):
    mentor = make_mentor("Inês Tavaredo")
    mentor.member.state = "left"
    mentor.member.save()
    assert page_of(client_for(seeker), mentor).status_code == 404
