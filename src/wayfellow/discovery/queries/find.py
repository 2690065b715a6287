"""Finding mentors: text, facets with counts, order; and ten recommendations for a goal."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wayfellow.core import week
from wayfellow.discovery import words
from wayfellow.discovery.models import MentorMark
from wayfellow.discovery.queries.candidates import MENTOR, Candidate, Limits, candidates, limits_for
from wayfellow.discovery.queries.reader import Reader
from wayfellow.people.models import Profile
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.queries import reply_times
from wayfellow.search.queries import Hit, documents, narrow
from wayfellow.search.words import fold
from wayfellow.skills.models import Skill

FACETS = ("help", "skill", "time", "language", "line", "function", "seniority", "industry", "department")
SORTS = ("match", "fit", "soonest", "reply", "name")
RECOMMENDATIONS = 10
SHOWN_VALUES = 8
NEVER = timedelta(days=3650)


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

    found: list[Candidate]
    facets: list[Facet]
    chosen: list[tuple[Facet, Value]]
    spelled: str
    everybody: int
    suited: int
    loosen: list[tuple[Facet, int]] = field(default_factory=list)


def find(reader: Reader, wanted: Wanted) -> Result:
    """Mentors that fit what is wanted. Some ten statements, whatever the number of mentors."""
    limits = limits_for(reader.member, now=reader.now)
    hits, spelled = documents(reader.member.organisation_id, MENTOR, text=wanted.text)
    hits = [hit for hit in hits if hit.subject_id in limits]
    live = {hit.subject_id: _live_facets(reader, hit, limits[hit.subject_id]) for hit in hits}
    picked = {name: values for name, values in wanted.chosen.items() if values}
    fitting, counts = narrow(hits, chosen=picked, live=live)
    found = in_order(candidates(reader, fitting, limits), wanted.order, reader.now)
    facets = _facets(reader, counts, picked)
    return Result(
        found=found,
        facets=facets,
        chosen=[(facet, value) for facet in facets for value in (*facet.values, *facet.more) if value.is_chosen],
        spelled=spelled,
        everybody=len(limits),
        suited=sum(_is_suited(reader, hit) for hit in hits),
        loosen=[] if found else _loosen(hits, live, picked, facets),
    )


def _is_suited(reader: Reader, hit: Hit) -> bool:
    levels = hit.facts.get("levels", {})
    return any(levels.get(str(skill), 0) > has for skill, (has, _wants) in reader.seeker.skills.items())


def _loosen(
    hits: list[Hit],
    live: dict[int, dict[str, list[str]]],
    picked: Mapping[str, frozenset[str]],
    facets: list[Facet],
) -> list[tuple[Facet, int]]:
    """Which single facet to let go of, and how many would then fit."""
    found = []
    for facet in facets:
        if facet.name in picked:
            rest = {name: values for name, values in picked.items() if name != facet.name}
            fitting, _counts = narrow(hits, chosen=rest, live=live)
            if fitting:
                found.append((facet, len(fitting)))
    return sorted(found, key=lambda pair: -pair[1])


def recommendations(reader: Reader, *, most: int = RECOMMENDATIONS) -> list[Candidate]:
    """The best mentors for the reader's goal, who can be asked now or waited for.

    Left out: who was set aside, asked already or works with the reader; who stands above or below them in the
    reporting line; who offers none of the skills of the goal, when it names any. The same data give the same order.
    """
    limits = limits_for(reader.member, now=reader.now)
    hits, _spelled = documents(reader.member.organisation_id, MENTOR)
    hits = [hit for hit in hits if hit.subject_id in limits]
    suited = [
        candidate
        for candidate in candidates(reader, hits, limits)
        if candidate.limits.state in ("free", "held", "waitlist")
        and not candidate.is_taken_up
        and candidate.mark != "dismissed"
        and candidate.hit.member_id not in reader.above | reader.below
        and (not reader.seeker.skills or candidate.fit.skills > 0)
    ]
    return in_order(suited, "fit", reader.now)[:most]


def marked(reader: Reader, kind: str, *, text: str = "") -> list[Candidate]:
    """Those a reader saved (or set aside), by name; who left or blocked them is not among them."""
    ids = list(MentorMark.objects.visible_to(reader.member).filter(kind=kind).values_list("mentor", flat=True))
    limits = limits_for(reader.member, now=reader.now, among=ids)
    hits, _spelled = documents(reader.member.organisation_id, MENTOR, text=text, among=ids)
    return candidates(reader, [hit for hit in hits if hit.subject_id in limits], limits)


def one(reader: Reader, enrolment_id: int) -> Candidate | None:
    """One mentor, if the reader may find them, or is them."""
    limits = limits_for(reader.member, now=reader.now, among=[enrolment_id])
    hits, _spelled = documents(reader.member.organisation_id, MENTOR, among=[enrolment_id])
    return next(iter(candidates(reader, [hit for hit in hits if hit.subject_id in limits], limits)), None)


def in_order(found: list[Candidate], order: str, now: datetime) -> list[Candidate]:
    """Candidates in one of the orders; whom the reader set aside come last; ties go by name, then id."""
    hours = _reply_hours(found, now) if order == "reply" else {}
    keys: dict[str, Callable[[Candidate], Any]] = {
        "match": lambda candidate: candidate.hit.rank,
        "fit": lambda candidate: -candidate.fit.total,
        "soonest": lambda candidate: (week.first_time(candidate.shared, now) or now + NEVER, -candidate.fit.total),
        "reply": lambda candidate: hours[candidate.pk],
        "name": lambda candidate: 0,
    }
    key = keys[order]
    return sorted(
        found,
        key=lambda candidate: (
            candidate.mark == "dismissed" and order != "match",
            key(candidate),
            fold(candidate.hit.name),
            candidate.pk,
        ),
    )


def _reply_hours(found: list[Candidate], now: datetime) -> dict[int, float]:
    """How fast people answer; those with too few answers come last."""
    usual = reply_times([Enrolment(pk=candidate.pk) for candidate in found], now=now)
    return {pk: inf if reply.hours is None else reply.hours for pk, reply in usual.items()}


def _live_facets(reader: Reader, hit: Hit, limits: Limits) -> dict[str, list[str]]:
    state = "free" if limits.state == "held" else limits.state
    hours = week.hours(week.from_bytes(hit.slots) & reader.slots)
    facets = {
        "help": [state] if state in ("free", "waitlist", "away") else [],
        "time": [str(least) for least in (1, 3) if hours >= least],
        "line": [],
    }
    if reader.member.department and limits.department:
        facets["line"] = ["same" if limits.department == reader.member.department else "different"]
    return facets


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
    names = {skill.pk: str(skill) for skill in Skill.objects.visible_to(reader.member).filter(pk__in=skills)}
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
