"""Photos: drawn again, shown to whom may see the person, refused by their content."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from wayfellow.audit.models import Event
from wayfellow.core.errors import Refused
from wayfellow.people.actions.profile import remove_photo, set_photo
from wayfellow.people.models import Member, Profile
from wayfellow.people.tests.profiles import picture, step

UNREADABLE = "This is not a picture we can read."


def send(client, content, name="me.jpg", kind="image/jpeg", **fields):
    return client.post(step("about"), {"photo": SimpleUploadedFile(name, content, kind), **fields})


def photo_of(client, member, slug="larkmoor", **query):
    return client.get(reverse("profile_photo", args=[slug, member.pk]), query)


def bomb(width=10_000, height=10_000):
    """A PNG of some bytes that unpacks to 100 million pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" * (width // 8 + 1)) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_photo_is_shown_without_where_it_was_taken(member, client_for):
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (38.0, 42.0, 49.0)
    content = picture(exif=exif)
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)
    assert b"Secret Camera" in content
    client = client_for(member)
    assert send(client, content).status_code == 302
    member.refresh_from_db()
    answer = client.get(member.photo_url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    shown = Image.open(BytesIO(answer.content))
    assert (shown.format, shown.size) == ("WEBP", (512, 512))
    assert not shown.getexif()
    assert b"Secret Camera" not in answer.content
    assert f'src="{member.photo_url}"' in client.get(reverse("my_profile", args=["larkmoor"])).content.decode()
    assert Event.objects.get(verb="photo_changed").details == {}


def test_the_photo_is_kept_by_the_readers_browser_only(member, client_for):
    client = client_for(member)
    send(client, picture())
    member.refresh_from_db()
    named = client.get(member.photo_url)
    assert named["Cache-Control"].startswith("private, max-age=")
    assert named["X-Content-Type-Options"] == "nosniff"
    assert photo_of(client, member, v="old")["Cache-Control"] == "private, no-cache"


def test_another_photo_has_another_address(member, client_for):
    client = client_for(member)
    send(client, picture())
    first = Member.objects.get(pk=member.pk).photo_url
    send(client, picture())
    assert Member.objects.get(pk=member.pk).photo_url == first
    out = BytesIO()
    Image.new("RGB", (600, 600), "red").save(out, "PNG")
    send(client, out.getvalue())
    assert Member.objects.get(pk=member.pk).photo_url != first


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "This is not a picture we can read.",
        ),
        (b"<!doctype html><script>alert(1)</script>", "This is not a picture we can read."),
        (b"GIF89a" + b"\0" * 60, "This is not a picture we can read."),
        (picture()[:900], "This is not a picture we can read."),
        (b"\xff" * (5 * 1024 * 1024 + 1), "This file is too large. At most 5120 kB, please."),
        (bomb(), "This picture has too many pixels."),
    ],
    ids=["svg", "html", "gif", "cut", "large", "bomb"],
)
def test_what_is_no_photo_is_refused_beside_the_field_and_the_rest_is_kept(member, client_for, content, words):
    answer = send(client_for(member), content, about="I typed this.")
    assert answer.status_code == 422
    [said] = answer.context["form"].errors["photo"]
    assert said.startswith(words)
    page = answer.content.decode()
    assert "I typed this." in page
    assert 'href="#id_photo"' in page
    assert not Profile.objects.filter(photo__isnull=False).exists()


def test_the_content_counts_and_not_the_name(member, client_for):
    assert send(client_for(member), picture("PNG"), "me.jpg", "image/jpeg").status_code == 302
    assert send(client_for(member), picture("WEBP"), "me.svg", "image/svg+xml").status_code == 302
    assert Event.objects.filter(verb="photo_changed").count() == 2


def test_a_photo_can_be_taken_away(member, client_for):
    client = client_for(member)
    assert 'name="remove_photo"' not in client.get(step("about")).content.decode()
    send(client, picture())
    assert 'name="remove_photo"' in client.get(step("about")).content.decode()
    both = send(client, picture(), remove_photo="on")
    assert both.status_code == 422
    assert set(both.context["form"].errors) == {"remove_photo"}
    client.post(step("about"), {"remove_photo": "on"})
    member.refresh_from_db()
    assert (member.photo_url, member.profile.photo) == ("", None)
    assert photo_of(client, member).status_code == 404
    assert Event.objects.filter(verb="photo_removed").count() == 1
    remove_photo(member, member)
    assert Event.objects.filter(verb="photo_removed").count() == 1


def test_who_may_see_the_person_sees_the_photo(
    member, make_member, administrator, other_organisation, client_for, client, enrol
):
    set_photo(member, member, photo=b"drawn")
    stranger = make_member("Ola Nordby", organisation=other_organisation)
    guest = make_member("Pia Querolt", is_guest=True)
    assert photo_of(client_for(administrator), member).content == b"drawn"
    assert photo_of(client_for(stranger), member).status_code == 404
    assert photo_of(client_for(stranger), member, "northfen").status_code == 404
    assert photo_of(client_for(guest), member).status_code == 404
    assert photo_of(client, member).status_code == 302
    enrol(guest)
    enrol(member)
    assert photo_of(client_for(guest), member).status_code == 200


def test_who_left_has_initials_again(member, make_member, administrator, client_for):
    set_photo(member, member, photo=b"drawn")
    Member.objects.filter(pk=member.pk).update(state=Member.State.LEFT)
    member.refresh_from_db()
    assert member.photo_url == ""
    assert photo_of(client_for(administrator), member).status_code == 404


def test_nobody_sets_another_ones_photo(member, administrator):
    for act in (lambda: set_photo(administrator, member, photo=b"x"), lambda: remove_photo(administrator, member)):
        with pytest.raises(Refused):
            act()


def test_photos_in_a_list_cost_no_query_for_each(member, make_member, enrol, client_for, django_assert_num_queries):
    from django.template import engines
    from django.test import RequestFactory

    for name in ("Kofi Asantewe", "Leif Holmqvarn", "Yusra Haddarine"):
        each = make_member(name)
        set_photo(each, each, photo=name.encode())
    request = RequestFactory().get("/")
    request.member, request.organisation = member, member.organisation
    template = engines["django"].from_string("{% for p in people %}{% face p %}{% endfor %}")
    with django_assert_num_queries(1):
        page = template.render({"people": Member.objects.order_by("pk")}, request)
    assert page.count("<img") == 3


def test_the_photo_goes_with_the_data_and_with_the_person(member):
    from base64 import b64decode

    from wayfellow.people.actions.accounts import forget_member
    from wayfellow.people.personal import export_profile

    set_photo(member, member, photo=b"drawn")
    [row] = export_profile(member)
    assert b64decode(row["photo"]) == b"drawn"
    forget_member(member)
    member.refresh_from_db()
    assert member.photo_version == ""
    assert not Profile.objects.exists()
