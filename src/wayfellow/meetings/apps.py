from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import (
    InboundHandler,
    Navigation,
    NotPersonal,
    PersonalData,
    Schedule,
    Subject,
    Subscription,
)
from wayfellow.meetings import notices

MEET = _("You get this because you meet in a mentoring relationship.")
ACTIONS = "wayfellow.meetings.actions"
PERSONAL = "wayfellow.meetings.personal"
NOTES = "wayfellow.meetings.personal_notes"
CALENDAR = "wayfellow.meetings.mailing.compose_with_calendar"


class MeetingsConfig(Subject):
    name = "wayfellow.meetings"
    label = "meetings"

    navigation = [
        Navigation(
            area="account",
            order=30,
            label=_("My calendar"),
            icon="calendar",
            view="my_calendar",
            covers=("revoke_feed", "disconnect_busy_times"),
        ),
    ]
    notices = [
        notices.kind(notices.times_proposed, _("Somebody offers times to meet"), MEET),
        notices.kind(notices.times_declined, _("None of the times you offered suits"), MEET),
        notices.kind(notices.meeting_planned, _("A meeting is planned"), MEET, compose=CALENDAR),
        notices.kind(notices.meeting_moved, _("A meeting has a new time"), MEET, compose=CALENDAR),
        notices.kind(notices.meeting_cancelled, _("A meeting is called off"), MEET, compose=CALENDAR),
        notices.kind(notices.meeting_declined, _("Somebody cannot come to a meeting"), MEET),
        notices.kind(notices.meeting_missed, _("A meeting did not happen"), MEET),
    ]
    inbound = [InboundHandler("calendar:reply", f"{ACTIONS}.replies.read_calendar_reply")]
    schedule = [Schedule("read_busy_times", f"{ACTIONS}.reading.read_all_busy_times_job", 300)]
    subscriptions = [
        Subscription("relationship_ended", f"{ACTIONS}.ending.call_off_after_ending_job"),
        Subscription("relationship_left", f"{ACTIONS}.ending.forget_after_leaving_job"),
        Subscription("member_blocked", f"{ACTIONS}.ending.call_off_after_block_job"),
    ]
    personal_data = [
        PersonalData(
            "meetings.Meeting",
            ("title", "video_link", "place", "word", "created_by", "moved_by", "closed_by"),
            export=f"{PERSONAL}.export_meetings",
            erase=f"{PERSONAL}.erase_meetings",
        ),
        PersonalData(
            "meetings.Series",
            ("created_by",),
            export=f"{PERSONAL}.export_series",
            erase=f"{PERSONAL}.erase_series",
        ),
        PersonalData(
            "meetings.Attendance",
            ("member", "answer"),
            export=f"{PERSONAL}.export_attendances",
            erase=f"{PERSONAL}.erase_attendances",
        ),
        PersonalData(
            "meetings.Proposal",
            ("created_by", "picked_by", "word"),
            export=f"{PERSONAL}.export_proposals",
            erase=f"{PERSONAL}.erase_proposals",
        ),
        PersonalData(
            "meetings.Slot",
            ("starts_at",),
            export=f"{PERSONAL}.export_slots",
            erase=f"{PERSONAL}.erase_slots",
        ),
        PersonalData(
            "meetings.PersonalCalendar",
            ("member", "video_link", "sealed_address", "host", "user_name", "sealed_password"),
            export=f"{PERSONAL}.export_calendar",
            erase=f"{PERSONAL}.erase_calendar",
        ),
        PersonalData(
            "meetings.RevokedFeed",
            ("member",),
            export=f"{PERSONAL}.export_revoked",
            erase=f"{PERSONAL}.erase_revoked",
        ),
        PersonalData(
            "meetings.BusyTime",
            ("member", "starts_at", "ends_at"),
            export=f"{PERSONAL}.export_busy",
            erase=f"{PERSONAL}.erase_busy",
        ),
        PersonalData(
            "meetings.AgendaPoint",
            ("text", "added_by"),
            export=f"{NOTES}.export_agenda",
            erase=f"{NOTES}.erase_agenda",
        ),
        PersonalData(
            "meetings.NoteVersion",
            ("text", "author", "note"),
            export=f"{NOTES}.export_notes",
            erase=f"{NOTES}.erase_notes",
        ),
        PersonalData(
            "meetings.NoteConflict",
            ("theirs", "mine", "author", "their_author", "settled_by", "note"),
            export=f"{NOTES}.export_conflicts",
            erase=f"{NOTES}.erase_conflicts",
        ),
        PersonalData(
            "meetings.PrivateNote",
            ("text", "member"),
            export=f"{NOTES}.export_private_notes",
            erase=f"{NOTES}.erase_private_notes",
        ),
        NotPersonal("meetings.SharedNote", why="It only numbers its versions, which are exported and erased."),
    ]
