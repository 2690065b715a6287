from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, PersonalData, Schedule, Subject


class DiscoveryConfig(Subject):
    name = "wayfellow.discovery"
    label = "discovery"
    navigation = [
        Navigation(
            "member",
            20,
            _("Find"),
            "compass",
            "find",
            covers=("recommendations", "saved_mentors", "find_mentees", "mentor", "send_request", "send_offer"),
        ),
    ]
    schedule = [
        Schedule("follow_time_zones", "wayfellow.discovery.actions.follow_time_zones_job", 24 * 3600),
    ]
    search_documents = ["wayfellow.discovery.actions.reindex_members"]
    personal_data = [
        PersonalData(
            model="discovery.MentorMark",
            fields=("member", "mentor", "kind"),
            export="wayfellow.discovery.personal.export_marks",
            erase="wayfellow.discovery.personal.erase_marks",
        ),
    ]
