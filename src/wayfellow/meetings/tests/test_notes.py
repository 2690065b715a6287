"""Notes together lose no word; versions, conflicts, putting back; private notes are read by their author alone."""

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.core.errors import Conflict, InvalidInput, Refused
from wayfellow.meetings.actions.notes import LONGEST, restore_note, save_note, save_private_note, settle_conflict
from wayfellow.meetings.models import NoteConflict, NoteVersion, PrivateNote, SharedNote
from wayfellow.meetings.personal_notes import erase_notes, export_notes, export_private_notes
from wayfellow.meetings.queries.notes import read_notes, read_notes_panel
from wayfellow.meetings.readers import READERS
from wayfellow.safety.actions import block_member

pytestmark = pytest.mark.django_db
BASE = "Brief v2: the legend went.\nTest with two crews before the review.\nNext: 3 December."
HERS = BASE.replace("two crews", "one crew and one call-taker")
MINE = BASE.replace("two crews", "two crews on a night shift")


@pytest.fixture
def meeting(plan, amara, pair):
    return plan(amara, pair)


@pytest.fixture
def clash(meeting, amara, ines):
    """Both changed the same line of the same version."""
    save_note(amara, meeting, text=BASE, based_on=0)
    save_note(ines, meeting, text=HERS, based_on=1)
    _version, (conflict,) = save_note(amara, meeting, text=MINE, based_on=1)
    return conflict


def text_of(meeting, reader):
    return read_notes(meeting, reader).version.text


def refusal(function, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        function(*args, **kwargs)
    return refused.value.code


def test_saved_and_read_by_both(meeting, amara, ines, events):
    version, conflicts = save_note(amara, meeting, text="One\r\nTwo  \n\n", based_on=0)
    assert (version.number, conflicts) == (1, [])
    assert text_of(meeting, ines) == "One\nTwo"
    assert events()[-1] == "note_saved"
    assert save_note(amara, meeting, text="One\nTwo", based_on=1)[0].number == 1


def test_lines_in_different_places_are_brought_together(meeting, amara, ines):
    save_note(amara, meeting, text=BASE, based_on=0)
    save_note(ines, meeting, text=BASE + "\nHers at the end.", based_on=1)
    version, conflicts = save_note(amara, meeting, text="Mine at the top.\n" + BASE, based_on=1)
    assert conflicts == []
    assert (version.kind, version.text) == ("merged", f"Mine at the top.\n{BASE}\nHers at the end.")


def test_the_same_line_changed_by_both_is_shown_and_nothing_overwritten(meeting, amara, ines, clash):
    assert text_of(meeting, amara) == HERS
    assert (clash.theirs, clash.mine) == (
        ["Test with one crew and one call-taker before the review."],
        ["Test with two crews on a night shift before the review."],
    )
    (shown,) = read_notes(meeting, ines).conflicts
    assert any(piece.kind == "added" and "night" in piece.text for piece in shown.mine)
    assert NoteVersion.objects.filter(kind="offered", text=MINE, author=amara).exists()


@pytest.mark.parametrize(
    ("choice", "inside", "outside"),
    [
        ("both", ["call-taker", "night shift"], []),
        ("theirs", ["call-taker"], ["night shift"]),
        ("mine", ["night shift"], ["call-taker"]),
    ],
)
def test_settled_as_chosen(meeting, amara, ines, clash, choice, inside, outside, events):
    settle_conflict(ines, clash, choice=choice)
    text = text_of(meeting, amara)
    assert all(words in text for words in inside) and not any(words in text for words in outside)
    assert read_notes(meeting, amara).conflicts == []
    assert events()[-1] == "note_conflict_settled"
    assert refusal(settle_conflict, amara, clash, choice="both") == "settled_already"
    assert NoteVersion.objects.filter(text__contains="night shift").exists()


def test_settling_keeps_what_was_written_meanwhile(meeting, amara, ines, clash):
    now = read_notes(meeting, ines).version
    rewritten = now.text.replace("Test with one crew", "Try it with one crew") + "\nA later line."
    save_note(ines, meeting, text=rewritten, based_on=now.number)
    settle_conflict(amara, clash, choice="mine")
    text = text_of(meeting, amara)
    assert "A later line." in text and "night shift" in text and "Try it with one crew" in text


def test_a_text_that_began_as_nothing_known_loses_nothing(meeting, amara, ines):
    save_note(amara, meeting, text="Amara first", based_on=0)
    save_note(ines, meeting, text="Inês first", based_on=0)
    save_note(ines, meeting, text="From elsewhere", based_on=999)
    assert set(text_of(meeting, amara).split("\n")) == {"Amara first", "Inês first", "From elsewhere"}


def test_put_back_asks_for_the_text_that_was_looked_at(meeting, amara, ines, events):
    first, _none = save_note(amara, meeting, text="First", based_on=0)
    save_note(ines, meeting, text="Second", based_on=1)
    with pytest.raises(Conflict):
        restore_note(amara, first, instead_of=1)
    restored = restore_note(amara, first, instead_of=2)
    assert (restored.number, restored.kind, restored.text) == (3, "restored", "First")
    assert NoteVersion.objects.filter(text="Second").exists()
    assert events()[-1] == "note_restored"


def test_too_long_is_refused_and_kept_in_the_form(meeting, pair, amara, client_for):
    with pytest.raises(InvalidInput):
        save_note(amara, meeting, text="x" * (LONGEST + 1), based_on=0)
    url = reverse("save_note", args=["larkmoor", pair.pk, meeting.pk])
    answer = client_for(amara).post(url, {"note-text": "y" * (LONGEST + 1), "note-based_on": 0})
    assert answer.status_code == 422 and "yyyyy" in answer.content.decode()


def test_nothing_is_written_when_over_or_kept_apart(meeting, pair, amara, ines, leif, clash):
    assert refusal(save_note, leif, meeting, text="x", based_on=0) == "not_yours"
    block_member(ines, amara)
    assert refusal(save_note, amara, meeting, text="x", based_on=0) == "not_just_now"
    assert refusal(settle_conflict, amara, clash, choice="both") == "not_just_now"
    assert save_private_note(amara, meeting, text="For me", based_on=0).text == "For me"
    pair.state, pair.ended_at = "completed", clock.now()
    pair.save()
    assert refusal(save_note, amara, meeting, text="x", based_on=0) == "already_ended"
    assert refusal(save_private_note, amara, meeting, text="x", based_on=1) == "already_ended"


def test_who_left_reads_the_versions_from_before(group, plan, amara, kofi, leif):
    meeting = plan(amara, group)
    save_note(amara, meeting, text="Before", based_on=0)
    with clock.moved_to(clock.now() + clock.timezone.timedelta(hours=1)):
        group.participants.filter(enrolment__member=kofi).update(left_at=clock.now())
    with clock.moved_to(clock.now() + clock.timezone.timedelta(hours=2)):
        save_note(leif, meeting, text="After", based_on=1)
        assert text_of(meeting, kofi) == "Before"
        assert text_of(meeting, amara) == "After"
        assert refusal(save_note, kofi, meeting, text="x", based_on=1) == "you_left_it"


def test_private_notes_are_read_by_their_author_alone(meeting, amara, ines, administrator, pair, client_for):
    save_private_note(amara, meeting, text="I was defensive.", based_on=0)
    for other in (ines, administrator):
        assert not PrivateNote.objects.visible_to(other).exists()
    url = reverse("meeting", args=["larkmoor", pair.pk, meeting.pk])
    assert "I was defensive." not in client_for(ines).get(url).content.decode()
    assert "I was defensive." in client_for(amara).get(url).content.decode()
    assert [row["text"] for row in export_private_notes(amara)] == ["I was defensive."]
    assert not any("defensive" in str(event.details) for event in Event.objects.all())


def test_two_windows_of_ones_own_lose_nothing(meeting, amara):
    save_private_note(amara, meeting, text="Shared\nOne", based_on=0)
    note = save_private_note(amara, meeting, text="Shared\nTwo", based_on=0)
    assert note.text.split("\n").count("Shared") == 1
    assert {"One", "Two"} <= set(note.text.split("\n"))
    assert save_private_note(amara, meeting, text="All new", based_on=note.version).text == "All new"


def test_the_page_shows_a_conflict_side_by_side_and_settles_it(meeting, pair, amara, ines, clash, client_for):
    client = client_for(amara)
    url = reverse("meeting", args=["larkmoor", pair.pk, meeting.pk])
    text = client.get(url).content.decode()
    assert "Nothing was overwritten" in text and "<ins>" in text and "Keep Inês’s" in text and "Keep mine" in text
    settle = reverse("settle_conflict", args=["larkmoor", pair.pk, meeting.pk, clash.pk])
    assert client.post(settle, {"choice": "all of them"}).status_code == 302
    assert not NoteConflict.objects.get().settled_at
    client.post(settle, {"choice": "both"})
    assert "Nothing was overwritten" not in client.get(url).content.decode()


def test_versions_are_listed_shown_and_put_back(meeting, pair, amara, ines, clash, client_for):
    client = client_for(ines)
    args = ["larkmoor", pair.pk, meeting.pk]
    assert "Kept beside" in client.get(reverse("note_versions", args=args)).content.decode()
    page = client.get(reverse("note_version", args=[*args, 1])).content.decode()
    assert "Put this back" in page
    assert client.get(reverse("note_version", args=[*args, 99])).status_code == 404
    client.post(reverse("restore_note", args=[*args, 1]), {"instead_of": "x"})
    assert text_of(meeting, ines) == HERS
    client.post(reverse("restore_note", args=[*args, 1]), {"instead_of": "2"})
    assert text_of(meeting, ines) == BASE


def test_html_in_notes_is_words(meeting, pair, amara, ines, client_for):
    save_note(amara, meeting, text="<script>alert(1)</script>\nOne", based_on=0)
    save_note(ines, meeting, text="<b>theirs</b>\nOne", based_on=1)
    save_note(amara, meeting, text="<i>mine</i>\nOne", based_on=1)
    text = client_for(amara).get(reverse("meeting", args=["larkmoor", pair.pk, meeting.pk])).content.decode()
    assert "<b>theirs" not in text and "<i>mine" not in text and "<script>alert" not in text


def test_strangers_and_other_organisations_find_nothing(
    meeting, pair, amara, leif, make_member, other_organisation, client_for, clash
):
    foreigner = make_member("Yusra Haddarine", organisation=other_organisation)
    for other, slug in ((leif, "larkmoor"), (foreigner, "northfen")):
        client = client_for(other)
        args = [slug, pair.pk, meeting.pk]
        assert client.get(reverse("meeting", args=args)).status_code == 404
        assert client.get(reverse("note_versions", args=args)).status_code == 404
        assert client.get(reverse("note_version", args=[*args, 1])).status_code == 404
        assert client.post(reverse("save_note", args=args), {"note-text": "x", "note-based_on": 0}).status_code == 404
        assert client.post(reverse("settle_conflict", args=[*args, clash.pk]), {"choice": "both"}).status_code == 404
        for model in (SharedNote, NoteVersion, NoteConflict, PrivateNote):
            assert not model.objects.visible_to(other).exists()


def test_pages_cost_a_fixed_number_of_queries(meeting, pair, amara, ines, client_for, django_assert_max_num_queries):
    for number in range(30):
        save_note(amara, meeting, text=f"Line {number}", based_on=number)
    client = client_for(amara)
    args = ["larkmoor", pair.pk, meeting.pk]
    client.get(reverse("meeting", args=args))
    with django_assert_max_num_queries(40):
        client.get(reverse("meeting", args=args))
    with django_assert_max_num_queries(20):
        client.get(reverse("note_versions", args=args))
    with django_assert_max_num_queries(8):
        read_notes_panel(pair, ines, now=clock.now())


def test_readers_and_taking_away(meeting, amara, ines, clash):
    kinds = {kind.kind: set(kind.readers) for kind in READERS}
    assert (kinds["notes"], kinds["private_notes"]) == ({"me", "others"}, {"me"})
    assert {row["text"] for row in export_notes(amara)} >= {BASE, MINE}
    erase_notes(amara)
    assert not NoteVersion.objects.filter(author=amara).exists()
    assert text_of(meeting, ines) == HERS
