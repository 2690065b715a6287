import pytest
from django.urls import reverse

from wayfellow.goals.models import Goal, GoalSkill
from wayfellow.programmes.models import Enrolment
from wayfellow.safety.models import Block

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(make_mentor, client_for):
    mentor = make_mentor("Inês Tavaredo", skills={"Writing briefs": 4})

    def look(**query):
        response = client_for(mentor.member).get(reverse("find_mentees", args=["larkmoor"]), query)
        assert response.status_code == 200
        return response.content.decode()

    look.mentor = mentor
    return look


def test_only_who_allows_offers_with_skills_and_never_the_goal(look, seeker):
    assert "Amara Oyelunde" not in look()
    Enrolment.objects.filter(member=seeker).update(allows_offers=True)
    page = look()
    assert "Amara Oyelunde" in page
    assert "Discovery interviews" in page
    assert "Move into product management" not in page


def test_search_by_name_title_and_sought_skill(look, seeker):
    Enrolment.objects.filter(member=seeker).update(allows_offers=True)
    for text in ("amara", "analyst", "briefs", "amara briefs"):
        assert "Amara Oyelunde" in look(q=text), text
    assert "Nobody fits these words" in look(q="plumber")


def test_blocked_either_way_is_not_shown(look, seeker):
    Enrolment.objects.filter(member=seeker).update(allows_offers=True)
    Block.objects.create(organisation=seeker.organisation, blocker=seeker, blocked=look.mentor.member)
    assert "Amara Oyelunde" not in look()


def test_who_seeks_what_i_offer_comes_first(look, seeker, make_member, enrol, skill):
    other = make_member("Abel First")
    enrol(other, allows_offers=True)
    goal = Goal.objects.create(organisation=other.organisation, member=other, state="active", is_main=True, title="x")
    GoalSkill.objects.create(organisation=other.organisation, goal=goal, skill=skill("Something else"))
    Enrolment.objects.filter(member=seeker).update(allows_offers=True)
    page = look()
    assert page.index("Amara Oyelunde") < page.index("Abel First")


def test_for_mentors_only(seeker, make_member, enrol, client_for):
    Enrolment.objects.filter(member=seeker).update(allows_offers=True)
    other = make_member("Leif Holmqvarn")
    enrol(other)
    page = client_for(other).get(reverse("find_mentees", args=["larkmoor"])).content.decode()
    assert "shown to mentors" in page
    assert "Amara Oyelunde" not in page


def test_queries_do_not_grow(look, make_member, enrol, client_for, django_assert_max_num_queries):
    for number in range(15):
        enrol(make_member(f"Person {number}"), allows_offers=True)
    client = client_for(look.mentor.member)
    with django_assert_max_num_queries(12):
        client.get(reverse("find_mentees", args=["larkmoor"]))
