"""Deleting one's own letter: its words and files go, that there was one stays."""

import pytest

from wayfellow.conversations.actions import delete_message, send_message
from wayfellow.conversations.models import Message, MessageFile
from wayfellow.conversations.tests.conftest import checked, picture
from wayfellow.core.errors import Refused


def test_words_and_files_go(pair, ines, amara, shelf, client_for, django_capture_on_commit_callbacks):
    letter = send_message(amara, pair, text="Secret words", files=[checked("map.png", picture())])
    assert len(list(shelf.glob("*/*"))) == 1
    with django_capture_on_commit_callbacks(execute=True):
        delete_message(amara, letter)
    letter = Message.objects.get()
    assert (letter.text, letter.folded, letter.whole) == ("", "", "")
    assert not MessageFile.objects.exists()
    assert not list(shelf.glob("*/*"))
    page = client_for(ines).get(f"/o/larkmoor/relationships/{pair.pk}/conversation/").content.decode()
    assert "This letter was deleted." in page and "Secret" not in page


def test_one_may_when_all_is_over(pair, amara, write):
    letter = write(amara, pair)
    pair.state = "completed"
    pair.save()
    assert delete_message(amara, letter).deleted_at


def test_only_ones_own_and_once(pair, ines, amara, write, client_for):
    letter = write(amara, pair)
    with pytest.raises(Refused):
        delete_message(ines, letter)
    url = f"/o/larkmoor/relationships/{pair.pk}/conversation/{letter.pk}/delete"
    client = client_for(amara)
    assert "Delete this letter?" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert Message.objects.get().deleted_at
    with pytest.raises(Refused):
        delete_message(amara, letter)
    assert client.post(url).status_code == 302
