"""The rules of the programmes one runs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wayfellow.core.access import MANAGER, access
from wayfellow.core.errors import DomainError
from wayfellow.programmes.actions import change_programme
from wayfellow.programmes.forms import RulesForm
from wayfellow.programmes.models import Programme


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
