from django.urls import path

from wayfellow.programmes import views

urlpatterns = [
    path("o/<slug:organisation>/programme/rules", views.programme_settings, name="programme_settings"),
]
