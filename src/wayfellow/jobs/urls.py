from django.urls import path

from wayfellow.jobs import views

urlpatterns = [
    path("o/<slug:organisation>/health/", views.health, name="health"),
    path("o/<slug:organisation>/health/export/", views.export_jobs, name="export_jobs"),
    path("o/<slug:organisation>/health/<uuid:pk>/again/", views.run_again, name="run_again"),
    path("o/<slug:organisation>/health/<uuid:pk>/cancel/", views.cancel_job, name="cancel_job"),
]
