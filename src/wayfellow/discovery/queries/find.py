"""Finding mentors: text, facets with counts, order; and ten recommendations for a goal."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from types import MappingProxyType
from typing import Any

import numpy as np
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from wayfellow.discovery import words
from wayfellow.discovery.queries.candidates import (
    MENTOR,
    Between,
    Candidate,
    Limits,
    between,
    candidates,
    findable,
    limits_for,
)
from wayfellow.discovery.queries.pool import Pool, read_pool
from wayfellow.discovery.queries.reader import Reader
from wayfellow.people.models import Profile
from wayfellow.relationships.queries import ReplyTime, reply_times_of_all
from wayfellow.search.queries import hits, search
from wayfellow.search.words import fold
from wayfellow.skills.models import Skill

FACETS = ("help", "skill", "time", "language", "line", "function", "seniority", "industry", "department")
SORTS = ("match", "fit", "soonest", "reply", "name")
RECOMMENDATIONS = 10
SHOWN_VALUES = 8


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for."""

    text: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not any(self.chosen.values())

    @property
    def order(self) -> str:
        """The order asked for, or the usual one: the closest match of words, else the fit with the goal."""
        if self.sort in SORTS and (self.sort != "match" or self.text.strip()):
            return self.sort
        return "match" if self.text.strip() else "fit"


@dataclass(frozen=True)
class Value:
    """One checkbox of a facet."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A group of checkboxes."""

    name: str
    label: Any
    values: list[Value]
    more: list[Value]
    is_open: bool


@dataclass(frozen=True)
class Result:
    """Everybody who fits, in order, with the facets beside them."""

    found: "Ordered"
    facets: list[Facet]
    chosen: list[tuple[Facet, Value]]
    spelled: str
    is_anybody: bool
    suited: int
    loosen: list[tuple[Facet, int]] = field(default_factory=list)
    replies: Mapping[int, ReplyTime] | None = None  # how fast each answers, where the order needed it


class Ordered(Sequence[Candidate]):
    """Mentors in an order. Only those of the page that is looked at are read whole."""

    def __init__(
        self,
        reader: Reader,
        subjects: Sequence[int],
        known: Between,
        limits: Callable[[Sequence[int]], dict[int, Limits]],
    ) -> None:
        self._reader = reader
        self._subjects = subjects
        self._known = known
        self._limits = limits

    def __len__(self) -> int:
        return len(self._subjects)

    def __getitem__(self, at: Any) -> Any:
        return self._read(self._subjects[at]) if isinstance(at, slice) else self._read([self._subjects[at]])[0]

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self._read(self._subjects))

    def _read(self, subjects: Sequence[int]) -> list[Candidate]:
        if not subjects:
            return []
        limits = self._limits(subjects)
        found = [hit for hit in hits(MENTOR, subjects) if hit.subject_id in limits]
        return candidates(self._reader, found, limits, self._known)


def find(reader: Reader, wanted: Wanted) -> Result:
    """Mentors that fit what is wanted. Some ten statements, whatever the number of mentors."""
    picked = {name: values for name, values in wanted.chosen.items() if values}
    pool = read_pool(reader, text=wanted.text, chosen=picked)
    replies = None
    if wanted.order == "reply":
        replies = reply_times_of_all(reader.member.organisation_id, now=reader.now)
    subjects = _in_order(pool, wanted.order, pool.found.fitting, replies or {})
    facets = _facets(reader, pool.found.counts, picked)
    loosen = [(facet, pool.found.without[facet.name]) for facet in facets if pool.found.without.get(facet.name)]
    return Result(
        found=Ordered(reader, subjects, pool.between, pool.limits),
        facets=facets,
        chosen=[(facet, value) for facet in facets for value in (*facet.values, *facet.more) if value.is_chosen],
        spelled=pool.found.spelled,
        is_anybody=len(pool.columns) > 0 or findable(reader.member).exists(),
        suited=int((pool.skill_fits > 0).sum()),
        loosen=[] if subjects else sorted(loosen, key=lambda pair: -pair[1]),
        replies=replies,
    )


def recommendations(reader: Reader, *, most: int = RECOMMENDATIONS) -> list[Candidate]:
    """The best mentors for the reader's goal, who can be asked now or waited for.

    Left out: who was set aside, asked already or works with the reader; who stands above or below them in the
    reporting line; who offers none of the skills of the goal, when it names any. The same data give the same order.
    """
    pool = read_pool(reader)
    states, known = pool.situation.states, pool.between
    wanted = states["free"] | states["waitlist"]
    wanted &= ~pool.among([*known.dismissed, *known.requests, *known.together])
    if reader.seeker.skills:
        wanted &= pool.skill_fits > 0
    ordered = Ordered(reader, _in_order(pool, "fit", wanted), known, pool.limits)
    line = reader.above | reader.below
    found: list[Candidate] = []
    for start in range(0, len(ordered), 2 * most):
        found += [candidate for candidate in ordered[start : start + 2 * most] if candidate.hit.member_id not in line]
        if len(found) >= most:
            break
    return found[:most]


def marked(reader: Reader, kind: str, *, text: str = "") -> Ordered:
    """Those a reader saved (or set aside), by name; who left or blocked them is not among them."""
    known = between(reader.member)
    ids = [mentor for mentor, (mark, _tells) in known.marks.items() if mark == kind]
    allowed = findable(reader.member, among=ids)
    columns = search(reader.member.organisation_id, MENTOR, text=text, beside=allowed).columns
    order = np.argsort(columns.ranks, kind="stable")
    return Ordered(reader, columns.subjects[order].tolist(), known, _limits_now(reader))


def one(reader: Reader, enrolment_id: int) -> Candidate | None:
    """One mentor, if the reader may find them, or is them."""
    return next(iter(Ordered(reader, [enrolment_id], between(reader.member), _limits_now(reader))), None)


def _limits_now(reader: Reader) -> Callable[[Sequence[int]], dict[int, Limits]]:
    return lambda subjects: limits_for(reader.member, now=reader.now, among=subjects)


def _in_order(
    pool: Pool, order: str, wanted: NDArray[np.bool_], replies: Mapping[int, ReplyTime] = MappingProxyType({})
) -> list[int]:
    """Those who are wanted, in one of the orders; whom the reader set aside come last; ties go by name, then id."""
    some = np.flatnonzero(wanted)
    last = np.zeros(len(some), np.bool_) if order == "match" else pool.among(pool.between.dismissed)[some]
    if order == "match":
        keys: list[NDArray[Any]] = [pool.columns.ranks[some]]
    elif order == "fit":
        keys = [-pool.totals[some]]
    elif order == "soonest":
        keys = [-pool.totals[some], pool.ahead()[some]]
    elif order == "reply":
        keys = [_reply_hours(pool, replies)[some]]
    else:
        keys = []
    # The last key weighs most; what is equal in all of them stays as it was, by name.
    return pool.columns.subjects[some[np.lexsort((*keys, last))]].tolist()


def _reply_hours(pool: Pool, replies: Mapping[int, ReplyTime]) -> NDArray[np.float64]:
    """How fast people answer; those with too few answers come last."""
    usual = {pk: reply.hours for pk, reply in replies.items() if reply.hours is not None}
    return np.array([usual.get(pk, inf) for pk in pool.columns.subjects.tolist()], np.float64)


def _facets(reader: Reader, counts: dict[str, Counter[str]], chosen: Mapping[str, frozenset[str]]) -> list[Facet]:
    labels = _labels(reader, counts, chosen)
    found = []
    for name in FACETS:
        picked = chosen.get(name, frozenset())
        count = counts.get(name, Counter())
        known = [value for value in {*count, *picked} if value in labels[name]]
        if not known:
            continue
        values = [Value(value, labels[name][value], count[value], value in picked) for value in known]
        fixed = list(labels[name])
        if name in ("help", "time", "line", "seniority"):
            values.sort(key=lambda value: fixed.index(value.value))
        else:
            goal = {str(skill) for skill in reader.seeker.skills} if name == "skill" else set()
            values.sort(
                key=lambda value: (not value.is_chosen, value.value not in goal, -value.count, fold(value.label))
            )
        shown = max(SHOWN_VALUES, sum(value.is_chosen for value in values))
        found.append(
            Facet(
                name=name,
                label=_facet_label(name),
                values=values[:shown],
                more=values[shown:],
                is_open=bool(picked) or name in ("help", "skill", "time", "language"),
            )
        )
    return found


def _facet_label(name: str) -> str:
    return {
        "help": _("Can help now"),
        "skill": _("Skill"),
        "time": _("Shared free time"),
        "language": _("Language"),
        "line": _("Business line"),
        "function": _("Function"),
        "seniority": _("Seniority"),
        "industry": _("Industry"),
        "department": _("Department"),
    }[name]


def _labels(
    reader: Reader, counts: dict[str, Counter[str]], chosen: Mapping[str, frozenset[str]]
) -> dict[str, dict[str, str]]:
    def seen(name: str) -> set[str]:
        return {*counts.get(name, ()), *chosen.get(name, ())}

    skills = [int(value) for value in seen("skill")]
    rows = (
        Skill.objects.visible_to(reader.member).filter(pk__in=skills).only("organisation", "source", "name", "labels")
    )
    names = {skill.pk: str(skill) for skill in rows}
    gone = _("A skill that is not here any more")
    return {
        "help": {"free": _("Has a free place"), "waitlist": _("Waitlist open"), "away": _("Away")},
        "skill": {str(pk): names.get(pk, gone) for pk in skills},
        "time": {"1": _("At least 1 hour a week"), "3": _("At least 3 hours a week")},
        "language": {code: words.language(code) for code in seen("language")},
        "line": {"different": _("Different from mine"), "same": _("Same as mine")},
        "function": {value: words.choice("function", value) for value in seen("function")},
        "seniority": {str(value): str(label) for value, label in Profile.Seniority.choices},
        "industry": {value: words.choice("industry", value) for value in seen("industry")},
        "department": {value: capfirst(value) for value in seen("department")},
    }
