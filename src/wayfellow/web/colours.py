"""Accent colours: can everybody read them, what is the nearest that works, what is its dark twin. Pure."""

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import InvalidInput

WHITE = "#ffffff"
LIGHT_PAGE = "#f4f6f1"
LIGHT_NOTE = "#dbece3"  # the darkest ground that a link stands on in light pages
DARK_PANEL = "#15221f"
DARK_WORDS = "#05231c"
NEEDS = 4.5
COMFORTABLE = 7.0
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_STEP = 0.005


@dataclass(frozen=True)
class Check:
    """One place where a colour is read: where, the contrast it has there, the contrast it needs."""

    where: Any
    ratio: float
    needs: float

    @property
    def ok(self) -> bool:
        return self.ratio >= self.needs


def parse_colour(text: str, *, field: str = "accent") -> str:
    """The colour as `#rrggbb`, small letters.

    Raises:
        InvalidInput: it is not written as `#` and six digits from 0 to f.
    """
    text = text.strip().lower()
    if not _HEX.fullmatch(text):
        raise InvalidInput(
            "not_a_colour", _("Write a colour as # and six digits from 0 to f, like #0a5c4a."), field=field
        )
    return text


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG measures it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_accent(colour: str) -> list[Check]:
    """How well an accent can be read in each place it stands; on dark pages its lighter twin is used."""
    dark = for_dark(colour)
    return [
        Check(_("White words on a button"), contrast(colour, WHITE), NEEDS),
        Check(_("Link on a light page"), contrast(colour, LIGHT_PAGE), NEEDS),
        Check(_("Link in a coloured note"), contrast(colour, LIGHT_NOTE), NEEDS),
        Check(_("Link on a dark page"), contrast(dark, DARK_PANEL), NEEDS),
        Check(_("Dark words on a button of a dark page"), contrast(dark, DARK_WORDS), NEEDS),
    ]


def accent_passes(colour: str) -> bool:
    """Whether an accent may be saved."""
    return all(check.ok for check in check_accent(colour))


def nearest_passing(colour: str) -> str:
    """The same hue, made darker as little as needed to pass; the colour itself if it passes."""
    return _move(colour, -_STEP, lambda one: contrast(one, LIGHT_NOTE) >= NEEDS and contrast(one, WHITE) >= NEEDS)


def for_dark(colour: str) -> str:
    """The twin for dark pages: the same hue, made lighter until it reads comfortably there."""
    return _move(
        colour, _STEP, lambda one: contrast(one, DARK_PANEL) >= COMFORTABLE and contrast(one, DARK_WORDS) >= COMFORTABLE
    )


def accent_style(colour: str) -> str:
    """A style sheet that gives buttons and links this accent, in light and dark. Roles and states keep theirs."""
    dark = for_dark(colour)
    soft, dark_soft = _mix(colour, WHITE, 0.12), _mix(dark, DARK_PANEL, 0.16)
    deep = _move(_mix(colour, "#000000", 0.8), -_STEP, lambda one: contrast(one, soft) >= NEEDS)
    dark_deep = _move(_mix(dark, WHITE, 0.7), _STEP, lambda one: contrast(one, dark_soft) >= NEEDS)
    pairs = {
        "accent": (colour, dark),
        "accent-deep": (deep, dark_deep),
        "on-accent": (WHITE, DARK_WORDS),
        "accent-soft": (soft, dark_soft),
    }
    rules = "".join(f"--{name}:light-dark({light},{night});" for name, (light, night) in pairs.items())
    return f"@layer tokens{{:root{{{rules}}}}}\n"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, channel)) * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mix(colour: str, ground: str, share: float) -> str:
    red, green, blue = (
        share * one + (1 - share) * two for one, two in zip(_channels(colour), _channels(ground), strict=True)
    )
    return _hex((red, green, blue))


def _move(colour: str, step: float, passes: Callable[[str], bool]) -> str:
    """Change the lightness, hue and saturation kept, until it passes or nearly is black or white."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    while not passes(colour) and 0 <= lightness + step <= 1:
        lightness += step
        colour = _hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour
