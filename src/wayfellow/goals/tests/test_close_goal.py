"""Goals end well: reached or set aside, taken up again, or deleted for good."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wayfellow.core.errors import Refused
from wayfellow.goals import actions
from wayfellow.goals.models import Goal
from wayfellow.goals.policy import MOST_OPEN_GOALS
from wayfellow.skills.models import Skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(make_member):
    return make_member("Amara Oyelunde")


@pytest.fixture
def set_goal(amara):
    skill = Skill.objects.create(key="unheard-of", name="Unheard of", family="product")

    def make(title):
        today = timezone.localdate()
        goal = actions.start_goal(amara)
        actions.save_goal_step(amara, goal, step=1, fields={"title": title})
        actions.save_goal_step(
            amara, goal, step=2, fields={"sign_of_success": "Seen", "by_when": today + timedelta(days=90)}
        )
        actions.set_goal_skills(amara, goal, [(skill, 1, 3)])
        return actions.activate_goal(amara, goal, today=today)

    return make


def test_the_first_goal_is_the_main_one_and_the_next_takes_its_place(amara, set_goal):
    first, second = set_goal("First"), set_goal("Second")
    assert (first.is_main, second.is_main) == (True, False)
    actions.close_goal(amara, first, reached=True)
    second.refresh_from_db()
    assert second.is_main


def test_one_goal_at_a_time_is_the_main_one(amara, set_goal, client_for):
    first, second = set_goal("First"), set_goal("Second")
    client_for(amara).post(reverse("make_main_goal", args=["larkmoor", second.pk]))
    assert list(Goal.objects.filter(is_main=True)) == [second]
    first.refresh_from_db()
    assert not first.is_main


def test_a_closed_goal_cannot_be_changed_until_it_is_taken_up_again(amara, set_goal):
    goal = actions.close_goal(amara, set_goal("First"), reached=False)
    with pytest.raises(Refused, match="closed"):
        actions.save_goal_step(amara, goal, step=1, fields={"title": "Other"})
    actions.reopen_goal(amara, goal)
    assert actions.save_goal_step(amara, goal, step=1, fields={"title": "Other"}).title == "Other"


def test_closing_and_deleting_ask_once_more(amara, set_goal, client_for):
    goal, client = set_goal("First"), client_for(amara)
    for name in ("close_goal", "delete_goal"):
        assert client.get(reverse(name, args=["larkmoor", goal.pk])).status_code == 200
    assert Goal.objects.filter(state=Goal.State.ACTIVE).count() == 1
    client.post(reverse("delete_goal", args=["larkmoor", goal.pk]))
    assert not Goal.objects.exists()
    assert client.post(reverse("delete_goal", args=["larkmoor", goal.pk])).status_code == 404


def test_ten_open_goals_are_enough(amara, set_goal):
    for number in range(MOST_OPEN_GOALS):
        set_goal(f"Goal {number}")
    with pytest.raises(Refused, match="goals open"):
        actions.start_goal(amara)


def test_the_list_searches_pages_and_asks_few_questions(amara, set_goal, client_for, django_assert_max_num_queries):
    set_goal("Lead a crew")
    for number in range(5):
        set_goal(f"Goal {number}")
    client = client_for(amara)
    client.get(reverse("goals", args=["larkmoor"]))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("goals", args=["larkmoor"]), {"q": "crew"}).content.decode()
    assert "Lead a crew" in page
    assert "Goal 3" not in page
