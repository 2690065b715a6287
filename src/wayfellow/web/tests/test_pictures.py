import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from wayfellow.core.errors import InvalidInput
from wayfellow.web import pictures


def file_of(size, kind="JPEG", mode="RGB", colour="red", **options):
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return BytesIO(out.getvalue())


def opened(content):
    return Image.open(BytesIO(content))


def test_photo_becomes_a_square_without_metadata():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    source = file_of((800, 300), exif=exif)
    assert b"taken at home" in source.getvalue()
    photo = opened(pictures.square_photo(source))
    assert (photo.format, photo.size) == ("WEBP", (512, 512))
    assert not photo.getexif()
    assert b"taken at home" not in pictures.square_photo(BytesIO(source.getvalue()))


def test_photo_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    source = Image.new("RGB", (200, 200), "red")
    source.paste("blue", (0, 0, 200, 100))
    out = BytesIO()
    source.save(out, "JPEG", exif=exif)
    photo = opened(pictures.square_photo(BytesIO(out.getvalue())))
    assert photo.getpixel((500, 256))[2] > 200  # what was on top is on the right


def test_logo_is_fitted_and_keeps_what_is_see_through():
    drawn = opened(pictures.logo(file_of((1000, 100), "PNG", "RGBA", (255, 0, 0, 0))))
    assert (drawn.format, drawn.mode, drawn.size) == ("PNG", "RGBA", (400, 40))
    assert drawn.getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a" + b"\0" * 50, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + b"\0" * 40],
)
def test_what_is_no_picture_is_refused_by_its_content(content):
    for draw, field in ((pictures.square_photo, "photo"), (pictures.logo, "logo")):
        with pytest.raises(InvalidInput) as refused:
            draw(BytesIO(content))
        assert (refused.value.code, refused.value.field) == ("not_a_picture", field)


def test_broken_picture_is_refused():
    whole = file_of((300, 300)).getvalue()
    with pytest.raises(InvalidInput):
        pictures.square_photo(BytesIO(whole[: len(whole) // 2]))


def png_that_says(width, height):
    """A PNG file of a few bytes that says it is this large."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return BytesIO(b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.parametrize("side", [7_100, 10_000, 30_000])
def test_bomb_is_refused_before_it_is_unpacked(side):
    bomb = png_that_says(side, side)
    with pytest.raises(InvalidInput) as refused:
        pictures.square_photo(bomb)
    assert refused.value.code == "picture_too_many_pixels"


def test_large_file_is_refused_unread():
    with pytest.raises(InvalidInput) as refused:
        pictures.logo(BytesIO(b"\0" * (200 * 1024 + 1)))
    assert (refused.value.code, str(refused.value)) == (
        "picture_too_large",
        "This file is too large. At most 200 kB, please.",
    )
