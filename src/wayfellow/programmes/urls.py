from django.urls import path

from wayfellow.programmes import views
from wayfellow.programmes.set_up import set_up

urlpatterns = [
    path("setup/<str:token>/", set_up, name="set_up"),
    path("o/<slug:organisation>/programmes/", views.programmes, name="programmes"),
    path("o/<slug:organisation>/programmes/<int:pk>/appoint/", views.appoint_manager, name="appoint_manager"),
    path(
        "o/<slug:organisation>/programmes/<int:pk>/managers/<int:member_id>/dismiss/",
        views.dismiss_manager,
        name="dismiss_manager",
    ),
    path("o/<slug:organisation>/programme/rules", views.programme_settings, name="programme_settings"),
]
