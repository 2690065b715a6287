"""Files: known by their content, refused in clear words, saved and never shown in place."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wayfellow.conversations.actions import send_message
from wayfellow.conversations.actions.clearing import clear_files
from wayfellow.conversations.kinds import clean_name, kind_of
from wayfellow.conversations.models import Message, MessageFile
from wayfellow.conversations.tests.conftest import checked, picture
from wayfellow.core.errors import InvalidInput


def zipped(**entries: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


DOCX = zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"})
MACROS = zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%...", "pdf"),
        (picture(), "png"),
        (DOCX, "docx"),
        (ODT, "odt"),
        ("Straße, 12\n".encode(), "text"),
        (MACROS, None),
        (zipped(**{"run.exe": b"MZ"}), None),
        (b"PK\x03\x04rubbish", None),
        (picture()[:40], None),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, None),
        (b"\xff\xfe\x00\x01", None),
        (b"a\x00b", None),
    ],
)
def test_what_a_file_is_by_its_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("invoice.pdf", b"MZ\x90\x00\x03", "file_is_program"),
        ("photo.jpg", b"\x7fELF\x02\x01", "file_is_program"),
        ("notes.txt", b"#!/bin/sh\nrm -rf /\n", "file_is_program"),
        ("photo.exe", picture(), "file_disguised"),
        ("run.bat", b"del *.*", "file_disguised"),
        ("page.html", b"<script>alert(1)</script>", "file_disguised"),
        ("picture.svg", b"<svg onload='alert(1)'/>", "file_disguised"),
        ("all.zip", zipped(x=b"1"), "file_kind_not_allowed"),
        ("macros.docx", MACROS, "file_kind_not_allowed"),
        ("empty.txt", b"", "file_empty"),
    ],
)
def test_what_may_not_be_sent(name, content, code):
    with pytest.raises(InvalidInput) as refused:
        checked(name, content)
    assert refused.value.code == code
    assert name in str(refused.value.message)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\map.png", "map.png"),
        ('a"\r\nSet-Cookie: x.pdf', "aSet-Cookie x.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert clean_name(name) == clean


def post(client, pair, *files, text="My words"):
    return client.post(f"/o/larkmoor/relationships/{pair.pk}/conversation/send", {"text": text, "files": list(files)})


def test_thirty_megabytes_are_refused_and_the_words_are_kept(pair, amara, shelf, client_for):
    answer = post(client_for(amara), pair, SimpleUploadedFile("film.txt", b"x" * 30 * 1024 * 1024))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“film.txt” has 30 MB. A file may have at most 10 MB." in page
    assert "My words" in page and "Choose the files again" in page
    assert not Message.objects.exists() and not shelf.exists()


def test_a_disguised_program_is_refused_and_the_words_are_kept(pair, amara, client_for):
    page = post(client_for(amara), pair, SimpleUploadedFile("cv.pdf", b"MZ" + b"\0" * 99)).content.decode()
    assert "“cv.pdf” is a program, whatever its name says." in page and "My words" in page
    assert not Message.objects.exists()


def test_it_is_saved_and_never_shown(pair, ines, amara, leif, client_for, shelf):
    post(client_for(amara), pair, SimpleUploadedFile("Karte ü.png", picture(), content_type="text/html"))
    row = MessageFile.objects.get()
    url = f"/o/larkmoor/relationships/{pair.pk}/conversation/files/{row.pk}/"
    answer = client_for(ines).get(url)
    assert b"".join(answer.streaming_content) == picture()
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Karte%20")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Karte" not in next(shelf.glob("*/*")).name
    assert client_for(leif).get(url).status_code == 404
    next(shelf.glob("*/*")).unlink()
    assert client_for(ines).get(url).status_code == 404


def test_who_left_saves_nothing_that_came_after(group, amara, leif, client_for):
    letter = send_message(amara, group, text="x", files=[checked("map.png", picture())])
    participant = group.participants.get(enrolment__member=leif)
    participant.left_at = letter.created_at - timedelta(seconds=1)
    participant.save()
    url = f"/o/larkmoor/relationships/{group.pk}/conversation/files/{letter.files.get().pk}/"
    assert client_for(leif).get(url).status_code == 404


def test_what_belongs_to_no_letter_goes(pair, amara, shelf):
    import os

    send_message(amara, pair, text="x", files=[checked("map.png", picture())])
    (kept,) = shelf.glob("*/*")
    assert clear_files() == 0
    pair.delete()
    assert clear_files() == 0  # it may belong to a transaction under way
    os.utime(kept, (1, 1))
    assert clear_files() == 1
    assert not kept.exists()
