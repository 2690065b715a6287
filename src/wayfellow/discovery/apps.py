from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NoticeKind, PersonalData, Schedule, Subject


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
    notices = [
        NoticeKind(
            kind="mentor_back",
            label=_("Somebody you wanted to ask is back"),
            why=_("You get this because you wanted to be told."),
            text="wayfellow.discovery.notices.mentor_back",
        ),
    ]
    schedule = [
        Schedule("tell_who_is_back", "wayfellow.discovery.actions.tell_who_is_back_job", 6 * 3600),
        Schedule("follow_time_zones", "wayfellow.discovery.actions.follow_time_zones_job", 24 * 3600),
    ]
    search_documents = ["wayfellow.discovery.actions.reindex_members"]
    personal_data = [
        PersonalData(
            model="discovery.MentorMark",
            fields=("member", "mentor", "kind", "tell_when_back"),
            export="wayfellow.discovery.personal.export_marks",
            erase="wayfellow.discovery.personal.erase_marks",
        ),
    ]
