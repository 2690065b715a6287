"""What stands outside any organisation: being forgotten."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wayfellow.core.access import ANYONE, access


@access(ANYONE, before_conduct=True)
@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Nothing about you is left here."""
    return render(request, "people/forgotten.html")
