"""What the pages of goals that belong to a relationship have in common."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from wayfellow.core import clock
from wayfellow.goals import policy
from wayfellow.goals.queries.together import names_in, relationships_of


def find_together(request: HttpRequest, pk: int) -> Any:
    """A relationship of the reader, with its people; 404 for everybody else."""
    return get_object_or_404(relationships_of(request.member), pk=pk)


def frame(request: HttpRequest, relationship: Any) -> dict[str, Any]:
    """What every such page says at its head, and whether anything can be written."""
    refusal = policy.why_not_write_together(request.member, relationship)
    return {
        "relationship": relationship,
        "names": names_in(relationship, request.member),
        "reader": request.member,
        "today": request.organisation.today(clock.now()),
        "can_write": refusal is None,
        "cannot": refusal.message if refusal else "",
    }


def came_from(request: HttpRequest, otherwise: str) -> str:
    """Where a form says to go afterwards, if that is a page of ours."""
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}) and asked.startswith("/")
    return asked if ours else otherwise


def whole_number(text: str) -> int:
    """A primary key that came with a form.

    Raises:
        Http404: it is none.
    """
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)
