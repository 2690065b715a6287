"""What can be asked: items with their scale, where they come from, and who reads the answers.

An instrument is fixed once it has been sent: a change of words is a new version. The words who reads what stand before
the first item; `policy.why_not_read_answers` and the query sets of `models` enforce the same.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import NotFound


@dataclass(frozen=True)
class Scale:
    """Points from 1 on, each with its word."""

    key: str
    words: tuple[Any, ...]

    @property
    def points(self) -> range:
        return range(1, len(self.words) + 1)

    def word(self, value: int) -> Any:
        """The word of a point."""
        return self.words[value - 1]


@dataclass(frozen=True)
class Item:
    """One thing that is asked. `text` may hold %(names)s, the other people of the relationship."""

    key: str
    text: Any


@dataclass(frozen=True)
class Instrument:
    """A set of items on one scale.

    Attributes:
        key, version: what an answer is stored with.
        title: what the page is called.
        licence, source: of the words.
        programme_item: the item of which a programme manager reads one thing: whether all of a relationship gave it at
            least `programme_floor` points.
    """

    key: str
    version: int
    title: Any
    scale: Scale
    items: tuple[Item, ...]
    licence: str
    source: Any
    programme_item: str
    programme_floor: int


AGREEMENT = Scale("agreement-5", (_("Not at all"), _("A little"), _("Partly"), _("Mostly"), _("Fully")))

PULSE = Instrument(
    key="pulse",
    version=1,
    title=_("Three short questions"),
    scale=AGREEMENT,
    items=(
        Item("worth", _("My talks with %(names)s are worth the time")),
        Item("direction", _("I know what we are working towards")),
        Item("candour", _("I can say what I really think")),
    ),
    licence="Apache-2.0",
    source=_("Written for Wayfellow. Not a validated scale: read it as a signal between people, not as a measure."),
    programme_item="worth",
    programme_floor=4,
)
INSTRUMENTS = {(instrument.key, instrument.version): instrument for instrument in (PULSE,)}


def instrument_of(key: str, version: int) -> Instrument:
    """The instrument an answer was given to.

    Raises:
        NotFound: this release does not know it.
    """
    try:
        return INSTRUMENTS[key, version]
    except KeyError:
        raise NotFound("instrument_unknown", _("These questions are not known here any more.")) from None
