from django.urls import include, path

from wayfellow.relationships.views import (
    agreements,
    answers,
    joining,
    limits,
    mail_answers,
    mentoring,
    quiet_words,
    relationships,
    requests,
    reviews,
    waiting,
)

agreement_urls = [
    path("", agreements.agreement, name="agreement"),
    path("my-side", agreements.fill_in_agreement, name="fill_in_agreement"),
    path("show", agreements.show_answers, name="show_answers"),
    path("yes", agreements.agree_to_clause, name="agree_to_clause"),
    path("sign", agreements.sign_agreement, name="sign_agreement"),
    path("keep", agreements.drop_change, name="drop_change"),
    path("later-end", agreements.extend_relationship, name="extend_relationship"),
    path("versions/<int:number>", agreements.agreement_version, name="agreement_version"),
    path("points/<slug:clause>/propose", agreements.propose_clause, name="propose_clause"),
    path("points/<slug:clause>/change", agreements.change_agreement, name="change_agreement"),
]

relationship_urls = [
    path("end", relationships.end_relationship, name="end_relationship"),
    path("leave", relationships.leave_relationship, name="leave_relationship"),
    path("pause", relationships.pause_relationship, name="pause_relationship"),
    path("resume", relationships.resume_relationship, name="resume_relationship"),
    path("agreement/", include(agreement_urls)),
    path("review", reviews.start_review, name="start_review"),
    path("reviews/<int:review_pk>/", reviews.review, name="review"),
    path("reviews/<int:review_pk>/mine", reviews.fill_in_review, name="fill_in_review"),
    path("invite", joining.invite_to_relationship, name="invite_to_relationship"),
    path("joining/<int:joining_pk>/", joining.joining, name="joining"),
    path("joining/<int:joining_pk>/yes", joining.agree_to_joining, name="agree_to_joining"),
    path("joining/<int:joining_pk>/not-now", joining.decline_joining, name="decline_joining"),
    path("joining/<int:joining_pk>/take-back", joining.withdraw_joining, name="withdraw_joining"),
]

urlpatterns = [
    path("a/<str:token>", mail_answers.answer_from_mail, name="answer_from_mail"),
    path(
        "o/<slug:organisation>/",
        include(
            [
                path("mentors/<int:pk>/request", requests.send_request, name="send_request"),
                path("mentors/<int:pk>/request/draft", requests.keep_draft, name="keep_draft"),
                path("mentors/<int:pk>/wait", waiting.join_waiting_list, name="join_waiting_list"),
                path("mentees/<int:pk>/offer", requests.send_offer, name="send_offer"),
                path("waiting/<int:pk>/leave", waiting.leave_waiting_list, name="leave_waiting_list"),
                path("requests/<int:pk>/", answers.answer, name="answer"),
                path("requests/<int:pk>/accept", answers.accept_request, name="accept_request"),
                path("requests/<int:pk>/not-now", answers.decline_request, name="decline_request"),
                path("requests/<int:pk>/suggest", answers.suggest_colleague, name="suggest_colleague"),
                path("requests/<int:pk>/question", answers.ask_question, name="ask_question"),
                path("requests/<int:pk>/question/answer", answers.answer_question, name="answer_question"),
                path("requests/<int:pk>/take-back", requests.withdraw_request, name="withdraw_request"),
                path("requests/<int:pk>/discard", requests.discard_draft, name="discard_draft"),
                path("mentoring/", mentoring.mentoring, name="mentoring"),
                path("mentoring/limits", limits.my_limits, name="my_limits"),
                path("mentoring/limits/offers", limits.allow_offers, name="allow_offers"),
                path("mentoring/limits/stop", limits.stop_mentoring, name="stop_mentoring"),
                path("mentoring/<slug:tab>/export", mentoring.export_mentoring, name="export_mentoring"),
                path("relationships/<int:pk>/", include(relationship_urls)),
                path("relationships/<int:pk>/word", quiet_words.ask_quiet_word, name="ask_quiet_word"),
                path("quiet-words/", quiet_words.quiet_words, name="quiet_words"),
                path("quiet-words/<int:pk>/", quiet_words.quiet_word, name="quiet_word"),
                path("quiet-words/<int:pk>/take-up", quiet_words.take_up_quiet_word, name="take_up_quiet_word"),
                path("quiet-words/<int:pk>/close", quiet_words.close_quiet_word, name="close_quiet_word"),
                path(
                    "quiet-words/<int:pk>/release",
                    quiet_words.release_from_relationship,
                    name="release_from_relationship",
                ),
            ]
        ),
    ),
]
