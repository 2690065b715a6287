from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, PersonalData, Schedule, Subject

PERSONAL = "wayfellow.notifications.personal"


class NotificationsConfig(Subject):
    name = "wayfellow.notifications"
    label = "notifications"
    navigation = [
        Navigation(
            area="account",
            order=20,
            label=_("Notices"),
            icon="bell",
            view="notices",
            covers=("notice_preferences",),
        ),
    ]
    schedule = [
        Schedule(name="clear_mails", task="wayfellow.notifications.clearing.clear_mails_job", every=24 * 3600),
    ]
    personal_data = [
        PersonalData(
            model="notifications.Notice",
            fields=("member", "facts", "url"),
            export=f"{PERSONAL}.export_notices",
            erase=f"{PERSONAL}.erase_notices",
        ),
        PersonalData(
            model="notifications.NoticePreference",
            fields=("member", "kind", "in_app", "by_mail"),
            export=f"{PERSONAL}.export_preferences",
            erase=f"{PERSONAL}.erase_preferences",
        ),
        PersonalData(
            model="notifications.MailLink",
            fields=("member", "purpose"),
            export=f"{PERSONAL}.export_mail_links",
            erase=f"{PERSONAL}.erase_mail_links",
        ),
        PersonalData(
            model="notifications.Mail",
            fields=("member", "to", "subject", "text", "html"),
            export=f"{PERSONAL}.export_mails",
            erase=f"{PERSONAL}.erase_mails",
        ),
    ]
