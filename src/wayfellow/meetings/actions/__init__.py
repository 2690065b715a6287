from wayfellow.meetings.actions.answers import answer_invitation, answer_invitation_from_mail, pick_slot_from_mail
from wayfellow.meetings.actions.calendars import (
    connect_busy_times,
    disconnect_busy_times,
    make_feed,
    read_busy_times_now,
    revoke_feed,
    save_video_link,
)
from wayfellow.meetings.actions.outcomes import log_meeting, mark_held, mark_missed
from wayfellow.meetings.actions.planning import cancel_meeting, move_meeting, schedule_meeting
from wayfellow.meetings.actions.proposals import close_proposal, pick_slot, propose_slots
from wayfellow.meetings.actions.replies import read_calendar_reply

__all__ = [
    "answer_invitation",
    "answer_invitation_from_mail",
    "cancel_meeting",
    "close_proposal",
    "connect_busy_times",
    "disconnect_busy_times",
    "log_meeting",
    "make_feed",
    "mark_held",
    "mark_missed",
    "move_meeting",
    "pick_slot",
    "pick_slot_from_mail",
    "propose_slots",
    "read_busy_times_now",
    "read_calendar_reply",
    "revoke_feed",
    "save_video_link",
    "schedule_meeting",
]
