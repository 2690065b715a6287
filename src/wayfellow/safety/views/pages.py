"""The page of ours from which somebody came, told in `?page=`."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 200


def safe_page(request: HttpRequest) -> str:
    """A page of this organisation, or nothing for anything else."""
    asked = request.GET.get("page", "")
    mine = f"/o/{request.organisation.slug}/"
    if len(asked) > LONGEST or not asked.startswith(mine) or not asked.isprintable():
        return ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
