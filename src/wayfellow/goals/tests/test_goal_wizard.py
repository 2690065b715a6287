"""A member turns "I want to grow" into a goal, step by step, without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wayfellow.audit.models import Event
from wayfellow.goals.actions import start_goal
from wayfellow.goals.models import Goal
from wayfellow.people.actions.profile import save_profile
from wayfellow.skills.models import Skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(make_member):
    return make_member("Amara Oyelunde")


def step(goal, number):
    return reverse("goal_step", args=["larkmoor", goal.pk, number])


def a_skill(key="interviews"):
    return Skill.objects.create(key=key, name=key.title(), family="product")


def test_five_steps_make_a_goal(amara, client_for):
    client = client_for(amara)
    skill = a_skill("unheard-of")
    answer = client.post(reverse("start_goal", args=["larkmoor"]))
    goal = Goal.objects.get()
    assert answer.url == step(goal, 1)
    client.post(step(goal, 1), {"title": "Become a product manager", "why": "I like deciding"})
    by_when = timezone.localdate() + timedelta(days=200)
    client.post(step(goal, 2), {"sign_of_success": "I own a feature", "by_when": by_when.isoformat()})
    client.post(
        step(goal, 3),
        {"skills-skill": [skill.key], f"skills-from-{skill.key}": "2", f"skills-to-{skill.key}": "4"},
    )
    client.post(step(goal, 4), {"obstacle": "Reports", "if_moment": "It is three", "then_act": "I close it"})
    answer = client.post(step(goal, 5))
    assert answer.url == reverse("edit_profile", args=["larkmoor", "about"])
    goal.refresh_from_db()
    assert (goal.state, goal.is_main, goal.by_when) == (Goal.State.ACTIVE, True, by_when)
    assert [(row.skill, row.from_level, row.to_level) for row in goal.skills.all()] == [(skill, 2, 4)]
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["goal_started", "goal_saved", "goal_saved", "goal_skills_set", "goal_saved", "goal_set"]


def test_who_has_a_profile_goes_home_after_the_last_step(amara, client_for):
    save_profile(amara, amara, values={"about": "Here already"})
    goal = start_goal(amara)
    client = client_for(amara)
    client.post(step(goal, 1), {"title": "Become a product manager", "why": ""})
    by_when = timezone.localdate() + timedelta(days=200)
    client.post(step(goal, 2), {"sign_of_success": "I own a feature", "by_when": by_when.isoformat()})
    key = a_skill("unheard-of").key
    client.post(step(goal, 3), {"skills-skill": [key], f"skills-from-{key}": "2", f"skills-to-{key}": "4"})
    assert client.post(step(goal, 5)).url == reverse("home", args=["larkmoor"])


def test_events_never_carry_what_a_goal_says(amara, client_for):
    client = client_for(amara)
    goal = start_goal(amara)
    client.post(step(goal, 1), {"title": "Quite a secret wish", "why": ""})
    assert "secret" not in str(list(Event.objects.values()))


def test_the_last_step_names_what_is_missing(amara, client_for):
    client = client_for(amara)
    goal = start_goal(amara)
    client.post(step(goal, 1), {"title": "Become a product manager", "why": ""})
    page = client.post(step(goal, 5))
    assert "Choose at least one skill" in page.content.decode()
    goal.refresh_from_db()
    assert goal.state == Goal.State.DRAFT


@pytest.mark.parametrize(
    ("number", "data", "says"),
    [
        (1, {"title": "", "why": "x"}, "Say where you want to go"),
        (1, {"title": "x" * 200, "why": "kept as typed"}, "at most 160 characters"),
        (2, {"sign_of_success": "x", "by_when": "2020-01-01"}, "must be after today"),
        (2, {"sign_of_success": "kept as typed", "by_when": "soon"}, "Write a date like"),
        (2, {"sign_of_success": "x", "by_when": "9999-01-01"}, "within the next ten years"),
        (4, {"obstacle": "", "if_moment": "kept as typed", "then_act": ""}, "Say what you will do then"),
    ],
)
def test_bad_input_is_named_beside_the_field_and_kept(amara, client_for, number, data, says):
    client = client_for(amara)
    goal = start_goal(amara)
    page = client.post(step(goal, number), data).content.decode()
    assert says in page
    assert 'class="errors"' in page
    if "kept as typed" in data.values():
        assert "kept as typed" in page
    goal.refresh_from_db()
    assert goal.title == ""


def test_the_level_wanted_must_be_higher(amara, client_for):
    client = client_for(amara)
    goal, skill = start_goal(amara), a_skill("unheard-of")
    sent = {"skills-skill": [skill.key], f"skills-from-{skill.key}": "4", f"skills-to-{skill.key}": "2"}
    page = client.post(step(goal, 3), sent)
    assert "choose a level above" in page.content.decode()
    assert not goal.skills.exists()


def test_a_goal_is_read_by_its_owner_alone(amara, make_member, client_for, other_organisation):
    goal = start_goal(amara)
    for reader in (
        make_member("Ruta Kalvendis", is_administrator=True),
        make_member("Sam Quell", is_safeguarding_lead=True),
        make_member("Hanne Brugmandt"),
    ):
        client = client_for(reader)
        for name in ("goal", "close_goal", "delete_goal"):
            assert client.get(reverse(name, args=["larkmoor", goal.pk])).status_code == 404
        assert client.post(step(goal, 1), {"title": "Mine now"}).status_code == 404
    stranger = client_for(make_member("Ola Nordby", organisation=other_organisation))
    assert stranger.get(reverse("goal", args=["larkmoor", goal.pk])).status_code == 404
    assert stranger.get(reverse("goal", args=["northfen", goal.pk])).status_code == 404


def test_only_what_may_stay_empty_says_so(client_for, make_member):
    amara = make_member("Amara Oyelunde")
    goal = start_goal(amara)
    pages = [
        client_for(amara).get(reverse("goal_step", args=["larkmoor", goal.pk, step])).content.decode()
        for step in (1, 2, 4)
    ]
    assert [page.count("(if you like)") for page in pages] == [1, 0, 3]
