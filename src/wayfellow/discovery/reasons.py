"""Why this mentor, in words that are drawn from data only: at most four reasons, and one honest "but".

Who somebody is (name, photo, background) gives no reason.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.core import week
from wayfellow.discovery import words
from wayfellow.discovery.queries.candidates import Candidate
from wayfellow.discovery.queries.reader import Reader
from wayfellow.people.models import Member
from wayfellow.web.templatetags.wayfellow import long_day

MOST_REASONS = 4
FAR_HOURS = 5
LITTLE_TIME = 1.0


@dataclass(frozen=True)
class Reasons:
    """What speaks for a mentor, and what one should know."""

    why: list[Any] = field(default_factory=list)
    but: Any = ""


def reasons(reader: Reader, candidate: Candidate, mentor: Member, *, mentored: int) -> Reasons:
    """Reasons for one mentor.

    Args:
        mentored: how many people they have mentored here, ended relationships included.
    """
    found = [
        _has_mentored(mentored),
        *_skills(reader, candidate),
        _languages(reader, candidate),
        _free_time(reader, candidate),
        _nearness(reader, candidate, mentor),
        _seniority(reader, candidate),
    ]
    return Reasons([reason for reason in found if reason][:MOST_REASONS], _but(reader, candidate, mentor, mentored))


def _has_mentored(mentored: int) -> str:
    if not mentored:
        return ""
    return ngettext("Has mentored %(n)d person here", "Has mentored %(n)d people here", mentored) % {"n": mentored}


def _skills(reader: Reader, candidate: Candidate) -> list[Any]:
    levels = {int(skill): level for skill, level in candidate.hit.facts.get("levels", {}).items()}
    strong: list[str] = []
    ahead: list[str] = []
    for skill, (has, wants) in reader.seeker.skills.items():
        level = levels.get(skill, 0)
        if level <= has:
            continue
        name = _("%(skill)s (level %(level)d)") % {"skill": reader.skill_names[skill], "level": level}
        (strong if level >= wants else ahead).append(name)
    found = []
    if strong:
        count = len(strong)
        sentence = ngettext(
            "Strong in a skill your goal names: {names}", "Strong in {n} skills your goal names: {names}", count
        )
        found.append(format_html(sentence, n=count, names=words.listed_bold(strong)))
    if ahead:
        found.append(format_html(_("Some way ahead of you in {names}"), names=words.listed_bold(ahead)))
    return found


def _languages(reader: Reader, candidate: Candidate) -> str:
    codes = sorted(reader.seeker.languages & {str(code) for code in candidate.hit.facets.get("language", ())})
    if not codes:
        return ""
    names = sorted(words.language(code) for code in codes)
    return _("Speaks %(languages)s, as you do") % {"languages": words.listed(names)}


def _free_time(reader: Reader, candidate: Candidate) -> str:
    spans = week.spans(candidate.shared, reader.offset)
    if not spans or week.hours(candidate.shared) <= LITTLE_TIME:
        return ""
    best = spans[0]
    if best.minutes >= week.WEEK:
        return _("Free whenever you are")
    days = [span.weekday for span in spans if (span.start, span.end) == (best.start, best.end)]
    return _("Free %(days)s %(times)s your time") % {"days": words.weekdays(days), "times": best.from_to}


def _nearness(reader: Reader, candidate: Candidate, mentor: Member) -> str:
    department = reader.member.department
    if department and department == mentor.department:
        return _("Works in your department, %(department)s") % {"department": department}
    if candidate.hit.facts.get("offset") == reader.offset:
        return _("Same time zone as you")
    return ""


def _seniority(reader: Reader, candidate: Candidate) -> str:
    theirs, mine = candidate.hit.facets.get("seniority"), reader.seeker.seniority
    if mine is None or not theirs or not isinstance(theirs[0], int):
        return ""
    steps = theirs[0] - mine
    if not 1 <= steps <= 2:
        return ""
    sentence = ngettext("%(n)d step of seniority ahead of you", "%(n)d steps of seniority ahead of you", steps)
    return sentence % {"n": steps}


def _but(reader: Reader, candidate: Candidate, mentor: Member, mentored: int) -> str:
    """The one thing to know first, the weightiest that is true."""
    return (
        _reporting_line(reader, mentor)
        or _cannot_now(candidate, mentor)
        or _skill_gap(reader, candidate)
        or _no_common_language(reader, candidate)
        or _little_time(reader, candidate)
        or _far_away(reader, candidate)
        or _new_or_other(reader, candidate, mentor, mentored)
    )


def _reporting_line(reader: Reader, mentor: Member) -> str:
    if reader.member.manager_id == mentor.pk:
        return _("Is your manager: think about what you could not say to them.")
    if mentor.pk in reader.above:
        return _("Is above you in your own reporting line.")
    if mentor.pk in reader.below:
        return _("Is below you in your own reporting line.")
    return ""


def _cannot_now(candidate: Candidate, mentor: Member) -> str:
    name, limits = mentor.short_name, candidate.limits
    if limits.state == "closed":
        return _("%(name)s takes no requests now.") % {"name": name}
    if limits.state == "away":
        return _("%(name)s asked not to receive requests until %(day)s.") % {
            "name": name,
            "day": long_day(limits.away_until),
        }
    if limits.state in ("waitlist", "full"):
        return _("All places are taken, so %(name)s cannot be asked now.") % {"name": name}
    if limits.state == "busy":
        return _("%(name)s has as many open requests as can be answered well.") % {"name": name}
    return ""


def _skill_gap(reader: Reader, candidate: Candidate) -> str:
    if reader.seeker.skills and candidate.fit.skills == 0:
        return _("Offers none of the skills your goal names.")
    return ""


def _no_common_language(reader: Reader, candidate: Candidate) -> str:
    theirs = [str(code) for code in candidate.hit.facets.get("language", ())]
    if reader.seeker.languages and theirs and not reader.seeker.languages & set(theirs):
        names = words.listed(sorted(words.language(code) for code in theirs))
        return _("Names no language that you name, only %(languages)s.") % {"languages": names}
    return ""


def _little_time(reader: Reader, candidate: Candidate) -> str:
    if not reader.slots or not candidate.hit.slots:
        return ""
    hours = week.hours(candidate.shared)
    if hours == 0:
        return _("You share no free hour in the week.")
    if hours <= LITTLE_TIME:
        return _("You share only %(hours)s a week.") % {"hours": words.count_of_hours(hours)}
    return ""


def _far_away(reader: Reader, candidate: Candidate) -> str:
    apart = abs(candidate.hit.facts.get("offset", reader.offset) - reader.offset) / 60
    if apart < FAR_HOURS:
        return ""
    return _("Your clocks are %(hours)s apart.") % {"hours": words.count_of_hours(round(apart * 2) / 2)}


def _new_or_other(reader: Reader, candidate: Candidate, mentor: Member, mentored: int) -> str:
    if not candidate.hit.slots:
        return _("Has not said when they are free.")
    if not mentored:
        return _("Has not mentored here before.")
    if reader.member.department and mentor.department and reader.member.department != mentor.department:
        return _("Works in %(department)s, so you would explain your side.") % {"department": mentor.department}
    if candidate.limits.state == "free" and candidate.limits.free == 1:
        return _("Has one place left.")
    return ""
