"""Addresses of the demo. Outside demo mode there are none."""

from django.conf import settings
from django.urls import path

from wayfellow.demo import views

urlpatterns = []
if settings.DEMO:
    urlpatterns = [
        path("", views.doors, name="doors"),
        path("demo/door/", views.demo_door, name="demo_door"),
    ]
