"""Waiting for a mentor with no room."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wayfellow.core.access import GUEST, MEMBER, MENTEE, access
from wayfellow.core.clock import now
from wayfellow.core.errors import DomainError
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships import actions, policy
from wayfellow.relationships.models import WaitingEntry
from wayfellow.relationships.queries import expected_waits
from wayfellow.relationships.queries.facts import line_lengths
from wayfellow.relationships.queries.people import me_in


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def join_waiting_list(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Wait for a place with this mentor; says first how long it may take."""
    rows = Enrolment.objects.visible_or_left_to(request.member)
    mentor = get_object_or_404(rows.select_related("member__organisation", "cohort__programme"), pk=pk)
    actor = me_in(request.member, mentor.cohort)
    refusal = policy.why_not_join_waiting_list(actor, mentor, now())
    mine = reverse("mentoring", args=[organisation]) + "?tab=waiting"
    if refusal is not None and refusal.code == "already_waiting":
        messages.info(request, refusal.message)
        return redirect(mine)
    if request.method == "POST":
        try:
            if not actor.pk or not actor.is_mentee:
                actor = actions.enrol_in_network(request.member, as_mentee=True)
            actions.join_waiting_list(actor, mentor)
        except DomainError as error:
            messages.warning(request, str(error))
            return redirect("send_request", organisation, mentor.pk)
        messages.success(request, _("You are in line for %(name)s.") % {"name": mentor.member.short_name})
        return redirect(mine)
    position = line_lengths([mentor])[mentor.pk] + 1
    context = {
        "mentor": mentor,
        "refusal": refusal,
        "position": position,
        "wait": expected_waits({mentor.pk: position}, cohort=mentor.cohort)[mentor.pk],
        "programme": mentor.cohort.programme,
    }
    return render(request, "relationships/join_waiting_list.html", context)


@access(MENTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave_waiting_list(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Give one's place in line up, after asking once more."""
    rows = WaitingEntry.objects.visible_to(request.member).select_related("mentor__member", "mentee")
    entry = get_object_or_404(rows, pk=pk)
    mine = reverse("mentoring", args=[organisation]) + "?tab=waiting"
    refusal = policy.why_not_leave_waiting_list(request.member, entry, now())
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect(mine)
    name = entry.mentor.member.short_name
    if request.method == "POST":
        try:
            actions.leave_waiting_list(request.member, entry)
        except DomainError as error:
            messages.info(request, str(error))
        else:
            messages.success(request, _("You have left the line for %(name)s.") % {"name": name})
        return redirect(mine)
    context = {
        "heading": _("Leave the line for %(name)s?") % {"name": name},
        "consequence": _("Your place goes to the next. If you come back, you start at the end."),
        "action": _("Leave the line"),
        "keep": _("Stay in line"),
        "keep_url": mine,
    }
    return render(request, "web/confirm.html", context)
