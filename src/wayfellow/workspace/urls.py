from django.urls import include, path

from wayfellow.workspace.views import home

urlpatterns = [
    path("o/<slug:organisation>/", include([path("", home.home, name="home")])),
]
