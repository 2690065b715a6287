"""Taking one's letters away, and being forgotten: words and files go, from the disk too."""

import json

from django.utils.module_loading import import_string

from wayfellow.conversations.actions import keep_letter, send_message
from wayfellow.conversations.models import Draft, Message, MessageFile, Reading
from wayfellow.conversations.personal import export_drafts, export_files, export_messages, export_readings
from wayfellow.conversations.tests.conftest import checked, picture
from wayfellow.core.registry import contributions


def test_one_takes_away_what_one_wrote_and_got(pair, ines, amara):
    send_message(ines, pair, text="Hers", files=[checked("hers.png", picture())])
    send_message(amara, pair, text="Mine", files=[checked("mine.png", picture())], whole="Mine\n> quoted")
    keep_letter(amara, pair, text="Begun")
    mine = export_messages(amara)
    assert [(row["text"], row["mine"]) for row in mine] == [("Hers", False), ("Mine", True)]
    assert mine[1]["whole_mail"] == "Mine\n> quoted"
    assert export_messages(ines)[1]["whole_mail"] == ""
    files = {row["name"]: bool(row["content"]) for row in export_files(amara)}
    assert files == {"hers.png": False, "mine.png": True}
    assert [row["text"] for row in export_drafts(amara)] == ["Begun"]
    assert export_drafts(ines) == []
    json.dumps([*mine, *export_files(amara), *export_drafts(amara), *export_readings(amara)], default=str)


def test_who_is_forgotten_leaves_no_words_and_no_files(
    pair, ines, amara, shelf, client_for, django_capture_on_commit_callbacks
):
    send_message(ines, pair, text="Hers stays")
    send_message(amara, pair, text="Mine goes", files=[checked("mine.png", picture())], seen=10**9)
    keep_letter(amara, pair, text="Begun")
    with django_capture_on_commit_callbacks(execute=True):
        for entry in contributions("personal_data"):
            if entry.model.startswith("conversations."):
                import_string(entry.erase)(amara)
    assert not list(shelf.glob("*/*"))
    assert not MessageFile.objects.exists() and not Draft.objects.exists() and not Reading.objects.exists()
    assert [(row.text, row.author) for row in Message.objects.order_by("pk")] == [("Hers stays", ines), ("", None)]
    page = client_for(ines).get(f"/o/larkmoor/relationships/{pair.pk}/conversation/").content.decode()
    assert "Somebody who is not here any more" in page and "Mine goes" not in page
