from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NotPersonal, PersonalData, Subject


class ProgrammesConfig(Subject):
    name = "wayfellow.programmes"
    label = "programmes"

    navigation = [
        Navigation(area="programme", order=60, label=_("Rules"), icon="sliders-horizontal", view="programme_settings"),
    ]
    personal_data = [
        PersonalData(
            "programmes.Enrolment",
            ("member", "asks_of_mentee", "preferred_channel", "away_until"),
            export="wayfellow.programmes.personal.export_enrolments",
            erase="wayfellow.programmes.personal.erase_enrolments",
        ),
        PersonalData(
            "programmes.Programme",
            ("managers",),
            export="wayfellow.programmes.personal.export_managed",
            erase="wayfellow.programmes.personal.erase_managed",
        ),
        NotPersonal("programmes.Cohort", why="Names and dates of a run; who takes part is in Enrolment."),
    ]
