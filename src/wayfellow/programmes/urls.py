from django.urls import path

from wayfellow.programmes.set_up import set_up

urlpatterns = [
    path("setup/<str:token>/", set_up, name="set_up"),
]
