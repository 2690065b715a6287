"""How soon reports are looked into: what administrators say."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wayfellow.core.access import ADMINISTRATOR, access
from wayfellow.core.errors import DomainError
from wayfellow.safety import actions
from wayfellow.safety.forms import ReportTermsForm
from wayfellow.safety.queries import terms_of


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def report_terms(request: HttpRequest, organisation: str) -> HttpResponse:
    """Two numbers of days. They say nothing of any report."""
    terms = terms_of(request.organisation)
    initial = {"take_up_days": terms.take_up_days, "close_days": terms.close_days}
    form = ReportTermsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.set_report_terms(request.member, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Kept. It holds from the next report on."))
            return redirect("report_terms", organisation)
    return render(request, "safety/report_terms.html", {"form": form}, status=422 if form.is_bound else 200)
