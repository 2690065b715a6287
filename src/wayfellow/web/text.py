"""Cleaning of typed text, the same for every form and every file that is read."""

import re

# Marks, embeddings, overrides and isolates that change the direction of text they do not show in.
_DIRECTION_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# C0 and C1 control characters, but for tab, line feed, carriage return; NUL stays, so that it is refused by name.
_CONTROLS = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff"
_UNWANTED = re.compile(f"[{_DIRECTION_CONTROLS}{_CONTROLS}]")


def clean_text(value: str) -> str:
    """The text without invisible direction and control characters. A NUL character is left in, to be refused."""
    return _UNWANTED.sub("", value)
