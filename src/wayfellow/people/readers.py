"""Who can read what, for the page that says so. It states what the `visible_to` of each model does."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

YES, NO = "yes", ""


@dataclass(frozen=True)
class Cell:
    """One answer: to which reader it belongs, and yes, nothing (no), or words."""

    reader: Any
    words: Any

    @property
    def is_yes(self) -> bool:
        return self.words == YES


COLUMNS = [
    _("You"),
    _("The other person"),
    _("Other members"),
    _("Programme manager"),
    _("Administrator"),
    _("Safeguarding lead"),
]


def reader_table() -> list[tuple[Any, list[Cell]]]:
    """(what, the answer for each column) for everything people leave here."""
    answers: list[tuple[Any, list[Any]]] = [
        (_("Your name, job and department"), [YES, YES, YES, YES, YES, YES]),
        (_("Your profile, skills and photo"), [YES, YES, YES, YES, YES, YES]),
        (
            _("Your e-mail address"),
            [YES, _("Once you both agreed to work together"), NO, NO, YES, NO],
        ),
        (_("Your telephone number"), [YES, NO, NO, NO, YES, NO]),
        (_("Your manager, grade and hire date"), [YES, NO, NO, NO, YES, NO]),
        (
            _("Your background, each part of it"),
            [
                YES,
                _("If you chose so"),
                _("If you chose so"),
                _("If you chose so"),
                _("If you chose so"),
                _("If you chose so"),
            ],
        ),
        (
            _("Your goal, obstacle and plan"),
            [YES, _("The goal you ask with"), NO, _("How many look for a skill, from five on"), NO, NO],
        ),
        (
            _("A request you send, and its answer"),
            [YES, YES, NO, _("That it waits, and whose turn it is"), NO, NO],
        ),
        (_("Why you said no, or why you ended"), [YES, NO, NO, NO, NO, NO]),
        (_("Whom you saved, or did not want to see"), [YES, NO, NO, NO, NO, NO]),
        (
            _("Your place on a waiting list"),
            [YES, _("How many wait"), NO, _("How many wait, and who for long; not for whom"), NO, NO],
        ),
        (_("That you work together"), [YES, YES, NO, YES, NO, NO]),
        (_("Whom you blocked"), [YES, NO, NO, NO, NO, NO]),
        (
            _("A concern you raise"),
            [YES, NO, NO, NO, NO, _("Yes, unless it is about them or you kept it from them")],
        ),
        (_("Your notices"), [YES, NO, NO, NO, NO, NO]),
        (_("What you did here, as one line without its content"), [NO, NO, NO, NO, _("Under Records"), NO]),
    ]
    return [
        (what, [Cell(reader, words) for reader, words in zip(COLUMNS, cells, strict=True)]) for what, cells in answers
    ]
