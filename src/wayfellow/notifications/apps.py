from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NoticeKind, PersonalData, Schedule, Subject

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
    notices = [
        NoticeKind(
            "reply_not_taken",
            _("An answer by mail that did not arrive"),
            _("You get this because you answered one of our mails."),
            "wayfellow.notifications.notices.reply_not_taken",
            can_stop=False,
        ),
    ]
    schedule = [
        Schedule(name="clear_mails", task="wayfellow.notifications.clearing.clear_mails_job", every=24 * 3600),
        Schedule(name="read_inbound_mail", task="wayfellow.notifications.inbound.reading.read_inbound_mail", every=60),
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
            model="notifications.MailWishes",
            fields=("member", "quiet_from", "quiet_until", "words_in_mail"),
            export=f"{PERSONAL}.export_mail_wishes",
            erase=f"{PERSONAL}.erase_mail_wishes",
        ),
        PersonalData(
            model="notifications.InboundMail",
            fields=("member",),
            export=f"{PERSONAL}.export_inbound_mails",
            erase=f"{PERSONAL}.erase_inbound_mails",
        ),
        PersonalData(
            model="notifications.Mail",
            fields=("member", "to", "subject", "text", "html"),
            export=f"{PERSONAL}.export_mails",
            erase=f"{PERSONAL}.erase_mails",
        ),
    ]
