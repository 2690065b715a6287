"""The first page of a member."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.workspace.queries.home import MOST_SHOWN, next_for, read_home


@access(MEMBER, GUEST)
@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """What comes next, and what there is of one's mentoring."""
    now = clock.now()
    found = read_home(request.member, now=now)
    comes_next = next_for(found)
    context = {
        "organisation": request.organisation,
        "home": found,
        "next": comes_next,
        "others": [asked for asked in found.my_turn if asked is not comes_next.row],
        "coming": [line for line in found.coming if line is not comes_next.row],
        "greeting": greeting(timezone.localtime(now).hour) % {"name": request.member.short_name},
        "now": now,
        "most": MOST_SHOWN,
        "reader": found.reader,
        "here": request.get_full_path(),
    }
    return render(request, "workspace/home.html", context)


def greeting(hour: int) -> str:
    """Good morning, Amara."""
    if 5 <= hour < 12:
        return _("Good morning, %(name)s")
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s")
    return _("Good evening, %(name)s")
