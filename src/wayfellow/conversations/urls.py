from django.urls import include, path

from wayfellow.conversations import views

urlpatterns = [
    path(
        "o/<slug:organisation>/relationships/<int:pk>/conversation/",
        include(
            [
                path("", views.conversation, name="conversation"),
                path("send", views.send_message, name="send_message"),
                path("draft", views.keep_letter, name="keep_letter"),
                path("read", views.read_messages, name="read_messages"),
                path("letters.txt", views.export_conversation, name="export_conversation"),
                path("files/<int:file_id>/", views.message_file, name="message_file"),
                path("<int:message_id>/", views.message, name="message"),
                path("<int:message_id>/edit", views.edit_message, name="edit_message"),
                path("<int:message_id>/commit", views.commit_from_message, name="commit_from_message"),
                path("<int:message_id>/delete", views.delete_message, name="delete_message"),
            ]
        ),
    ),
]
