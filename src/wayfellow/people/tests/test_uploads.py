"""Every door that takes a file looks at what is in it, whatever its name, and says beside the field what is wrong."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wayfellow.core.access import walk_views
from wayfellow.people.models import MemberImport, Profile
from wayfellow.people.tests.test_set_photo import bomb as picture_bomb
from wayfellow.people.tests.test_settings import form as settings_form


def workbook_bomb() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.xml", b"0" * 400_000_000)
    return archive.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "windows program": lambda: b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 200,
    "linux program": lambda: b"\x7fELF\x02\x01\x01\0" + b"\0" * 200,
    "script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "html": lambda: b"<!doctype html><script>alert(1)</script>",
    "svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>",
    "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "zip bomb": workbook_bomb,
    "picture bomb": picture_bomb,
}


@pytest.mark.parametrize("what", FILES)
@pytest.mark.parametrize(
    ("door", "field", "name", "kind"),
    [
        ("edit_profile", "photo", "me.jpg", "image/jpeg"),
        ("organisation_settings", "logo_file", "logo.png", "image/png"),
        ("import_members", "file", "people.csv", "text/csv"),
        ("import_members", "file", "people.xlsx", "application/vnd.ms-excel"),
    ],
)
def test_is_refused_clearly(
    administrator: Any, client_for: Any, what: str, door: str, field: str, name: str, kind: str
) -> None:
    file = SimpleUploadedFile(name, FILES[what](), kind)
    arguments = ["larkmoor", "about"] if door == "edit_profile" else ["larkmoor"]
    fields = settings_form(logo_file=file) if door == "organisation_settings" else {field: file}
    answer = client_for(administrator).post(reverse(door, args=arguments), fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    page = answer.content.decode()
    assert f'href="#id_{field}"' in page
    assert "<title>Error:" in page
    assert not MemberImport.objects.exists()
    assert not Profile.objects.filter(photo__isnull=False).exists()
    administrator.organisation.refresh_from_db()
    assert not administrator.organisation.logo


def test_these_are_all_doors_that_take_a_file(administrator: Any, client_for: Any) -> None:
    """Pages with a file field, found by looking at each page of an administrator that needs no row."""
    found = set()
    for route, door in walk_views():
        if route.startswith("o/<slug:organisation>/") and route.count("<") == 1:
            answer = client_for(administrator).get(reverse(door.name, args=["larkmoor"]))
            if b'type="file"' in (b"" if answer.streaming else answer.content):
                found.add(door.name)
    assert found == {"organisation_settings", "import_members"}
