from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, PersonalData, Schedule, Subject, Subscription
from wayfellow.relationships import notices

MENTOR = _("You get this because you offer places.")
ASKER = _("You get this because you asked, or were asked, to work together.")
WAITS = _("You get this because you wait for a place.")
TOGETHER = _("You get this because you work together.")
HEARS = _("You get this because you run a programme, or are a safeguarding lead.")
ACTIONS = "wayfellow.relationships.actions"
PERSONAL = "wayfellow.relationships.personal"
TOGETHER_DATA = "wayfellow.relationships.personal_together"


class RelationshipsConfig(Subject):
    name = "wayfellow.relationships"
    label = "relationships"

    navigation = [
        Navigation(
            area="member",
            order=30,
            label=_("Mentoring"),
            own_word="mentoring_word",
            icon="message-circle",
            view="mentoring",
            covers=(
                "answer",
                "accept_request",
                "decline_request",
                "suggest_colleague",
                "ask_question",
                "answer_question",
                "withdraw_request",
                "discard_draft",
                "leave_waiting_list",
                "my_limits",
                "stop_mentoring",
                "relationship",
                "end_relationship",
                "leave_relationship",
                "pause_relationship",
                "agreement",
                "fill_in_agreement",
                "change_agreement",
                "extend_relationship",
                "agreement_version",
                "review",
                "invite_to_relationship",
                "joining",
                "conversation",
                "send_message",
                "message",
                "edit_message",
                "delete_message",
                "commitments",
                "my_commitments",
                "move_commitment",
                "goals_together",
                "meeting",
                "meetings",
                "schedule_meeting",
                "log_meeting",
                "propose_slots",
                "pick_slot",
                "close_proposal",
                "move_meeting",
                "cancel_meeting",
                "my_calendar",
                "note_versions",
                "note_version",
                "guides",
                "guide",
            ),
        ),
        Navigation(
            area="programme",
            order=45,
            label=_("Quiet words"),
            icon="heart",
            view="quiet_words",
            covers=("quiet_word",),
        ),
        Navigation(
            area="safeguarding",
            order=20,
            label=_("Quiet words"),
            icon="heart",
            view="quiet_words",
            covers=("quiet_word",),
        ),
    ]
    notices = [
        notices.kind(notices.request_received, _("Somebody asks to work with you"), MENTOR),
        notices.kind(
            notices.offer_received, _("Somebody offers to work with you"), _("You get this because you allow offers.")
        ),
        notices.kind(notices.request_reminder, _("Somebody waits for your answer"), ASKER),
        notices.kind(notices.request_accepted, _("A request is accepted"), ASKER, can_stop=False),
        notices.kind(notices.request_declined, _("A request cannot be taken on now"), ASKER, can_stop=False),
        notices.kind(notices.request_expired, _("A request closed by itself"), ASKER),
        notices.kind(notices.request_withdrawn, _("A request is taken back"), ASKER),
        notices.kind(notices.request_closed, _("A request is closed because somebody left"), ASKER),
        notices.kind(notices.question_asked, _("Somebody has a question before deciding"), ASKER),
        notices.kind(notices.question_answered, _("Your question is answered"), MENTOR),
        notices.kind(notices.place_offered, _("A place is kept for you"), WAITS),
        notices.kind(notices.place_lapsed, _("A place is kept for you no longer"), WAITS),
        notices.kind(notices.quiet_word_asked, _("Somebody asks for a quiet word"), HEARS, can_stop=False),
        notices.kind(notices.quiet_word_taken_up, _("Somebody comes back to you"), TOGETHER, can_stop=False),
        notices.kind(
            notices.relationship_released,
            _("The programme has ended a mentoring relationship"),
            TOGETHER,
            can_stop=False,
        ),
        notices.kind(notices.relationship_ended, _("Working with somebody has ended"), TOGETHER, can_stop=False),
        notices.kind(notices.relationship_completed, _("The agreed time is complete"), TOGETHER, can_stop=False),
        notices.kind(notices.relationship_ends_soon, _("A mentoring relationship ends soon"), TOGETHER),
        notices.kind(notices.relationship_paused, _("Somebody pauses"), TOGETHER, can_stop=False),
        notices.kind(notices.relationship_returns_soon, _("A pause is over in a week"), TOGETHER),
        notices.kind(notices.relationship_resumed, _("A pause is over"), TOGETHER),
        notices.kind(notices.participant_left, _("Somebody left a group of yours"), TOGETHER, can_stop=False),
        notices.kind(notices.agreement_filled_in, _("Somebody filled in their side of the agreement"), TOGETHER),
        notices.kind(notices.agreement_compared, _("All sides of the agreement are in"), TOGETHER),
        notices.kind(notices.agreement_proposed, _("Somebody proposes words for the agreement"), TOGETHER),
        notices.kind(notices.agreement_changed, _("A version of the agreement waits for you"), TOGETHER),
        notices.kind(notices.agreement_signed, _("The agreement is signed by all"), TOGETHER),
        notices.kind(notices.agreement_kept, _("A change of the agreement is not taken up"), TOGETHER),
        notices.kind(notices.review_due, _("It is time to look back"), TOGETHER),
        notices.kind(notices.review_shown, _("Everybody has looked back"), TOGETHER),
        notices.kind(
            notices.joining_offered, _("Somebody invites you to join"), _("You get this because somebody invites you.")
        ),
        notices.kind(notices.joining_asked, _("Somebody may join you"), TOGETHER),
        notices.kind(notices.joining_joined, _("Somebody joined"), TOGETHER),
        notices.kind(notices.joining_closed, _("An invitation to join is closed"), TOGETHER),
    ]
    schedule = [
        Schedule("remind_and_expire_requests", f"{ACTIONS}.expiry.remind_and_expire_requests_job", 900),
        Schedule("complete_relationships", f"{ACTIONS}.completing.complete_relationships_job", 3600),
        Schedule("resume_relationships", f"{ACTIONS}.pausing.resume_relationships_job", 3600),
        Schedule("open_due_reviews", f"{ACTIONS}.reviews.open_due_reviews_job", 3600),
        Schedule("lapse_waiting_offers", f"{ACTIONS}.waiting.lapse_waiting_offers_job", 900),
    ]
    subscriptions = [
        Subscription("member_left", f"{ACTIONS}.leaving.close_after_leaving_job"),
        Subscription("member_blocked", f"{ACTIONS}.leaving.close_after_block_job"),
    ]
    personal_data = [
        PersonalData(
            "relationships.MentoringRequest",
            ("mentee", "mentor", "goal_title", "why_you", "ask", "answer_words", "next_choice"),
            export=f"{PERSONAL}.export_requests",
            erase=f"{PERSONAL}.erase_requests",
        ),
        PersonalData(
            "relationships.RequestQuestion",
            ("text", "answer"),
            export=f"{PERSONAL}.export_questions",
            erase=f"{PERSONAL}.erase_questions",
        ),
        PersonalData(
            "relationships.RequestSuggestion",
            ("mentor",),
            export=f"{PERSONAL}.export_suggestions",
            erase=f"{PERSONAL}.erase_suggestions",
        ),
        PersonalData(
            "relationships.WaitingEntry",
            ("mentee", "mentor"),
            export=f"{PERSONAL}.export_waiting",
            erase=f"{PERSONAL}.erase_waiting",
        ),
        PersonalData(
            "relationships.Relationship",
            ("ended_by", "goodbye"),
            export=f"{PERSONAL}.export_relationships",
            erase=f"{PERSONAL}.erase_relationships",
        ),
        PersonalData(
            "relationships.Participant",
            ("enrolment", "goodbye"),
            export=f"{PERSONAL}.export_participations",
            erase=f"{PERSONAL}.erase_participations",
        ),
        PersonalData(
            "relationships.Agreement",
            ("relationship",),
            export=f"{TOGETHER_DATA}.export_agreements",
            erase=f"{TOGETHER_DATA}.erase_agreements",
        ),
        PersonalData(
            "relationships.AgreementAnswers",
            ("participant", "values"),
            export=f"{TOGETHER_DATA}.export_answers",
            erase=f"{TOGETHER_DATA}.erase_answers",
        ),
        PersonalData(
            "relationships.AgreementVersion",
            ("written_by", "values"),
            export=f"{TOGETHER_DATA}.export_versions",
            erase=f"{TOGETHER_DATA}.erase_versions",
        ),
        PersonalData(
            "relationships.AgreementProposal",
            ("written_by", "values"),
            export=f"{TOGETHER_DATA}.export_proposals",
            erase=f"{TOGETHER_DATA}.erase_proposals",
        ),
        PersonalData(
            "relationships.Signature",
            ("participant",),
            export=f"{TOGETHER_DATA}.export_signatures",
            erase=f"{TOGETHER_DATA}.erase_signatures",
        ),
        PersonalData(
            "relationships.Review",
            ("relationship",),
            export=f"{TOGETHER_DATA}.export_reviews",
            erase=f"{TOGETHER_DATA}.erase_reviews",
        ),
        PersonalData(
            "relationships.ReviewAnswers",
            ("participant", "verdicts", "words"),
            export=f"{TOGETHER_DATA}.export_review_answers",
            erase=f"{TOGETHER_DATA}.erase_review_answers",
        ),
        PersonalData(
            "relationships.WithheldWords",
            ("participant", "text"),
            export=f"{TOGETHER_DATA}.export_withheld",
            erase=f"{TOGETHER_DATA}.erase_withheld",
        ),
        PersonalData(
            "relationships.JoiningInvitation",
            ("enrolment", "invited_by", "words"),
            export=f"{TOGETHER_DATA}.export_joining",
            erase=f"{TOGETHER_DATA}.erase_joining",
        ),
        PersonalData(
            "relationships.JoiningConsent",
            ("participant",),
            export=f"{TOGETHER_DATA}.export_consents",
            erase=f"{TOGETHER_DATA}.erase_consents",
        ),
        PersonalData(
            "relationships.QuietWord",
            ("asked_by", "text", "heard_by", "taken_up_by"),
            export=f"{PERSONAL}.export_quiet_words",
            erase=f"{PERSONAL}.erase_quiet_words",
        ),
        PersonalData(
            "relationships.PrivateReason",
            ("member", "reason"),
            export=f"{PERSONAL}.export_reasons",
            erase=f"{PERSONAL}.erase_reasons",
        ),
    ]
