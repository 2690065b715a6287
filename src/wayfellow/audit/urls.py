from django.urls import path

from wayfellow.audit import views

urlpatterns = [
    path("o/<slug:organisation>/records/", views.records, name="records"),
    path("o/<slug:organisation>/records/export/", views.export_records, name="export_records"),
]
