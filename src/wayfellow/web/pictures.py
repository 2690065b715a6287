"""Pictures people upload: drawn again by us, so that nothing hidden travels with them."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from wayfellow.core.errors import InvalidInput

FORMATS = ["JPEG", "PNG", "WEBP"]
PHOTO_SIDE = 512
PHOTO_BYTES = 5 * 1024 * 1024
LOGO_BOX = (400, 120)
LOGO_BYTES = 200 * 1024
PIXELS = 24_000_000


def square_photo(file: BinaryIO, *, field: str = "photo") -> bytes:
    """A square of 512 pixels from the middle of the picture, as WebP, upright, without any metadata.

    Raises:
        InvalidInput: not a JPEG, PNG or WebP picture (whatever its name says), broken, or too large.
    """
    with _opened(file, PHOTO_BYTES, field) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
        square = ImageOps.fit(upright, (PHOTO_SIDE, PHOTO_SIDE), method=Image.Resampling.LANCZOS)
        on_white = Image.new("RGB", square.size, "white")
        on_white.paste(square, mask=square.getchannel("A"))
        return _written(on_white, "WEBP", quality=82, method=4)


def logo(file: BinaryIO, *, field: str = "logo") -> bytes:
    """The picture as PNG, at most 400 by 120 pixels, see-through parts kept, without any metadata.

    Raises:
        InvalidInput: not a JPEG, PNG or WebP picture (whatever its name says), broken, or larger than 200 kB.
    """
    with _opened(file, LOGO_BYTES, field) as picture:
        drawn = ImageOps.exif_transpose(picture).convert("RGBA")
        drawn.thumbnail(LOGO_BOX, Image.Resampling.LANCZOS)
        fresh = Image.new("RGBA", drawn.size)
        fresh.paste(drawn)
        return _written(fresh, "PNG", optimize=True)


@contextmanager
def _opened(file: BinaryIO, limit: int, field: str) -> Iterator[Image.Image]:
    content = file.read(limit + 1)
    if len(content) > limit:
        raise InvalidInput(
            "picture_too_large",
            _("This file is too large. At most %(kb)d kB, please.") % {"kb": limit // 1024},
            field=field,
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=FORMATS) as picture:
                if picture.width * picture.height > PIXELS:
                    raise _too_many_pixels(field)
                picture.load()
                yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(field) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise InvalidInput(
            "not_a_picture", _("This is not a picture we can read. Use a JPEG, PNG or WebP file."), field=field
        ) from None


def _too_many_pixels(field: str) -> InvalidInput:
    return InvalidInput(
        "picture_too_many_pixels", _("This picture has too many pixels. Make it smaller first."), field=field
    )


def _written(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
