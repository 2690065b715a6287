"""Recognise the columns of a table: first by their headings, then by what stands in them.

What the columns may mean is given by the caller as `Field`s, so people, enrolments and match problems share this.
Nothing is guessed recklessly: a column is sure, unsure with the reason why, or left out with the reason why.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from wayfellow.tables.errors import Reason, reason, shown
from wayfellow.tables.words import fold

_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_FILLER_WORDS = """
employee employees worker workers staff person current primary user associate the of s text description desc value
mitarbeiter mitarbeiters mitarbeitende mitarbeitenden des der die bezeichnung aktuelle aktueller empleado empleada
trabajador trabajadora colaborador colaboradora del de la el actual descripcion optional required pflichtfeld
erforderlich obligatorio opcional requerido
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
_FITTING_SHARE = 0.5
_CONTENT_SHARE = 0.9
_CONTENT_VALUES = 3


class Confidence(Enum):
    """How a column was understood."""

    SURE = "sure"
    UNSURE = "unsure"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Field:
    """What a column may be.

    Args:
        name: identifier.
        label: what messages call it.
        wordings: headings by language, the most telling first.
        doubtful: headings that may mean something else too, with the reason to show.
        fits: whether one value can be of this field.
        alone: whether one value is so telling that no heading is needed.
        doubt: looks at all values and says what makes the column unsure.
        cautious: a heading that only resembles a wording is not enough.
        misfit: code of the reason to leave the column out when its values do not fit.
    """

    name: str
    label: str
    wordings: Mapping[str, tuple[str, ...]]
    doubtful: Mapping[str, Reason] = field(default_factory=dict)
    fits: Callable[[str], bool] | None = None
    alone: Callable[[str], bool] | None = None
    doubt: Callable[[Sequence[str]], Reason | None] | None = None
    cautious: bool = False
    misfit: str | None = None


@dataclass(frozen=True)
class LeftOut:
    """Columns that are known and not imported; `never` means that nobody can choose otherwise."""

    code: str
    pattern: re.Pattern[str]
    never: bool = False


@dataclass(frozen=True)
class Column:
    """What was made of one column.

    `field` is what it will be read as, None if it is left out; `candidate` is what it might be when `field` is None.
    """

    header: str
    field: str | None
    confidence: Confidence
    reason: Reason | None = None
    examples: tuple[str, ...] = ()
    candidate: str | None = None
    never: bool = False


@dataclass(frozen=True)
class _Guess:
    position: int
    field: Field
    score: float
    reason: Reason | None
    chosen: bool = True


def normalise_heading(header: str) -> str:
    """Words of a heading as they are compared: `employeeNumber`, `EMPLOYEE_NUMBER` and `Employee #` become the same."""
    return fold(_CAMEL.sub(" ", header).replace("#", " number "))


def recognise_columns(
    headers: Sequence[str],
    values: Sequence[Sequence[str]],
    *,
    fields: Sequence[Field],
    left_out: Sequence[LeftOut] = (),
    context: Mapping[str, str] | None = None,
) -> list[Column]:
    """Say for each heading what the column is.

    Args:
        headers: headings of the table.
        values: for each column, values from it; empty ones are ignored.
        fields: what the columns may be.
        left_out: what is known and not imported.
        context: normalised headings that in this table mean a certain field, whatever the wordings say.
    """
    filled = [[value for value in column if value] for column in values]
    index = _Index(fields, context or {})
    columns: list[Column] = []
    guesses: list[_Guess] = []
    for position, header in enumerate(headers):
        examples = tuple(shown(value, length=40) for value in dict.fromkeys(filled[position]))[:3]
        unknown = reason("left_out_unknown")
        columns.append(Column(header, None, Confidence.LEFT_OUT, unknown, examples))
        guess = index.exact(position, header)
        if guess is None:
            known = _left_out(header, left_out)
            if known:
                columns[position] = replace(columns[position], reason=reason(known.code), never=known.never)
                continue
            guess = index.similar(position, header)
        if guess is None:
            continue
        checked = _check_values(guess, filled[position])
        if checked is None:
            columns[position] = replace(columns[position], reason=reason(guess.field.misfit or "left_out_unknown"))
        else:
            guesses.append(checked)
    _assign(guesses, columns)
    _by_content(columns, filled, fields)
    return columns


class _Index:
    def __init__(self, fields: Sequence[Field], context: Mapping[str, str]) -> None:
        self.by_name = {field.name: field for field in fields}
        self.context = {_compact(heading): name for heading, name in context.items()}
        self.wordings: dict[str, tuple[Field, int]] = {}
        self.doubtful: dict[str, tuple[Field, Reason]] = {}
        self.tokens: list[tuple[tuple[str, ...], str, Field]] = []
        for field_ in fields:
            for wordings in field_.wordings.values():
                for rank, wording in enumerate(wordings):
                    folded = normalise_heading(wording)
                    self.wordings.setdefault(_compact(folded), (field_, rank))
                    if len(folded) > 3:
                        self.tokens.append((tuple(folded.split()), wording, field_))
            for wording, why in field_.doubtful.items():
                self.doubtful[_compact(wording)] = (field_, why)
        self.tokens.sort(key=lambda entry: (-len(entry[0]), -len(entry[1])))

    def exact(self, position: int, header: str) -> _Guess | None:
        for form in _forms(header):
            compact = _compact(form)
            if compact in self.context:
                return _Guess(position, self.by_name[self.context[compact]], 1_000, None)
            if compact in self.doubtful:
                field_, why = self.doubtful[compact]
                return _Guess(position, field_, 300, why)
            if compact in self.wordings:
                field_, rank = self.wordings[compact]
                return _Guess(position, field_, 1_000 - rank, None)
        return None

    def similar(self, position: int, header: str) -> _Guess | None:
        """A heading that says the same with fewer words, or one that holds a wording among others."""
        words = normalise_heading(header).split()
        telling = [word for word in words if word not in _FILLERS]
        found = self.wordings.get("".join(telling))
        if found and telling != words:
            return _Guess(position, found[0], 500 - found[1], None)
        bare = normalise_heading(_BRACKETS.sub(" ", header))
        if bare and bare != " ".join(words):
            without = self.exact(position, bare) or self.similar(position, bare)
            if without:
                return replace(without, score=without.score - 100)
        for tokens, wording, field_ in self.tokens:
            if any(tuple(words[at : at + len(tokens)]) == tokens for at in range(len(words) - len(tokens) + 1)):
                why = reason("resembles", wording=wording)
                return _Guess(position, field_, 100, why, chosen=not field_.cautious)
        return None


def _forms(header: str) -> list[str]:
    whole = normalise_heading(header)
    words = [word for word in whole.split() if word not in ("optional", "required", "pflichtfeld", "obligatorio")]
    return [whole, " ".join(words)]


def _compact(heading: str) -> str:
    return normalise_heading(heading).replace(" ", "")


def _left_out(header: str, left_out: Sequence[LeftOut]) -> LeftOut | None:
    heading = normalise_heading(header)
    return next((known for known in left_out if known.pattern.search(heading)), None)


def _check_values(guess: _Guess, values: Sequence[str]) -> _Guess | None:
    """Weigh a guess by what stands in the column; None when the values say that it must be left out."""
    if not values:
        return replace(guess, score=guess.score - 900)
    field_ = guess.field
    if field_.fits:
        misfits = [value for value in values if not field_.fits(value)]
        if len(misfits) > (1 - _FITTING_SHARE) * len(values):
            if field_.misfit:
                return None
            facts = {"count": len(misfits), "total": len(values), "value": shown(misfits[0], length=40)}
            why = reason("values_do_not_fit", field=field_.label, **facts)
            chosen = guess.chosen and not field_.cautious
            return replace(guess, score=guess.score - 800, reason=why, chosen=chosen)
    if field_.doubt:
        why_doubt = field_.doubt(values)
        if why_doubt:
            return replace(guess, reason=why_doubt)
    return guess


def _assign(guesses: Sequence[_Guess], columns: list[Column]) -> None:
    """Give each field to its best column; the others say who was better."""
    taken: dict[str, str] = {}
    for guess in sorted(guesses, key=lambda guess: (not guess.chosen, -guess.score, guess.position)):
        name, column = guess.field.name, columns[guess.position]
        if name in taken:
            why = reason("second_best", other=taken[name], field=guess.field.label)
            # One that was doubtful from the start leaves no question once a better column is found.
            confidence = Confidence.LEFT_OUT if guess.reason else Confidence.UNSURE
            columns[guess.position] = replace(column, field=None, confidence=confidence, reason=why, candidate=name)
        elif guess.chosen:
            taken[name] = column.header
            confidence = Confidence.UNSURE if guess.reason else Confidence.SURE
            columns[guess.position] = replace(column, field=name, confidence=confidence, reason=guess.reason)
        else:
            columns[guess.position] = replace(column, confidence=Confidence.UNSURE, reason=guess.reason, candidate=name)


def _by_content(columns: list[Column], filled: Sequence[Sequence[str]], fields: Sequence[Field]) -> None:
    """Where no heading gave a field, a column of unknown heading whose values are telling may be it."""
    taken = {column.field for column in columns}
    for field_ in fields:
        if field_.alone is None or field_.name in taken:
            continue
        for position, column in enumerate(columns):
            unknown = column.reason is not None and column.reason.code == "left_out_unknown"
            values = filled[position]
            if not unknown or len(values) < _CONTENT_VALUES:
                continue
            if sum(map(field_.alone, values)) >= _CONTENT_SHARE * len(values):
                why = reason("by_content", field=field_.label)
                columns[position] = replace(column, field=field_.name, confidence=Confidence.UNSURE, reason=why)
                break
