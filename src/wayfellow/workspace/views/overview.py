"""A programme's first page, for those who run it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import MANAGER, access
from wayfellow.relationships.queries import places
from wayfellow.workspace.queries import overview as numbers
from wayfellow.workspace.queries.attention import could_use_a_word
from wayfellow.workspace.queries.demand import demand
from wayfellow.workspace.queries.fairness import fairness
from wayfellow.workspace.queries.waiting import Waiting, usual_answer, waiting_requests
from wayfellow.workspace.views.frame import frame

SHOWN = 5


@access(MANAGER, area="programme")
@require_safe
def overview(request: HttpRequest, organisation: str) -> HttpResponse:
    """Where places are short, who waits, who could use a word."""
    now = clock.now()
    context = frame(request)
    cohort = context["cohort"]
    skills = demand(cohort)
    words = could_use_a_word(cohort, now=now)
    waiting = waiting_requests(cohort)
    context |= {
        "places": places(cohort),
        "pairs": numbers.pairs(cohort, now=now),
        "new": numbers.new_people(cohort, now=now),
        "longest": numbers.longest_in_line(cohort),
        "skills": skills[:SHOWN],
        "skill_count": len(skills),
        "short": sum(1 for row in skills if row.short_by),
        "waiting": [Waiting(row, now) for row in waiting[:SHOWN]],
        "waiting_count": waiting.count(),
        "usual": usual_answer(cohort),
        "words": words[:SHOWN],
        "word_count": len(words),
        "fair": fairness(cohort, now=now),
    }
    return render(request, "workspace/overview.html", context)
