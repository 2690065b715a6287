from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NoticeKind, NotPersonal, PersonalData, Subject


class ProgrammesConfig(Subject):
    name = "wayfellow.programmes"
    label = "programmes"

    navigation = [
        Navigation(
            area="organisation",
            order=20,
            label=_("Programmes"),
            icon="layout-grid",
            view="programmes",
            covers=("appoint_manager", "dismiss_manager"),
        ),
        Navigation(area="programme", order=60, label=_("Rules"), icon="sliders-horizontal", view="programme_settings"),
    ]
    notices = [
        NoticeKind(
            kind="programme_role_changed",
            label=_("A programme was given to you to run, or taken"),
            why=_("You get this because your role has changed."),
            text="wayfellow.programmes.words.programme_role_changed",
            can_stop=False,
        ),
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
