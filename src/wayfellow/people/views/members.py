"""Other members: their page and their photo."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.people.models import Member, Profile
from wayfellow.people.queries.profile import people_for, profile_page

PHOTO_SECONDS = 30 * 24 * 3600


@access(MEMBER, GUEST)
@require_safe
def member(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who this is, as they chose to be seen."""
    row = get_object_or_404(people_for(request.member).select_related("organisation"), pk=pk)
    page_of = profile_page(request.member, row, now=clock.now())
    return render(request, "people/member.html", {"page_of": page_of})


@access(MEMBER, GUEST)
@require_safe
def profile_photo(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The photo as we drew it. Kept by the reader's browser only, for as long as its address names this photo."""
    row = get_object_or_404(Member.objects.visible_to(request.member), pk=pk, state=Member.State.ACTIVE)
    photo = Profile.objects.filter(member=row).values_list("photo", flat=True).first()
    if not photo or not row.photo_version:
        raise Http404
    response = HttpResponse(bytes(photo), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    kept = f"private, max-age={PHOTO_SECONDS}, immutable"
    response["Cache-Control"] = kept if request.GET.get("v") == row.photo_version else "private, no-cache"
    return response
