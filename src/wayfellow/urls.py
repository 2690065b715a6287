"""All addresses. Each subject that has pages lists its own."""

from importlib.util import find_spec

from django.urls import include, path

SUBJECTS = (
    "web people notifications jobs audit search skills goals safety programmes relationships discovery workspace demo"
)

urlpatterns = [
    path("", include(f"wayfellow.{subject}.urls"))
    for subject in SUBJECTS.split()
    if find_spec(f"wayfellow.{subject}.urls")
]

handler400 = "wayfellow.web.views.bad_request"
handler403 = "wayfellow.web.views.forbidden"
handler404 = "wayfellow.web.views.not_found"
handler500 = "wayfellow.web.views.server_error"
