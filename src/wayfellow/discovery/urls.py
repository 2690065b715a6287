from django.urls import include, path

from wayfellow.discovery import views

urlpatterns = [
    path(
        "o/<slug:organisation>/",
        include(
            [
                path("find/", views.find, name="find"),
                path("find/for-my-goal/", views.recommendations, name="recommendations"),
                path("find/saved/", views.saved_mentors, name="saved_mentors"),
                path("find/mentees/", views.find_mentees, name="find_mentees"),
                path("mentors/<int:enrolment_id>/", views.mentor, name="mentor"),
                path("mentors/<int:enrolment_id>/save", views.save_mentor, name="save_mentor"),
                path("mentors/<int:enrolment_id>/tell-me-when-back", views.tell_me_when_back, name="tell_me_when_back"),
                path("mentors/<int:enrolment_id>/dismiss", views.dismiss_mentor, name="dismiss_mentor"),
                path("mentors/<int:enrolment_id>/unmark", views.unmark_mentor, name="unmark_mentor"),
            ]
        ),
    ),
]
