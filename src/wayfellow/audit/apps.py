from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NotPersonal, PersonalData, Subject


class AuditConfig(Subject):
    name = "wayfellow.audit"
    label = "audit"
    navigation = [
        Navigation(area="organisation", order=40, label=_("Records"), icon="scroll-text", view="records"),
    ]
    personal_data = [
        PersonalData(
            model="audit.Event",
            fields=("actor", "details"),
            export="wayfellow.audit.personal.export_events",
            erase="wayfellow.audit.personal.erase_events",
        ),
        NotPersonal(model="audit.AuditHead", why="It holds the last number and hash of an organisation's record."),
    ]
