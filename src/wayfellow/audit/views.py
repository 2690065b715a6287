"""Records: what happened in the organisation, for its administrators."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wayfellow.audit import queries
from wayfellow.audit.chain import canonical
from wayfellow.audit.forms import RecordsForm
from wayfellow.core.access import ADMINISTRATOR, access
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate

CHUNK = 500


@access(ADMINISTRATOR, area="organisation")
@require_GET
def records(request: HttpRequest, organisation: str) -> HttpResponse:
    """The record, newest first, searched and filtered."""
    form, events = _asked(request)
    page_obj = paginate(request, events, per_page=50)
    context = {
        "form": form,
        "page_obj": page_obj,
        "lines": queries.lines_of(page_obj.object_list),
        "filtered": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "audit/records.html", context, status=422 if form.errors else 200)


@access(ADMINISTRATOR, area="organisation")
@require_GET
def export_records(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """The same events as a file, whole."""
    _form, events = _asked(request)
    headers = [
        _("Number"),
        _("When (UTC)"),
        _("Who"),
        _("What"),
        _("About"),
        _("How"),
        _("Details"),
        _("Verb"),
        _("Hash"),
    ]
    return export_response(f"records-{organisation}", headers, _rows(events), request.GET.get("format", "csv"))


def _asked(request: HttpRequest) -> tuple[RecordsForm, Any]:
    member: Any = request.member
    form = RecordsForm(request.GET, verbs=queries.verbs_of(member))
    asked = form.cleaned_data if form.is_valid() else {}
    return form, queries.events_found(
        member,
        words=asked.get("q", ""),
        verb=asked.get("verb", ""),
        since=asked.get("since"),
        until=asked.get("until"),
    )


def _rows(events: Any) -> Iterator[list[Any]]:
    last = None
    while part := list((events if last is None else events.filter(sequence__lt=last))[:CHUNK]):
        for line in queries.lines_of(part):
            event = line.event
            yield [
                event.sequence,
                event.at.isoformat(timespec="seconds"),
                event.actor.full_name if event.actor else "",
                line.what,
                line.about,
                str(line.how),
                canonical(event.details).decode() if event.details else "",
                event.verb,
                event.hash,
            ]
        last = part[-1].sequence
