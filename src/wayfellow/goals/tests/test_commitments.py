"""Commitments: added, agreed to, ticked, moved, dropped without reproach, undone; by whom, and read by whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.goals import actions
from wayfellow.goals.models import Commitment, CommitmentStep
from wayfellow.goals.personal import erase_commitments
from wayfellow.goals.queries.commitments import commitment_counts, commitments_of, export_commitments
from wayfellow.goals.queries.home import coming_up
from wayfellow.goals.queries.panel import steps_of
from wayfellow.safety.actions import block_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(organisation):
    return organisation.today(clock.now())


@pytest.fixture
def brief(amara, pair, today):
    return actions.add_commitment(amara, pair, owner=amara, what="Draft the brief", by_when=today + timedelta(days=3))


@pytest.fixture
def asked(ines, amara, pair):
    """Something that Inês wrote for Amara."""
    return actions.add_commitment(ines, pair, owner=amara, what="Call the release lead")


def refusal(function, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        function(*args, **kwargs)
    return refused.value.code


def test_ones_own_is_agreed_at_once_and_tells_nobody(brief, ines, told):
    assert brief.is_agreed and brief.is_open
    assert "commitment_proposed" not in told(ines)


def test_what_another_wrote_waits_for_the_owners_yes(asked, amara, ines, told, mails, events):
    assert not asked.is_agreed
    assert told(amara)[-1] == "commitment_proposed"
    assert mails() > 0
    assert events()[-1] == "commitment_added"
    assert refusal(actions.tick_commitment, amara, asked) == "not_agreed"
    assert refusal(actions.agree_to_commitment, ines, asked) == "not_your_commitment"
    assert actions.agree_to_commitment(amara, asked).is_agreed
    assert refusal(actions.agree_to_commitment, amara, asked) == "agreed_already"
    assert actions.tick_commitment(amara, asked).state == "done"


def test_the_owner_can_say_no_and_the_writer_can_take_it_back_until_the_yes(asked, amara, ines, pair):
    assert actions.drop_commitment(ines, asked).state == "dropped"
    actions.undo_commitment(ines, asked)
    assert actions.drop_commitment(amara, asked).state == "dropped"
    actions.undo_commitment(amara, asked)
    actions.agree_to_commitment(amara, asked)
    assert refusal(actions.drop_commitment, ines, asked) == "not_your_commitment"


def test_ticked_moved_and_undone_step_by_step(brief, amara, today, events):
    first = brief.by_when
    moved = actions.move_commitment(amara, brief, by_when=today + timedelta(days=10))
    assert (moved.state, moved.by_when) == ("moved", today + timedelta(days=10))
    again = actions.move_commitment(amara, brief, by_when=None)
    assert again.by_when is None
    done = actions.tick_commitment(amara, brief)
    assert done.closed_at
    assert list(brief.steps.order_by("pk").values_list("verb", flat=True)) == ["moved", "moved", "done"]
    assert actions.undo_commitment(amara, brief).state == "moved"
    assert actions.undo_commitment(amara, brief).by_when == today + timedelta(days=10)
    last = actions.undo_commitment(amara, brief)
    assert (last.state, last.by_when, last.closed_at) == ("open", first, None)
    assert refusal(actions.undo_commitment, amara, brief) == "nothing_to_undo"
    assert events()[-1] == "commitment_undone"


def test_only_the_owner_changes_it_and_only_who_did_it_undoes_it(brief, ines, amara, today):
    assert refusal(actions.tick_commitment, ines, brief) == "not_your_commitment"
    assert refusal(actions.move_commitment, ines, brief, by_when=today) == "not_your_commitment"
    assert refusal(actions.drop_commitment, ines, brief) == "not_your_commitment"
    actions.tick_commitment(amara, brief)
    assert refusal(actions.undo_commitment, ines, brief) == "not_your_step"
    assert refusal(actions.tick_commitment, amara, brief) == "commitment_closed"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"what": "   "}, "what"),
        ({"what": "x" * 301}, "what"),
        ({"what": "x", "if_moment": "it rains"}, "then_act"),
        ({"what": "x", "then_act": "run"}, "if_moment"),
        ({"what": "x", "by_when": -1}, "by_when"),
        ({"what": "x", "by_when": 365 * 8}, "by_when"),
    ],
)
def test_bad_input_names_its_field(amara, pair, today, fields, field):
    if "by_when" in fields:
        fields = fields | {"by_when": today + timedelta(days=fields["by_when"])}
    with pytest.raises(InvalidInput) as wrong:
        actions.add_commitment(amara, pair, owner=amara, **fields)
    assert wrong.value.field == field
    assert not Commitment.objects.exists()


def test_the_same_day_is_no_move(brief, amara):
    with pytest.raises(InvalidInput):
        actions.move_commitment(amara, brief, by_when=brief.by_when)
    assert not brief.steps.exists()


def test_nothing_is_written_when_it_is_over_blocked_or_ones_own_no_more(brief, amara, ines, pair, stranger):
    assert refusal(actions.add_commitment, stranger, pair, owner=stranger, what="x") == "not_in_it"
    assert refusal(actions.add_commitment, amara, pair, owner=stranger, what="x") == "owner_not_in_it"
    block_member(ines, amara)
    assert refusal(actions.tick_commitment, amara, brief) == "cannot_write_now"
    amara.blocked_by.all().delete()
    pair.state, pair.paused_at, pair.paused_until = "paused", clock.now(), clock.now().date()
    pair.save()
    actions.tick_commitment(amara, brief)
    pair.state, pair.ended_at, pair.paused_at, pair.paused_until = "completed", clock.now(), None, None
    pair.save()
    assert refusal(actions.undo_commitment, amara, brief) == "relationship_over"
    assert refusal(actions.add_commitment, amara, pair, owner=amara, what="x") == "relationship_over"


def test_a_group_reads_and_a_leaver_keeps_what_was_there(group, amara, ines, stranger, foreigner):
    before = actions.add_commitment(ines, group, owner=ines, what="Before")
    davit = group.participants.get(enrolment__member__full_name="Davit T")
    davit.left_at = clock.now()
    davit.save()
    actions.add_commitment(ines, group, owner=ines, what="After")
    actions.tick_commitment(ines, before)
    leaver = davit.enrolment.member
    assert list(Commitment.objects.visible_to(leaver)) == [before]
    assert not CommitmentStep.objects.visible_to(leaver).exists()
    assert Commitment.objects.visible_to(amara).count() == 2
    assert not Commitment.objects.visible_to(stranger).exists()
    assert not Commitment.objects.visible_to(foreigner).exists()
    assert refusal(actions.add_commitment, leaver, group, owner=leaver, what="x") == "not_in_it"
    assert refusal(actions.add_commitment, ines, group, owner=leaver, what="x") == "owner_not_in_it"


def test_counts_are_numbers_without_words(brief, asked, amara, pair, today):
    late = actions.add_commitment(amara, pair, owner=amara, what="Late", by_when=today)
    Commitment.objects.filter(pk=late.pk).update(by_when=today - timedelta(days=2))
    actions.tick_commitment(amara, actions.add_commitment(amara, pair, owner=amara, what="Done"))
    counts = commitment_counts([pair.pk, 0], today=today)
    found = counts[pair.pk]
    assert (found.open, found.overdue, found.waiting, found.done, found.dropped) == (2, 1, 1, 1, 0)
    assert counts[0].open == 0


def test_what_comes_up_is_ones_own_soon_or_waiting(brief, asked, amara, ines, pair, today, django_assert_num_queries):
    actions.add_commitment(amara, pair, owner=amara, what="Far", by_when=today + timedelta(days=60))
    actions.add_commitment(amara, pair, owner=amara, what="Without a day")
    amara.organisation  # noqa: B018 (at hand in a request)
    with django_assert_num_queries(1):
        found = coming_up(amara, now=clock.now())
    assert [row.kind for row in found] == ["commitment_due", "commitment_waits"]
    assert coming_up(ines, now=clock.now()) == []


def test_the_trail_names_what_was_done(brief, amara, ines, pair):
    actions.tick_commitment(amara, brief)
    (step,) = steps_of(pair, ines, 5)
    assert (step.whose, step.text) == ("mentee", "Amara did: Draft the brief")
    assert steps_of(pair, amara, 5)[0].text == "You did: Draft the brief"


def test_events_never_say_what_was_promised(brief, asked):
    assert not any("brief" in str(event.details) or "release" in str(event.details) for event in Event.objects.all())


def test_the_page_adds_keeps_what_was_typed_and_undoes(amara, ines, pair, client_for):
    client = client_for(amara)
    url = reverse("commitments", args=["larkmoor", pair.pk])
    add = reverse("add_commitment", args=["larkmoor", pair.pk])
    bad = client.post(add, {"commit-what": "", "commit-owner": str(ines.pk), "commit-if_moment": "it <b>rains</b>"})
    assert bad.status_code == 422
    assert "it &lt;b&gt;rains&lt;/b&gt;" in bad.content.decode()
    sent = {"commit-what": "Read it <b>twice</b>", "commit-owner": str(amara.pk), "commit-by_when": ""}
    assert client.post(add, sent).status_code == 302
    row = Commitment.objects.get()
    assert "Read it &lt;b&gt;twice&lt;/b&gt;" in client.get(url).content.decode()
    after = client.post(reverse("tick_commitment", args=["larkmoor", row.pk]), {"next": url}, follow=True)
    assert "Undo" in after.content.decode()
    client.post(reverse("undo_commitment", args=["larkmoor", row.pk]), {"next": "https://elsewhere.example/"})
    row.refresh_from_db()
    assert row.state == "open"
    move = reverse("move_commitment", args=["larkmoor", row.pk])
    assert client.post(move, {"by_when": "2001-01-01"}).status_code == 422
    assert client.get(move).status_code == 200
    elsewhere = client.post(reverse("drop_commitment", args=["larkmoor", row.pk]), {"next": "//elsewhere.example/"})
    assert elsewhere["Location"].startswith(url)


def test_lists_search_filter_page_and_export_in_a_fixed_number_of_queries(
    amara, ines, pair, client_for, today, django_assert_max_num_queries
):
    for number in range(25):
        row = actions.add_commitment(amara, pair, owner=amara, what=f"Thing {number:02}", by_when=today)
        if number < 3:
            actions.tick_commitment(amara, row)
    actions.add_commitment(ines, pair, owner=amara, what="Asked of you")
    client = client_for(amara)
    url = reverse("my_commitments", args=["larkmoor"])
    client.get(url)
    with django_assert_max_num_queries(22):
        text = client.get(url).content.decode()
    assert "of 23" in text
    assert f'/relationships/{pair.pk}/commitments/">Inês</a>' in text
    assert "Thing 24" in client.get(url, {"page": 2}).content.decode()
    assert "Thing 07" in client.get(url, {"q": "thing 07"}).content.decode()
    assert "Asked of you" in client.get(url, {"show": "waiting"}).content.decode()
    assert "Thing 01" in client.get(url, {"show": "done"}).content.decode()
    assert "Nothing here fits" in client.get(url, {"q": "unheard"}).content.decode()
    file = b"".join(client.get(url, {"format": "csv", "show": "done"}).streaming_content).decode()
    assert file.count("Thing") == 3
    one = reverse("commitments", args=["larkmoor", pair.pk])
    assert client.get(one, {"format": "xlsx"}).status_code == 200


def test_strangers_and_other_organisations_find_nothing(brief, pair, stranger, foreigner, client_for, amara):
    for other, slug in ((stranger, "larkmoor"), (foreigner, "northfen")):
        client = client_for(other)
        assert client.get(reverse("commitments", args=[slug, pair.pk])).status_code == 404
        for name in ("tick_commitment", "drop_commitment", "undo_commitment", "agree_to_commitment", "move_commitment"):
            assert client.post(reverse(name, args=[slug, brief.pk])).status_code == 404
    brief.refresh_from_db()
    assert brief.state == "open"


def test_too_many_open_ones_are_refused(amara, pair, monkeypatch):
    from wayfellow.goals.policy import commitments as rules

    monkeypatch.setattr(rules, "MOST_OPEN_COMMITMENTS", 1)
    actions.add_commitment(amara, pair, owner=amara, what="One")
    assert refusal(actions.add_commitment, amara, pair, owner=amara, what="Two") == "too_many_commitments"


def test_taken_away_and_erased(brief, asked, amara, ines, pair, today):
    mine = actions.add_commitment(amara, pair, owner=ines, what="Lend me the book")
    assert {row["what"] for row in export_commitments(amara)} == {"Draft the brief", "Call the release lead", mine.what}
    erase_commitments(amara)
    (left,) = commitments_of(ines, today=today)
    assert (left.what, left.written_by) == (mine.what, None)
