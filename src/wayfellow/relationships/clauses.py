"""The points of an agreement: what each is called, what a template says of it, and how two answers are compared.

Values are plain JSON. A text that stands as the template has it is stored as None, so that each reads it in their own
language; a point that was dropped is an empty text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from wayfellow.programmes import words
from wayfellow.relationships.models import Agreement
from wayfellow.relationships.template_texts import TEXTS

Template = Agreement.Template
Values = dict[str, Any]
TEXT, RHYTHM, DAY, EACH = "text", "rhythm", "day", "each"


@dataclass(frozen=True)
class Clause:
    """One point.

    Attributes:
        key: its name.
        label: as a heading.
        hint: what to think of.
        kind: text, rhythm, day, or each (everybody has an entry of their own, so nobody can differ).
        keys: where its values stand.
    """

    key: str
    label: Any
    hint: Any
    kind: str = TEXT
    keys: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return self.keys or (self.key,)


CLAUSES: dict[str, Clause] = {
    clause.key: clause
    for clause in (
        Clause(
            "purpose",
            gettext_lazy("What for"),
            gettext_lazy("What should be there at the end, and how you will both see it."),
        ),
        Clause(
            "rhythm",
            gettext_lazy("How often you meet"),
            gettext_lazy("What you can keep in a busy month, too."),
            RHYTHM,
            ("every_weeks", "minutes", "rhythm"),
        ),
        Clause(
            "channel",
            gettext_lazy("How you write, and how soon you answer"),
            gettext_lazy("Where, and within how many days."),
        ),
        Clause("agenda", gettext_lazy("Who sets the agenda"), gettext_lazy("Who, and how long before you meet.")),
        Clause("preparation", gettext_lazy("To prepare"), gettext_lazy("What each does before you meet.")),
        Clause(
            "confidentiality",
            gettext_lazy("What stays between you, and what is off limits"),
            gettext_lazy("What leaves the room, if anything, and what you do not talk about."),
        ),
        Clause("feedback", gettext_lazy("Feedback, both ways"), gettext_lazy("When, and how direct.")),
        Clause(
            "brings",
            gettext_lazy("What each brings"),
            gettext_lazy("Yours alone: what you put in. The others write their own."),
            EACH,
        ),
        Clause(
            "third_party",
            gettext_lazy("If it gets hard"),
            gettext_lazy("Somebody all of you trust, asked beforehand."),
        ),
        Clause(
            "how_long", gettext_lazy("Until when"), gettext_lazy("It ends on this day by itself."), DAY, ("ends_on",)
        ),
        Clause(
            "review",
            gettext_lazy("First look back"),
            gettext_lazy("The day on which you look at this again, point by point."),
            DAY,
            ("review_on",),
        ),
        Clause("ending", gettext_lazy("How you end"), gettext_lazy("What you wish for when one of you stops.")),
    )
}
NOT_IN_A_FLASH = {"brings", "third_party", "how_long", "review", "channel"}


def clauses_of(template: str) -> list[Clause]:
    """The points that an agreement of this template has."""
    return [one for key, one in CLAUSES.items() if template != Template.FLASH or key not in NOT_IN_A_FLASH]


def template_for(*, people: int, kind: str, just_once: bool) -> Any:
    """Which template a relationship starts from, unless its people choose another.

    Args:
        people: how many are in it.
        kind: the programme's.
        just_once: whether one talk was asked for.
    """
    if just_once:
        return Template.FLASH
    if people > 2:
        return Template.GROUP
    return kind if kind in Template.values else Template.ONE_TO_ONE


def text_of(template: str, key: str) -> str:
    """What a template says at a point, in the reader's language."""
    return str(TEXTS[template].get(key, ""))


def part(values: Values, clause: Clause) -> Values:
    """What stands at one point."""
    return {name: values[name] for name in clause.names if name in values}


def is_blank(values: Values) -> bool:
    """Whether nothing was said. None says what the template says."""
    return all(value in ("", {}) for value in values.values())


def as_stored(values: Values, template: str) -> Values:
    """Values with each text that is the template's, in whatever language it was shown, as None."""
    stored = dict(values)
    for clause in clauses_of(template):
        if clause.kind == TEXT and stored.get(clause.key) is not None:
            text = str(stored[clause.key]).strip()
            own = text_of(template, clause.key)
            stored[clause.key] = None if own and text == own else text
    return stored


def as_typed(values: Values, template: str) -> Values:
    """The same values as a form shows them."""
    return {name: text_of(template, name) if value is None else value for name, value in values.items()}


def compared(sides: dict[int, Values], template: str) -> dict[str, Values]:
    """What all who answered say alike, point by point; where they differ, the point is missing.

    Args:
        sides: the answers by the participant's primary key.
    """
    agreed: dict[str, Values] = {}
    for clause in clauses_of(template):
        if clause.kind == EACH:
            found = {str(pk): values[clause.key] for pk, values in sides.items() if values.get(clause.key)}
            agreed[clause.key] = {clause.key: found} if found else {}
            continue
        said = [one for one in (part(values, clause) for values in sides.values()) if not is_blank(one)]
        if len({_normal(one) for one in said}) <= 1:
            agreed[clause.key] = said[0] if said else {}
    return agreed


def differing(sides: dict[int, Values], template: str) -> list[Clause]:
    """The points on which those who answered differ."""
    agreed = compared(sides, template)
    return [clause for clause in clauses_of(template) if clause.key not in agreed]


def same(one: Values, other: Values) -> bool:
    """Whether two say the same at a point."""
    return _normal(one) == _normal(other)


def _normal(values: Values) -> tuple[Any, ...]:
    return tuple(sorted((name, _plain(value)) for name, value in values.items() if value not in ("", {})))


def _plain(value: Any) -> Any:
    return " ".join(value.casefold().split()).rstrip(".") if isinstance(value, str) else str(value)


def in_words(clause: Clause, values: Values, template: str) -> str:
    """What stands at a point, as one reads it; `each` is said by whoever knows the names."""
    found = part(values, clause)
    if clause.kind == RHYTHM:
        return _rhythm(found)
    value = found.get(clause.names[0], "")
    if value is None:
        return text_of(template, clause.key)
    if clause.kind == DAY:
        return date_format(date.fromisoformat(value), pgettext("date format", "j F Y")) if value else ""
    return str(value)


def _rhythm(found: Values) -> str:
    weeks, minutes, note = found.get("every_weeks"), found.get("minutes"), found.get("rhythm") or ""
    said = ""
    if weeks and minutes:
        said = words.rhythm(int(minutes), int(weeks))
    elif minutes:
        said = _("%(length)s, once") % {"length": words.length(int(minutes))}
    said = said[:1].upper() + said[1:]
    return ". ".join(filter(None, [said, note]))


def labels(keys: Iterable[str]) -> list[str]:
    """The headings of points."""
    return [str(CLAUSES[key].label) for key in keys]
