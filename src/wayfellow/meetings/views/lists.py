"""All meetings of a relationship."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.meetings import policy
from wayfellow.meetings.queries.lists import open_proposal, past_meetings, planned_meetings, show_all
from wayfellow.meetings.views.parts import head_of, slot_words
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate


@access(MENTEE, MENTOR)
@require_safe
def meetings(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is planned, what is offered, what was."""
    now, member = clock.now(), request.member
    found, people, context = head_of(request, pk)
    refusal = policy.why_not_meet(member, found, now)
    search = request.GET.get("q", "").strip()[:200]
    page_obj = paginate(request, past_meetings(found, member, now=now, search=search))
    planned = planned_meetings(found, member, now=now)
    shown = show_all([*planned, *page_obj.object_list], member, people, may_write=refusal is None, now=now)
    proposal = open_proposal(found, member)
    slots = []
    if proposal is not None:
        slots = [
            (slot, *slot_words(member, context["others"], slot.starts_at, proposal.minutes))
            for slot in sorted(proposal.slots.all(), key=lambda slot: slot.starts_at)
        ]
    context |= {
        "planned": shown[: len(planned)],
        "past": shown[len(planned) :],
        "page_obj": page_obj,
        "search": search,
        "refusal": refusal,
        "proposal": proposal,
        "slots": slots,
        "your_turn": proposal is not None and proposal.created_by_id != member.pk,
        "export_url": reverse("export_meetings", args=[organisation, found.pk]),
    }
    return render(request, "meetings/meetings.html", context)


@access(MENTEE, MENTOR)
@require_safe
def export_meetings(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The meetings of one relationship as a file."""
    now = clock.now()
    found, _people, _context = head_of(request, pk)
    rows = [*planned_meetings(found, request.member, now=now)[::-1], *past_meetings(found, request.member, now=now)]
    headers = [_("starts"), _("minutes"), _("state"), _("about"), _("place")]
    lines = [[row.starts_at, row.minutes, row.get_state_display(), row.title, row.place] for row in rows]
    return export_response("meetings", headers, lines, request.GET.get("format", "csv"))
