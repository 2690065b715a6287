"""Many editors at once on the same notes lose no word: real threads, real connections, both databases."""

import pytest
from django.db.models import Max

from wayfellow.meetings.actions.agendas import add_agenda_point
from wayfellow.meetings.actions.notes import save_note, settle_conflict
from wayfellow.meetings.models import AgendaPoint, NoteConflict, NoteVersion, SharedNote
from wayfellow.meetings.queries.notes import read_notes
from wayfellow.relationships.tests.test_races import at_once

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
EDITORS, ROUNDS = 8, 4
BASE = "Brief v2.\nTest with two crews.\nNext: 3 December."


def edited(number: int, round_: int, text: str) -> tuple[str, str]:
    """The text as one editor leaves it, and the word only this editor wrote, in one of four ways."""
    word = f"word{number}x{round_}"
    lines = text.split("\n")
    way = (number + round_) % 4
    if way == 0:
        lines.append(word)
    elif way == 1:
        lines.insert(0, word)
    elif way == 2:
        lines[len(lines) // 2] += f" {word}"
    else:
        lines[len(lines) // 2 : len(lines) // 2 + 1] = [word, ""]
    return "\n".join(lines), word


def test_many_editors_at_once_lose_no_word(plan, amara, ines, pair, settings):
    meeting = plan(amara, pair)
    save_note(amara, meeting, text=BASE, based_on=0)
    words: list[str] = []

    def edit(number: int) -> None:
        who = (amara, ines)[number % 2]
        seen, number_of = BASE, 1
        for round_ in range(ROUNDS):
            text, word = edited(number, round_, seen)
            words.append(word)
            version, _conflicts = save_note(who, meeting, text=text, based_on=number_of)
            seen, number_of = version.text, version.number

    at_once(*(lambda number=number: edit(number) for number in range(EDITORS)))
    history = "\n".join(NoteVersion.objects.values_list("text", flat=True)).split()
    assert len(words) == EDITORS * ROUNDS
    assert not [word for word in words if word not in history]
    numbers = list(NoteVersion.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert SharedNote.objects.get().latest == numbers[-1]
    assert NoteVersion.objects.aggregate(last=Max("number"))["last"] == numbers[-1]


def test_each_word_of_one_moment_stands_or_is_offered(plan, amara, ines, pair):
    meeting = plan(amara, pair)
    save_note(amara, meeting, text=BASE, based_on=0)

    def edit(number: int) -> str:
        text, word = edited(number, 2, BASE)
        save_note((amara, ines)[number % 2], meeting, text=text, based_on=1)
        return word

    words = at_once(*(lambda number=number: edit(number) for number in range(EDITORS)))
    standing = read_notes(meeting, amara).version.text
    offered = " ".join(" ".join(conflict.mine) for conflict in NoteConflict.objects.all())
    assert not [word for word in words if word not in standing and word not in offered]
    for conflict in NoteConflict.objects.order_by("pk"):
        settle_conflict(ines, conflict, choice="both")
    standing = read_notes(meeting, amara).version.text
    assert not [word for word in words if word not in standing]


def test_the_first_save_of_many_begins_one_note(plan, amara, ines, pair):
    meeting = plan(amara, pair)
    at_once(
        *(
            lambda number=number: save_note((amara, ines)[number % 2], meeting, text=f"first{number}", based_on=0)
            for number in range(EDITORS)
        )
    )
    assert SharedNote.objects.count() == 1
    assert set(read_notes(meeting, amara).version.text.split()) == {f"first{number}" for number in range(EDITORS)}


def test_points_added_at_once_have_places_of_their_own(plan, amara, ines, pair):
    meeting = plan(amara, pair)
    at_once(
        *(
            lambda number=number: add_agenda_point((amara, ines)[number % 2], meeting, text=f"Point {number}")
            for number in range(EDITORS)
        )
    )
    places = list(AgendaPoint.objects.order_by("position").values_list("position", flat=True))
    assert places == list(range(1, EDITORS + 1))
