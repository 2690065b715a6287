"""Events in words. A verb that has none here reads as it is written: `goal_set` is "goal set"."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HOW = {
    "session": _("in the browser"),
    "token": _("by an API token"),
    "command": _("on the command line"),
    "job": _("by itself"),
}
WORDS: dict[str, Any] = {
    "organisation_founded": _("Founded the organisation"),
    "settings_changed": _("Changed the settings"),
    "member_changed": _("Changed a member"),
    "member_joined": _("Joined"),
    "member_left": _("Left, or was closed"),
    "member_reopened": _("Reopened an account"),
    "member_forgotten": _("Was forgotten"),
    "members_invited": _("Invited people"),
    "members_invited_again": _("Invited people again"),
    "members_imported": _("Imported people"),
    "members_exported": _("Exported people"),
    "invitation_withdrawn": _("Withdrew an invitation"),
    "join_requested": _("Asked to join"),
    "join_request_approved": _("Let somebody join"),
    "join_request_refused": _("Said no to somebody who asked to join"),
    "conduct_accepted": _("Accepted the code of conduct"),
    "data_taken_away": _("Took their data away"),
    "goal_started": _("Began a goal"),
    "goal_set": _("Set a goal"),
    "goal_saved": _("Changed a goal"),
    "goal_skills_set": _("Chose the skills of a goal"),
    "goal_made_main": _("Chose their main goal"),
    "goal_reached": _("Reached a goal"),
    "goal_set_aside": _("Set a goal aside"),
    "goal_reopened": _("Took a goal up again"),
    "goal_deleted": _("Deleted a goal"),
    "skills_changed": _("Changed their skills"),
    "skill_added": _("Added a skill"),
    "skill_changed": _("Changed a skill"),
    "skill_retired": _("Retired a skill"),
    "skill_restored": _("Brought a skill back"),
    "programme_created": _("Created a programme"),
    "limits_changed": _("Changed how many they mentor"),
    "mentoring_stopped": _("Stopped mentoring"),
    "request_sent": _("Sent a mentoring request"),
    "request_accepted": _("Accepted a mentoring request"),
    "request_declined": _("Declined a mentoring request"),
    "request_withdrawn": _("Withdrew a mentoring request"),
    "request_expired": _("A mentoring request closed by itself"),
    "request_closed": _("A mentoring request was closed"),
    "offer_sent": _("Offered to mentor"),
    "colleague_suggested": _("Suggested a colleague"),
    "question_asked": _("Asked about a request"),
    "question_answered": _("Answered a question about a request"),
    "place_offered": _("Offered a free place"),
    "place_lapsed": _("A place that was offered lapsed"),
    "waiting_list_joined": _("Joined a waiting list"),
    "waiting_list_left": _("Left a waiting list"),
    "relationship_started": _("Began to work together"),
    "relationship_ended": _("Ended a relationship"),
    "member_blocked": _("Somebody was blocked"),
    "member_unblocked": _("A block was taken back"),
    "concern_reported": _("A concern was reported"),
    "concern_added_to": _("More was said about a concern"),
    "concern_taken_up": _("Took up a concern"),
    "concern_answered": _("Answered about a concern"),
    "concern_closed": _("Closed a concern"),
}


def words_of(verb: str) -> str:
    """What happened, in words."""
    return str(WORDS[verb]) if verb in WORDS else verb.replace("_", " ").capitalize()
