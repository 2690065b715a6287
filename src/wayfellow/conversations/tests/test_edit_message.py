"""Changing a letter, within some minutes."""

from datetime import timedelta

import pytest

from wayfellow.conversations.actions import delete_message, edit_message
from wayfellow.conversations.models import Message
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.safety.actions import block_member


def code_of(call):
    with pytest.raises((Refused, InvalidInput)) as refused:
        call()
    return refused.value.code


def test_it_says_that_it_was_changed(pair, amara, write, client_for):
    letter = edit_message(amara, write(amara, pair), text="How did it really go?")
    assert letter.edited_at is not None
    page = client_for(amara).get(f"/o/larkmoor/relationships/{pair.pk}/conversation/").content.decode()
    assert "How did it really go?" in page and "changed" in page


def test_the_same_words_are_no_change(pair, amara, write):
    assert edit_message(amara, write(amara, pair, "Same"), text=" Same ").edited_at is None


def test_only_for_some_minutes(pair, amara, write):
    letter = write(amara, pair)
    later = clock.now() + timedelta(minutes=16)
    assert code_of(lambda: edit_message(amara, letter, text="x", now=later)) == "too_late_to_edit"


def test_only_its_author(pair, ines, amara, write):
    letter = write(amara, pair)
    assert code_of(lambda: edit_message(ines, letter, text="x")) == "not_yours"


def test_not_after_it_is_deleted_or_closed(pair, ines, amara, write):
    gone, letter = write(amara, pair), write(amara, pair)
    delete_message(amara, gone)
    assert code_of(lambda: edit_message(amara, gone, text="x")) == "already_deleted"
    block_member(ines, amara)
    assert code_of(lambda: edit_message(amara, letter, text="x")) == "conversation_closed"


def test_not_to_nothing(pair, amara, write, client_for):
    letter = write(amara, pair)
    assert code_of(lambda: edit_message(amara, letter, text=" ")) == "text_missing"
    url = f"/o/larkmoor/relationships/{pair.pk}/conversation/{letter.pk}/edit"
    answer = client_for(amara).post(url, {"text": " "})
    assert answer.status_code == 422 and "Write something here." in answer.content.decode()
    assert client_for(amara).post(url, {"text": "Other words"}).status_code == 302
    assert Message.objects.get().text == "Other words"


def test_strangers_and_the_other_have_no_such_page(pair, ines, leif, amara, write, client_for):
    url = f"/o/larkmoor/relationships/{pair.pk}/conversation/{write(amara, pair).pk}/edit"
    assert client_for(leif).get(url).status_code == 404
    assert client_for(ines).get(url).status_code == 302
