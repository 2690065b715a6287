from django.urls import path

from wayfellow.notifications import views

urlpatterns = [
    path("o/<slug:organisation>/notices/", views.notices, name="notices"),
    path("o/<slug:organisation>/notices/read/", views.read_notices, name="read_notices"),
    path("o/<slug:organisation>/notices/preferences/", views.notice_preferences, name="notice_preferences"),
    path("o/<slug:organisation>/notices/wishes/", views.set_mail_wishes, name="set_mail_wishes"),
    path("mails/stop/<str:token>/", views.stop_mails, name="stop_mails"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:mail>/", views.outbox_mail, name="outbox_mail"),
    path("outbox/<int:mail>/html/", views.outbox_html, name="outbox_html"),
]
