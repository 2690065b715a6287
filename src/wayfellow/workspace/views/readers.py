"""Who can read this: confidentiality that the people of a relationship can check."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.goals.queries.together import names_in
from wayfellow.relationships.views.relationships import find_relationship
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate
from wayfellow.workspace.queries.readers import looks_at, readers_of, table_of


@access(MENTEE, MENTOR)
@require_safe
def who_can_read(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Each kind of item of this relationship with its readers, and every look by staff."""
    found = find_relationship(request, pk)
    names = names_in(found, request.member)
    readers = readers_of(found, request.member, names)
    context = {
        "found": found,
        "names": names,
        "readers": readers,
        "offices": [reader for reader in readers if reader.who],
        "rows": table_of(readers),
        "page_obj": paginate(request, looks_at(found)),
    }
    return render(request, "workspace/who_can_read.html", context)


@access(MENTEE, MENTOR)
@require_safe
def export_who_can_read(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The same as a file."""
    found = find_relationship(request, pk)
    readers = readers_of(found, request.member, names_in(found, request.member))
    rows = [[label, *(cell.words or _("No") for cell in cells)] for label, cells in table_of(readers)]
    headers = [_("what"), *(str(reader.name) for reader in readers)]
    return export_response(f"who-can-read-{found.pk}", headers, rows, request.GET.get("format", "csv"))
