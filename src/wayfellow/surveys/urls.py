from django.urls import include, path

from wayfellow.surveys.views import answering, mine

urlpatterns = [
    path("q/<str:token>", answering.answer_survey_from_mail, name="answer_survey_from_mail"),
    path(
        "o/<slug:organisation>/",
        include(
            [
                path("questions/<int:pk>/", answering.answer_survey, name="answer_survey"),
                path("relationships/<int:pk>/pulse/", mine.my_pulse, name="my_pulse"),
                path("relationships/<int:pk>/pulse/choose", mine.choose_surveys, name="choose_surveys"),
                path("relationships/<int:pk>/pulse/export", mine.export_my_pulse, name="export_my_pulse"),
                path("network/pulse/", mine.pulse_totals, name="pulse_totals"),
                path("network/pulse/export", mine.export_pulse_totals, name="export_pulse_totals"),
            ]
        ),
    ),
]
