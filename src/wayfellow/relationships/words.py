"""What counts as words worth sending, and drafts that help to find them."""

from typing import Any

from django.utils.translation import gettext as _

from wayfellow.core.errors import InvalidInput
from wayfellow.relationships.models import MentoringRequest

SHORTEST_SENTENCE = 40
FEWEST_WORDS = 5
FIRST_IDEOGRAPH = "\u2e80"
SHORTEST_IN_IDEOGRAPHS = 15


def is_full_sentence(text: str) -> bool:
    """Whether somebody said something: a sentence, not a compliment. Scripts without spaces need fewer characters."""
    text = text.strip()
    if any(character >= FIRST_IDEOGRAPH for character in text):
        return len(text) >= SHORTEST_IN_IDEOGRAPHS
    return len(text) >= SHORTEST_SENTENCE and len(set(text.lower().split())) >= FEWEST_WORDS


def check_why_you(text: str, *, name: str) -> str:
    """The words to a person, cleaned.

    Raises:
        InvalidInput: `why_you_too_short` or `why_you_too_long`, at the field `why_you`.
    """
    text = check_length(text, field="why_you")
    if not text:
        raise InvalidInput(
            "why_you_missing", _("Say why you write to %(name)s in particular.") % {"name": name}, field="why_you"
        )
    if not is_full_sentence(text):
        words = _("Write at least one full sentence. “Great profile!” gives %(name)s little to go on.")
        raise InvalidInput("why_you_too_short", words % {"name": name}, field="why_you")
    return text


def check_length(text: str, *, field: str, model: type = MentoringRequest, model_field: str = "") -> str:
    """The text without spaces around it.

    Raises:
        InvalidInput: it is longer than the field holds.
    """
    text = text.strip()
    most = model._meta.get_field(model_field or field).max_length  # type: ignore[attr-defined]
    if most and len(text) > most:
        words = _("Write at most %(most)d characters. This has %(length)d.")
        raise InvalidInput("too_long", words % {"most": most, "length": len(text)}, field=field)
    return text


def kind_drafts(*, asker: str) -> dict[Any, str]:
    """A draft for each kindness, for the mentor to make their own."""
    return {
        MentoringRequest.Kindness.FULL_NOW: _(
            "Thank you for such a clear ask, %(name)s. It is a good one in the wrong month: I could not give it the "
            "time it deserves. Please do not read anything else into this."
        )
        % {"name": asker},
        MentoringRequest.Kindness.BETTER_FIT: _(
            "Thank you for such a clear ask, %(name)s. You deserve someone who does this every week, and I know of "
            "people here who do. Look for somebody who …"
        )
        % {"name": asker},
        MentoringRequest.Kindness.NOT_MY_FIELD: _(
            "Thank you for writing, %(name)s. This is not my field, so my advice would be a guess. What helped people "
            "I know: …"
        )
        % {"name": asker},
    }


def goodbye_drafts(*, name: str) -> list[str]:
    """Drafts of a kind note at the end: having got there, because things changed, and because it did not fit."""
    return [
        _("Thank you for our talks, %(name)s, and for the time you gave them. We got where I wanted to go.")
        % {"name": name},
        _(
            "Thank you for our talks, %(name)s. I take a lot along. I think somebody else fits what I need now, and I "
            "would like to stop here, with thanks."
        )
        % {"name": name},
        _(
            "Thank you for our talks, %(name)s. Things have changed for me and I cannot give this what it deserves. "
            "I would like to stop here, with thanks."
        )
        % {"name": name},
    ]
