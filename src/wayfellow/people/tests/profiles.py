"""What the tests of profiles share."""

from io import BytesIO

from django.urls import reverse
from PIL import Image


def step(name, slug="larkmoor"):
    """The address of a step of one's own profile."""
    return reverse("edit_profile", args=[slug, name])


def picture(kind="JPEG", size=(640, 480), **options):
    """A picture as a camera makes it."""
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()
