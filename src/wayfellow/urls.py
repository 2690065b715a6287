"""Addresses of the site. Everything of an organisation lies under `/o/<organisation>/`.

Higher subjects come first: the demo's front page stands before the ordinary one.
"""

from django.urls import include, path
from django.utils.module_loading import module_has_submodule

from wayfellow.core.registry import subjects

urlpatterns = [
    path("", include(f"{subject.name}.urls"))
    for subject in reversed(list(subjects()))
    if module_has_submodule(subject.module, "urls")
]

handler400 = "wayfellow.web.views.bad_request"
handler403 = "wayfellow.web.views.not_allowed"
handler404 = "wayfellow.web.views.not_found"
handler429 = "wayfellow.web.views.too_often"
handler500 = "wayfellow.web.views.broken"
