"""Home says what comes next, one thing, and what there is; it asks the database a fixed number of times."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.people.actions.joining import ask_to_join
from wayfellow.people.models import Member, Profile
from wayfellow.relationships.actions import ask_question, end_relationship, join_waiting_list
from wayfellow.relationships.models import Relationship
from wayfellow.workspace.queries.home import next_for, read_home
from wayfellow.workspace.views.home import greeting

pytestmark = pytest.mark.django_db


def home_of(member):
    return read_home(member, now=clock.now())


def next_of(member):
    return next_for(home_of(member)).kind


@pytest.fixture
def show(client_for):
    def show(member):
        response = client_for(member).get(reverse("home", args=[member.organisation.slug]))
        assert response.status_code == 200
        return response.content.decode()

    return show


@pytest.mark.parametrize(
    ("hour", "words"), [(5, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening"), (3, "evening")]
)
def test_the_greeting_goes_by_the_readers_clock(hour, words):
    assert words in greeting(hour)


def test_a_new_member_begins_with_the_goal_then_what_they_can_then_asks(
    make_member, enrol, set_goal, give_skill, make_mentor, show
):
    amara = make_member("Amara Oyelunde")
    enrol(amara)
    page = show(amara)
    assert next_of(amara) == "goal" and "Where do you want to go?" in page
    assert f'action="{reverse("start_goal", args=["larkmoor"])}"' in page
    set_goal(amara)
    page = show(amara)
    assert next_of(amara) == "offer" and "What could you help others with?" in page
    assert f'href="{reverse("edit_profile", args=["larkmoor", "about"])}"' in page
    Profile.objects.create(organisation=amara.organisation, member=amara, about="I read outage data for a living.")
    assert f'class="btn sun" href="{reverse("edit_my_skills", args=["larkmoor"])}"' in show(amara)
    give_skill(amara, offers=False)
    assert next_of(amara) == "look" and "Look for somebody to ask" in show(amara)
    make_mentor("Inês Tavaredo")
    page = show(amara)
    assert next_of(amara) == "ask" and "Ask one of these people" in page and "Ask Inês" in page


def test_a_goal_begun_is_gone_on_with(make_member, client_for, show):
    amara = make_member("Amara Oyelunde")
    client_for(amara).post(reverse("start_goal", args=["larkmoor"]))
    assert "Go on with your goal" in show(amara)


def test_who_only_mentors_is_not_asked_for_a_goal(make_mentor):
    assert next_of(make_mentor("Inês Tavaredo").member) == "nothing"


def test_a_request_waits_with_the_one_whose_turn_it_is(make_mentor, make_mentee, ask, show):
    mentor, mentee = make_mentor("Inês Tavaredo"), make_mentee("Amara Oyelunde")
    request = ask(mentee, mentor)
    answer = reverse("answer", args=["larkmoor", request.pk])
    page = show(mentor.member)
    assert next_of(mentor.member) == "answer" and "Amara asks you to mentor them" in page and answer in page
    page = show(mentee.member)
    assert next_of(mentee.member) == "nothing" and "That is everything" in page
    assert reverse("withdraw_request", args=["larkmoor", request.pk]) in page and "Your request, sent today" in page
    ask_question(mentor.member, request, text="Which tide would you like to read first?")
    assert next_of(mentee.member) == "question" and "has a question before deciding" in show(mentee.member)
    page = show(mentor.member)
    assert next_of(mentor.member) == "nothing" and "Your question, asked today" in page


def test_a_kept_place_comes_before_everything_of_ones_own(make_mentor, make_mentee, pair_up, show):
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    first, second = make_mentee("Amara Oyelunde"), make_mentee("Davit Tsereli-Ono")
    relationship = pair_up(first, mentor)
    join_waiting_list(second, mentor)
    page = show(second.member)
    assert "You are number 1 in line" in page and next_of(second.member) == "nothing"
    end_relationship(first.member, relationship, goodbye="Thank you for our talks.")
    page = show(second.member)
    assert next_of(second.member) == "kept" and "A place with Inês is kept for you" in page


def test_new_pairs_say_hello_for_two_weeks(make_mentor, make_mentee, pair_up, show):
    mentor, mentee = make_mentor("Inês Tavaredo"), make_mentee("Amara Oyelunde")
    relationship = pair_up(mentee, mentor)
    assert "Say hello to Inês" in show(mentee.member) and "Say hello to Amara" in show(mentor.member)
    Relationship.objects.filter(pk=relationship.pk).update(opened_at=clock.now() - timedelta(days=15))
    page = show(mentee.member)
    assert next_of(mentee.member) == "nothing"
    assert reverse("relationship", args=["larkmoor", relationship.pk]) in page


def test_it_asks_the_database_as_often_for_many_as_for_few(
    make_mentor, make_mentee, ask, pair_up, client_for, django_assert_max_num_queries
):
    amara = make_mentee("Amara Oyelunde")
    for number in range(3):
        ask(amara, make_mentor(f"Mentor {number}"))
    mentor = make_mentor("Inês Tavaredo", capacity=8)
    for number in range(6):
        pair_up(make_mentee(f"Paired {number}"), mentor)
    for number in range(4):
        ask(make_mentee(f"Asking {number}"), mentor)
    lonely = make_mentee("Davit Tsereli-Ono")
    Member.objects.update(photo_version=1)
    for member, most in ((amara.member, 28), (mentor.member, 28), (lonely.member, 42)):
        client = client_for(member)
        with django_assert_max_num_queries(most):
            client.get(reverse("home", args=["larkmoor"]))


def test_others_see_their_own(make_member, other_organisation, make_mentor, make_mentee, ask, client_for, show):
    ask(make_mentee("Amara Oyelunde"), make_mentor("Inês Tavaredo"))
    assert "Amara" not in show(make_member("Leif Holmqvarn"))
    assert "Inês" not in show(make_member("Gus Farrow", is_guest=True))
    stranger = make_member("Odalys Renner", organisation=other_organisation)
    assert client_for(stranger).get(reverse("home", args=["larkmoor"])).status_code == 404
    assert "Amara" not in show(stranger)


def test_the_one_in_the_panel_is_not_said_twice(make_mentor, make_mentee, ask, show):
    mentor = make_mentor("Inês Tavaredo")
    ask(make_mentee("Amara Oyelunde"), mentor)
    assert "Also waiting for your word" not in show(mentor.member)
    ask(make_mentee("Davit Tsereli-Ono"), mentor)
    page = show(mentor.member)
    assert "Also waiting for your word" in page and page.count("Davit Tsereli-Ono") == 1


def test_an_administrator_sees_who_asks_to_join(make_member, organisation, show):
    ruta = make_member("Ruta Kalvendis", is_administrator=True)
    make_member("Amara Oyelunde")
    organisation.join_by_asking = True
    organisation.save()
    ask_to_join(organisation, full_name="Ilse Fenhollow", email="ilse@brackwater.example", message="")
    page = show(ruta)
    assert next_of(ruta) == "join"
    assert "1 person asks to join" in page and "1 thing waits for your word." in page
    assert reverse("join_requests", args=["larkmoor"]) in page
    assert next_of(Member.objects.get(full_name="Amara Oyelunde")) == "goal"


def test_the_first_administrator_begins_by_bringing_people_in(make_member, show):
    ruta = make_member("Ruta Kalvendis", is_administrator=True)
    page = show(ruta)
    assert next_of(ruta) == "people"
    assert reverse("import_members", args=["larkmoor"]) in page
    make_member("Amara Oyelunde", state="listed")
    assert next_of(ruta) == "goal"


def test_who_runs_something_finds_it_from_home(make_member, show):
    ruta = make_member("Ruta Kalvendis", is_administrator=True)
    amara = make_member("Amara Oyelunde")
    page = show(ruta)
    assert "You also look after" in page and f'<a class="row" href="{reverse("people", args=["larkmoor"])}">' in page
    assert "You also look after" not in show(amara)
