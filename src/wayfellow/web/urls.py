from django.urls import path

from wayfellow.web import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("theme", views.set_theme, name="set_theme"),
]
