from django.urls import include, path

from wayfellow.meetings.views import agendas, calendars, guides, lists, mail_answers, meeting, notes, outcomes, planning

ONE = "<int:meeting_id>/"
POINT = "<int:point_id>"

urlpatterns = [
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("m/<str:token>", mail_answers.answer_invitation_from_mail, name="answer_invitation_from_mail"),
    path("m/<str:token>/times", mail_answers.pick_slot_from_mail, name="pick_slot_from_mail"),
    path(
        "o/<slug:organisation>/",
        include(
            [
                path("guides/", guides.guides, name="guides"),
                path("guides/<slug:key>/", guides.guide, name="guide"),
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
                path(f"{ONE}agenda/add", agendas.add_agenda_point, name="add_agenda_point"),
                path(f"{ONE}agenda/guide", agendas.use_guide, name="use_guide"),
                path(f"{ONE}agenda/{POINT}/tick", agendas.tick_agenda_point, name="tick_agenda_point"),
                path(f"{ONE}agenda/{POINT}/move", agendas.move_agenda_point, name="move_agenda_point"),
                path(f"{ONE}agenda/{POINT}/off", agendas.remove_agenda_point, name="remove_agenda_point"),
                path(f"{ONE}agenda/{POINT}/back", agendas.restore_agenda_point, name="restore_agenda_point"),
                path(f"{ONE}commit", agendas.commit_at_meeting, name="commit_at_meeting"),
                path(f"{ONE}notes/save", notes.save_note, name="save_note"),
                path(f"{ONE}notes/mine", notes.save_private_note, name="save_private_note"),
                path(f"{ONE}notes/versions/", notes.note_versions, name="note_versions"),
                path(f"{ONE}notes/versions/<int:number>/", notes.note_version, name="note_version"),
                path(f"{ONE}notes/versions/<int:number>/restore", notes.restore_note, name="restore_note"),
                path(f"{ONE}notes/conflicts/<int:conflict_id>", notes.settle_conflict, name="settle_conflict"),
            ]
        ),
    ),
]
