from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NoticeKind, NotPersonal, PersonalData, Subject

_HERE = "wayfellow.safety"
LEAD = _("You get this because you are a safeguarding lead.")


class SafetyConfig(Subject):
    name = "wayfellow.safety"
    label = "safety"

    navigation = [
        Navigation(
            area="safeguarding", order=10, label=_("Reports"), icon="shield", view="concerns", covers=("concern",)
        ),
        Navigation(area="account", order=70, label=_("People I blocked"), icon="ban", view="my_blocks"),
    ]
    notices = [
        NoticeKind("concern_raised", _("A report of harm"), LEAD, f"{_HERE}.notices.concern_raised", can_stop=False),
        NoticeKind(
            "concern_added", _("More about a report of harm"), LEAD, f"{_HERE}.notices.concern_added", can_stop=False
        ),
        NoticeKind(
            "concern_answered",
            _("An answer to what you reported"),
            _("You get this because you reported a concern."),
            f"{_HERE}.notices.concern_answered",
            can_stop=False,
        ),
        NoticeKind(
            "safeguarding_lead_wanted",
            _("Nobody can read a report of harm"),
            _("You get this because you are an administrator."),
            f"{_HERE}.notices.safeguarding_lead_wanted",
            can_stop=False,
        ),
    ]
    personal_data = [
        PersonalData(
            "safety.Block",
            ("blocker", "blocked"),
            export=f"{_HERE}.personal.export_blocks",
            erase=f"{_HERE}.personal.erase_blocks",
        ),
        PersonalData(
            "safety.Concern",
            ("raised_by", "about", "about_words", "kept_from", "text", "page", "quote", "handled_by"),
            export=f"{_HERE}.personal.export_concerns",
            erase=f"{_HERE}.personal.erase_concerns",
        ),
        PersonalData(
            "safety.ConcernMessage",
            ("author", "text"),
            export=f"{_HERE}.personal.export_messages",
            erase=f"{_HERE}.personal.erase_messages",
        ),
        NotPersonal("safety.ReportTerms", "two numbers of days of an organisation"),
    ]
