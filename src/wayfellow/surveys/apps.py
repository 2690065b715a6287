from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import NoticeKind, PersonalData, Schedule, Subject, Subscription

_HERE = "wayfellow.surveys"
WHY = _("You get this because you work together with somebody here.")


class SurveysConfig(Subject):
    name = "wayfellow.surveys"
    label = "surveys"

    notices = [
        NoticeKind("pulse_asked", _("Three short questions"), WHY, f"{_HERE}.notices.pulse_asked"),
        NoticeKind("pulse_reminder", _("A reminder of three short questions"), WHY, f"{_HERE}.notices.pulse_reminder"),
    ]
    schedule = [Schedule("ask_pulses", f"{_HERE}.actions.asking.ask_pulses_job", 3600)]
    subscriptions = [
        Subscription("meeting_held", f"{_HERE}.actions.asking.ask_after_meeting_job"),
        Subscription("meeting_logged", f"{_HERE}.actions.asking.ask_after_meeting_job"),
    ]
    personal_data = [
        PersonalData(
            "surveys.SurveyInvitation",
            ("member",),
            export=f"{_HERE}.personal.export_invitations",
            erase=f"{_HERE}.personal.erase_invitations",
        ),
        PersonalData(
            "surveys.SurveyAnswer",
            ("member", "value"),
            export=f"{_HERE}.personal.export_answers",
            erase=f"{_HERE}.personal.erase_answers",
        ),
        PersonalData(
            "surveys.SurveyChoice",
            ("member", "stopped", "after_meetings"),
            export=f"{_HERE}.personal.export_choices",
            erase=f"{_HERE}.personal.erase_choices",
        ),
    ]
