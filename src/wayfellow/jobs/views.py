"""Health: what the organisation's jobs do, for its administrators. What a job is about is not shown."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wayfellow.core import clock
from wayfellow.core.access import ADMINISTRATOR, access
from wayfellow.jobs import actions, queries
from wayfellow.jobs.models import Job
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate


@access(ADMINISTRATOR, area="organisation")
@require_safe
def health(request: HttpRequest, organisation: str) -> HttpResponse:
    """The organisation's jobs by state, newest first."""
    counts = queries.counts(request.member)
    tab, search = _asked(request, counts)
    page_obj = paginate(request, queries.jobs_seen(request.member, state=tab, search=search), per_page=25)
    context = {
        "tab": tab,
        "tabs": [
            {"url": f"?tab={name}", "label": label, "count": counts[name], "current": name == tab}
            for name, label in _tabs().items()
        ],
        "counts": counts,
        "is_late": counts["oldest"] is not None and clock.now() - counts["oldest"] > queries.LATE,
        "search": search,
        "page_obj": page_obj,
        "lines": [queries.line_of(job, request.member) for job in page_obj],
    }
    return render(request, "jobs/health.html", context)


@access(ADMINISTRATOR, area="organisation")
@require_safe
def export_jobs(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """The list, as narrowed on the page, as a file."""
    tab, search = _asked(request, queries.counts(request.member))
    headers = [_("What"), _("State"), _("Asked for (UTC)"), _("Tries"), _("Next try (UTC)"), _("Ended (UTC)"), _("Why")]
    rows = _rows(queries.jobs_seen(request.member, state=tab, search=search), request.member)
    return export_response(f"jobs-{organisation}", headers, rows, request.GET.get("format", "csv"))


@access(ADMINISTRATOR, area="organisation")
@require_POST
def run_again(request: HttpRequest, organisation: str, pk: UUID) -> HttpResponse:
    """Put a failed or cancelled job back in the queue."""
    job = get_object_or_404(Job.objects.visible_to(request.member), pk=pk)
    actions.run_again(job, by=request.member)
    messages.success(request, _("It is in the queue again."))
    return redirect("health", organisation)


@access(ADMINISTRATOR, area="organisation")
@require_POST
def cancel_job(request: HttpRequest, organisation: str, pk: UUID) -> HttpResponse:
    """Cancel a waiting job, or ask a running one to stop."""
    job = actions.cancel_job(get_object_or_404(Job.objects.visible_to(request.member), pk=pk), by=request.member)
    if job.is_over:
        messages.success(request, _("It is cancelled. Under Cancelled you can run it again."))
    else:
        messages.success(request, _("It is asked to stop, and does at its next step."))
    return redirect("health", organisation)


def _tabs() -> dict[str, str]:
    return {
        "failed": _("Failed"),
        "waiting": _("Waiting"),
        "running": _("Running"),
        "done": _("Done"),
        "cancelled": _("Cancelled"),
    }


def _asked(request: HttpRequest, counts: dict[str, Any]) -> tuple[str, str]:
    tab = request.GET.get("tab", "")
    if tab not in Job.State.values:
        tab = next((name for name in ("failed", "running", "waiting") if counts[name]), "done")
    return tab, request.GET.get("q", "")[:200]


def _rows(jobs: Any, member: Any) -> Iterator[list[Any]]:
    for job in jobs.iterator(chunk_size=500):
        line = queries.line_of(job, member)
        waits = job.run_after.isoformat(timespec="seconds") if job.state == Job.State.WAITING else ""
        yield [
            line.what,
            job.get_state_display(),
            job.created_at.isoformat(timespec="seconds"),
            job.attempts,
            waits,
            job.finished_at.isoformat(timespec="seconds") if job.finished_at else "",
            line.why,
        ]
