"""A goal is shared item by item, with each relationship by itself, and stopped at any time."""

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.goals import actions, policy
from wayfellow.goals.models import Goal, GoalShare
from wayfellow.goals.queries.panel import read_panel
from wayfellow.goals.queries.sharing import export_shares, shared_goals
from wayfellow.goals.readers import READERS
from wayfellow.relationships.tests.conftest import days
from wayfellow.safety.actions import block_member

pytestmark = pytest.mark.django_db
WITHHELD = ("I like deciding", "Outage weeks", "I move my half-day")


def page(client, pair, name="goals_together"):
    return client.get(reverse(name, args=["larkmoor", pair.pk]))


def test_a_reader_gets_the_shared_items_and_no_others(amara, ines, goal, pair, client_for, events):
    actions.share_goal(amara, goal, pair, items=dict.fromkeys(("title", "sign_of_success", "skills"), "everyone"))
    (shared,) = shared_goals(pair, ines)
    assert (shared.title, shared.sign_of_success) == (goal.title, "I own one small feature.")
    assert len(shared.skills) == 1
    assert (shared.why, shared.obstacle, shared.if_moment) == ("", "", "")
    text = page(client_for(ines), pair).content.decode()
    assert "I own one small feature." in text
    assert not any(words in text for words in WITHHELD)
    assert events()[-1] == "goal_shared"


def test_the_goal_itself_stays_its_owners(amara, ines, goal, pair, client_for):
    actions.share_goal(amara, goal, pair, items=dict.fromkeys(GoalShare.Item.values, "everyone"))
    assert not Goal.objects.visible_to(ines).exists()
    assert client_for(ines).get(reverse("goal", args=["larkmoor", goal.pk])).status_code == 404


def test_mentors_alone_or_everybody(amara, ines, goal, group):
    kofi = group.participants.get(enrolment__member__full_name="Kofi A").enrolment.member
    assert policy.audiences_for(amara, group) == ["mentors", "everyone"]
    actions.share_goal(amara, goal, group, items={"title": "everyone", "obstacle": "mentors"})
    assert shared_goals(group, ines)[0].obstacle == "Outage weeks."
    (shared,) = shared_goals(group, kofi)
    assert (shared.title, shared.obstacle) == (goal.title, "")


def test_sharing_with_one_relationship_shares_with_no_other(amara, ines, goal, pair, group):
    kofi = group.participants.get(enrolment__member__full_name="Kofi A").enrolment.member
    actions.share_goal(amara, goal, pair, items={"title": "everyone"})
    assert shared_goals(group, kofi) == []
    assert shared_goals(group, ines) == []


def test_what_is_chosen_replaces_what_was(amara, ines, goal, pair):
    actions.share_goal(amara, goal, pair, items={"title": "everyone", "why": "everyone"})
    actions.share_goal(amara, goal, pair, items={"why": "everyone", "obstacle": "everyone"})
    (shared,) = shared_goals(pair, ines)
    assert (shared.title, shared.why, shared.obstacle) == ("", goal.why, goal.obstacle)


def test_stopping_is_possible_when_it_is_over_and_when_blocked(amara, ines, goal, pair, events):
    actions.share_goal(amara, goal, pair, items={"title": "everyone"})
    block_member(ines, amara)
    pair.state, pair.ended_at = "ended_early", clock.now()
    pair.save()
    assert shared_goals(pair, ines)
    actions.stop_sharing_goal(amara, goal, pair)
    assert shared_goals(pair, ines) == []
    assert events()[-1] == "goal_sharing_stopped"


def test_what_is_written_after_the_end_is_the_owners_alone(amara, ines, goal, pair):
    actions.share_goal(amara, goal, pair, items={"title": "everyone"})
    pair.state, pair.ended_at = "completed", clock.now()
    pair.save()
    assert shared_goals(pair, ines)[0].title == goal.title
    actions.save_goal_step(amara, goal, step=1, fields={"title": "Leave for the competition"})
    assert shared_goals(pair, ines) == []
    assert shared_goals(pair, amara)[0].title == "Leave for the competition"


def test_who_left_a_group_reads_no_later_word_and_nobody_reads_theirs(amara, ines, goal, group):
    davit = group.participants.get(enrolment__member__full_name="Davit T")
    actions.share_goal(amara, goal, group, items={"title": "everyone"})
    davit.left_at = clock.now()
    davit.save()
    assert shared_goals(group, davit.enrolment.member)[0].title == goal.title
    actions.save_goal_step(amara, goal, step=1, fields={"title": "Something new"})
    assert shared_goals(group, davit.enrolment.member) == []
    assert shared_goals(group, ines)[0].title == "Something new"
    group.participants.filter(enrolment__member=amara).update(left_at=clock.now())
    actions.save_goal_step(amara, goal, step=1, fields={"title": "Newer still"})
    assert shared_goals(group, ines) == []


def test_refused_for_others_unnamed_goals_blocked_and_ended(amara, ines, goal, pair, stranger):
    items = {"title": "everyone"}
    for actor, code in ((ines, "not_your_goal"), (stranger, "not_your_goal")):
        with pytest.raises(Refused) as refused:
            actions.share_goal(actor, goal, pair, items=items)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        actions.share_goal(amara, actions.start_goal(amara), pair, items=items)
    assert refused.value.code == "goal_unnamed"
    block_member(ines, amara)
    with pytest.raises(Refused) as refused:
        actions.share_goal(amara, goal, pair, items=items)
    assert refused.value.code == "cannot_write_now"
    assert "block" not in str(refused.value).lower()
    assert not GoalShare.objects.exists()


@pytest.mark.parametrize("items", [{"state": "everyone"}, {"title": "world"}, {"title": "mentors"}])
def test_unknown_items_and_circles_are_refused(amara, goal, pair, items):
    with pytest.raises(InvalidInput):
        actions.share_goal(amara, goal, pair, items=items)


def test_the_page_saves_says_who_reads_and_keeps_errors(amara, goal, pair, client_for):
    client = client_for(amara)
    url = reverse("share_goal", args=["larkmoor", goal.pk, pair.pk])
    text = client.get(url).content.decode()
    assert "What Inês can read" in text and "Only you" in text
    assert client.post(url, {"title": "nobody-i-know"}).status_code == 422
    assert client.post(url, {"title": "everyone", "why": ""}).status_code == 302
    assert list(goal.shares.values_list("item", "audience")) == [("title", "everyone")]
    text = client.get(reverse("goal_sharing", args=["larkmoor", goal.pk])).content.decode()
    assert "Change what they read" in text
    client.post(reverse("stop_sharing_goal", args=["larkmoor", goal.pk, pair.pk]))
    assert not goal.shares.exists()


def test_strangers_and_other_organisations_find_nothing(amara, goal, pair, stranger, foreigner, client_for):
    for other, slug in ((stranger, "larkmoor"), (foreigner, "northfen")):
        client = client_for(other)
        assert client.get(reverse("goals_together", args=[slug, pair.pk])).status_code == 404
        assert client.get(reverse("share_goal", args=[slug, goal.pk, pair.pk])).status_code == 404
        assert client.post(reverse("stop_sharing_goal", args=[slug, goal.pk, pair.pk])).status_code == 404


def test_the_panel_takes_a_fixed_number_of_queries(amara, ines, goal, pair, django_assert_max_num_queries):
    from wayfellow.goals.queries.together import relationships_of

    for number in range(12):
        actions.add_commitment(ines, pair, owner=ines, what=f"Thing {number}")
    actions.share_goal(amara, goal, pair, items={"title": "everyone", "skills": "everyone"})
    found = relationships_of(ines).get(pk=pair.pk)
    with django_assert_max_num_queries(7):
        panel = read_panel(found, ines, now=clock.now())
        assert [row.last_step for row in panel.commitments] == [None] * 4
        assert panel.goals[0].title and panel.more


def test_readers_are_told_from_the_policy(amara, goal, pair):
    readers = {kind.kind: kind.readers for kind in READERS}
    assert set(readers["goals.Goal"]) == {"me", "others"}
    assert set(readers["goals.Commitment"]) == {"me", "others", "manager"}


def test_what_one_shares_can_be_taken_away(amara, goal, pair):
    actions.share_goal(amara, goal, pair, items={"why": "everyone"})
    assert [row["item"] for row in export_shares(amara)] == ["why"]
    assert days(1)
