"""Who runs which programme, for administrators; the rules of the programmes one runs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wayfellow.core.access import ADMINISTRATOR, MANAGER, access
from wayfellow.core.errors import DomainError
from wayfellow.people.models import Member
from wayfellow.people.views.confirming import confirm_first
from wayfellow.programmes import policy
from wayfellow.programmes.actions import appoint_manager as appoint
from wayfellow.programmes.actions import change_programme
from wayfellow.programmes.actions import dismiss_manager as dismiss
from wayfellow.programmes.forms import RulesForm
from wayfellow.programmes.models import Programme
from wayfellow.web.tables import paginate

SHORTEST_SEARCH = 2


@access(MANAGER, area="programme")
@require_http_methods(["GET", "HEAD", "POST"])
def programme_settings(request: HttpRequest, organisation: str) -> HttpResponse:
    """Reminders, expiry and limits of a programme one runs; `?programme=` chooses among several."""
    mine = Programme.objects.visible_to(request.member).filter(managers=request.member)
    programmes = list(mine.order_by("-is_open_network", "name"))
    asked = request.GET.get("programme", "")
    chosen = next((found for found in programmes if str(found.pk) == asked), None)
    if chosen is None:
        if asked or not programmes:
            raise Http404
        chosen = programmes[0]
    form = RulesForm(request.POST if request.method == "POST" else None, instance=chosen)
    if form.is_bound and form.is_valid():
        try:
            change_programme(request.member, chosen, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved. It holds for what is sent from now on."))
            return redirect(f"{reverse('programme_settings', args=[organisation])}?programme={chosen.pk}")
    context = {"programme": chosen, "programmes": programmes, "form": form}
    return render(request, "programmes/programme_settings.html", context, status=422 if form.is_bound else 200)


@access(ADMINISTRATOR, area="organisation")
@require_safe
def programmes(request: HttpRequest, organisation: str) -> HttpResponse:
    """The programmes there are, and who runs each."""
    rows = Programme.objects.visible_to(request.member).prefetch_related("managers")
    words = request.GET.get("q", "").strip()[:100]
    if words:
        rows = rows.filter(name__icontains=words)
    page_obj = paginate(request, rows.order_by("-is_open_network", "name"))
    return render(request, "programmes/programmes.html", {"page_obj": page_obj, "q": words})


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def appoint_manager(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Search for a member and let them run the programme."""
    programme = get_object_or_404(Programme.objects.visible_to(request.member), pk=pk)
    if request.method == "POST":
        chosen = request.POST.get("member", "")
        member = Member.objects.visible_to(request.member).filter(pk=chosen if chosen.isdecimal() else None).first()
        if member is None:
            messages.warning(request, _("Search for a member and choose them."))
            return redirect("appoint_manager", organisation, pk)
        appoint(request.member, programme, member)
        said = _("%(name)s runs “%(programme)s” now, and is told.")
        messages.success(request, said % {"name": member.full_name, "programme": programme.name})
        return redirect("programmes", organisation)
    words = request.GET.get("q", "").strip()[:100]
    found = Member.objects.visible_to(request.member).active().filter(is_guest=False)
    found = found.exclude(programmes_managed=programme)
    found = found.filter(full_name__icontains=words) if len(words) >= SHORTEST_SEARCH else found.none()
    page_obj = paginate(request, found.order_by("full_name", "pk"))
    return render(
        request, "programmes/appoint_manager.html", {"programme": programme, "page_obj": page_obj, "q": words}
    )


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def dismiss_manager(request: HttpRequest, organisation: str, pk: int, member_id: int) -> HttpResponse:
    """Take a programme from somebody, after asking once more."""
    programme = get_object_or_404(Programme.objects.visible_to(request.member), pk=pk)
    member = get_object_or_404(Member.objects.visible_to(request.member), pk=member_id)
    names = {"name": member.full_name, "programme": programme.name}
    back = reverse("programmes", args=[organisation])
    if request.method == "POST":
        dismiss(request.member, programme, member)
        messages.success(request, _("%(name)s does not run “%(programme)s” any more.") % names)
        return redirect(back)
    refusal = policy.why_not_dismiss_manager(programme, member)
    if refusal is not None:
        return render(request, "web/refused.html", {"message": refusal.message, "back_url": back}, status=403)
    context = {
        "heading": _("Take “%(programme)s” from %(name)s?") % names,
        "consequence": _("They stay a member and see no more of its overview. They are told."),
        "action": _("Take it away"),
        "keep_url": back,
    }
    return render(request, "web/confirm.html", context)
