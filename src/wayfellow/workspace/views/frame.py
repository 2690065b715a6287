"""What a programme's pages have in common: which programme, and that its manager asks."""

from typing import Any

from django.http import Http404, HttpRequest

from wayfellow.workspace.queries.cohort import managed

MOST_SEARCHED = 200


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page of a programme; `?programme=` chooses among several.

    Raises:
        Http404: it is none of those that the member runs.
    """
    found = managed(request.member, request.GET.get("programme", ""))
    if found is None:
        raise Http404
    return {
        "organisation": request.organisation,
        "programme": found.programme,
        "cohort": found.cohort,
        "programmes": found.programmes,
        "kept": {"programme": found.programme.pk} if request.GET.get("programme") else {},
        "asked": f"?programme={found.programme.pk}" if request.GET.get("programme") else "",
        "search": request.GET.get("q", "").strip()[:MOST_SEARCHED],
    }
