"""Places against demand, skill by skill: how many look for it, and how many places its mentors have free.

Goals are read by their owners only. What is shown of them is a count for each skill, and no count below five.
"""

from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from wayfellow.core import clock
from wayfellow.goals.models import Goal, GoalSkill
from wayfellow.programmes.models import Cohort
from wayfellow.search.words import fold
from wayfellow.skills.models import MemberSkill, Skill
from wayfellow.workspace.queries.cohort import FEWEST, count_words, here, with_mentor_now


@dataclass(frozen=True)
class Demand:
    """A skill with the people who look for it and the free places of the mentors who offer it."""

    skill: Skill
    looking: int
    free: int
    widest: int

    @property
    def is_few(self) -> bool:
        return 0 < self.looking < FEWEST

    @property
    def looking_words(self) -> str:
        return count_words(self.looking)

    @property
    def short_by(self) -> int:
        """How many more look than there are places; 0 when that cannot be said."""
        return 0 if self.is_few else max(self.looking - self.free, 0)

    @property
    def reading(self) -> tuple[str, str]:
        """Shape and words."""
        if self.short_by:
            return "warn", _("Short by %(n)d") % {"n": self.short_by}
        if self.is_few:
            return ("good", _("Enough")) if self.free >= FEWEST - 1 else ("none", _("Few look for it"))
        spare = self.free - self.looking
        return ("good", _("Room for %(n)d") % {"n": spare}) if spare >= FEWEST else ("good", _("Enough"))

    @property
    def looking_width(self) -> int:
        """Of 100, for the picture; a count that is not said is not drawn."""
        return 0 if self.is_few else round(100 * self.looking / self.widest)

    @property
    def free_width(self) -> int:
        return round(100 * self.free / self.widest)


def demand(cohort: Cohort) -> list[Demand]:
    """Every skill that somebody looks for or offers, the shortest first. Three queries."""
    looking = _looking(cohort)
    free = _free(cohort)
    counts = {pk: (looking.get(pk, 0), free.get(pk, 0)) for pk in {*looking, *free}}
    skills = Skill.objects.in_bulk(counts)
    widest = max((max(pair) for pair in counts.values()), default=0) or 1
    found = [Demand(skills[pk], wanted, places, widest) for pk, (wanted, places) in counts.items()]
    return sorted(found, key=_order)


def _order(row: Demand) -> tuple[int, int, int, str, int]:
    said = 0 if row.is_few else row.looking
    return -row.short_by, -said, -int(row.is_few), fold(str(row.skill)), row.skill.pk


def _looking(cohort: Cohort) -> dict[int, int]:
    """How many mentees without a mentor have a goal under way that asks for each skill."""
    mentees = here(cohort).filter(is_mentee=True).exclude(with_mentor_now()).values("member")
    rows = GoalSkill.objects.filter(goal__state=Goal.State.ACTIVE, goal__member__in=mentees)
    return dict(rows.order_by().values_list("skill").annotate(n=Count("goal__member", distinct=True)))


def _free(cohort: Cohort) -> dict[int, int]:
    """The free places of mentors who can be asked now, for each skill they offer."""
    today = clock.now().date()
    asked = Q(member__enrolments__cohort=cohort, member__enrolments__is_mentor=True)
    asked &= Q(member__enrolments__takes_requests=True)
    asked &= Q(member__enrolments__away_until__isnull=True) | Q(member__enrolments__away_until__lte=today)
    limits = "member__enrolments__"
    places = F(f"{limits}capacity") - F(f"{limits}places_taken") - F(f"{limits}places_held")
    rows = MemberSkill.objects.offered().filter(asked)
    return dict(rows.order_by().values_list("skill").annotate(n=Sum(Greatest(places, 0))))
