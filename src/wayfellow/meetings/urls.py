from django.urls import include, path

from wayfellow.meetings.views import calendars, lists, mail_answers, meeting, outcomes, planning

ONE = "<int:meeting_id>/"

urlpatterns = [
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("m/<str:token>", mail_answers.answer_invitation_from_mail, name="answer_invitation_from_mail"),
    path("m/<str:token>/times", mail_answers.pick_slot_from_mail, name="pick_slot_from_mail"),
    path(
        "o/<slug:organisation>/",
        include(
            [
                path("calendar/", calendars.my_calendar, name="my_calendar"),
                path("calendar/feed", calendars.make_feed, name="make_feed"),
                path("calendar/feed/off", calendars.revoke_feed, name="revoke_feed"),
                path("calendar/video", calendars.save_video_link, name="save_video_link"),
                path("calendar/busy", calendars.connect_busy_times, name="connect_busy_times"),
                path("calendar/busy/off", calendars.disconnect_busy_times, name="disconnect_busy_times"),
                path("calendar/busy/now", calendars.read_busy_times_now, name="read_busy_times_now"),
            ]
        ),
    ),
    path(
        "o/<slug:organisation>/relationships/<int:pk>/meetings/",
        include(
            [
                path("", lists.meetings, name="meetings"),
                path("export", lists.export_meetings, name="export_meetings"),
                path("plan", planning.schedule_meeting, name="schedule_meeting"),
                path("log", outcomes.log_meeting, name="log_meeting"),
                path("times", planning.propose_slots, name="propose_slots"),
                path("times/<int:proposal_id>/", planning.pick_slot, name="pick_slot"),
                path("times/<int:proposal_id>/close", planning.close_proposal, name="close_proposal"),
                path(ONE, meeting.meeting, name="meeting"),
                path(f"{ONE}move", planning.move_meeting, name="move_meeting"),
                path(f"{ONE}cancel", planning.cancel_meeting, name="cancel_meeting"),
                path(f"{ONE}answer", outcomes.answer_invitation, name="answer_invitation"),
                path(f"{ONE}held", outcomes.mark_held, name="mark_held"),
                path(f"{ONE}missed", outcomes.mark_missed, name="mark_missed"),
                path(f"{ONE}file", outcomes.meeting_file, name="meeting_file"),
            ]
        ),
    ),
]
