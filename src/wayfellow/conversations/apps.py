from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import InboundHandler, NoticeKind, PersonalData, Schedule, Subject

_HERE = "wayfellow.conversations"
PERSONAL = f"{_HERE}.personal"


class ConversationsConfig(Subject):
    name = _HERE
    label = "conversations"

    notices = [
        NoticeKind(
            "message_received",
            _("A letter from somebody you work with"),
            _("You get this because you work together."),
            f"{_HERE}.notices.message_received",
            can_wait=True,
            compose=f"{_HERE}.mailing.compose_mail",
        ),
    ]
    inbound = [InboundHandler("reply:conversation", f"{_HERE}.actions.by_mail.take_reply")]
    schedule = [Schedule("clear_files", f"{_HERE}.actions.clearing.clear_files_job", 24 * 3600)]
    personal_data = [  # files first: whose they are is known from their letters
        PersonalData(
            "conversations.MessageFile",
            ("name", "place"),
            export=f"{PERSONAL}.export_files",
            erase=f"{PERSONAL}.erase_files",
        ),
        PersonalData(
            "conversations.Message",
            ("author", "text", "folded", "whole"),
            export=f"{PERSONAL}.export_messages",
            erase=f"{PERSONAL}.erase_messages",
        ),
        PersonalData(
            "conversations.Draft",
            ("member", "text"),
            export=f"{PERSONAL}.export_drafts",
            erase=f"{PERSONAL}.erase_drafts",
        ),
        PersonalData(
            "conversations.Reading",
            ("member", "until", "at"),
            export=f"{PERSONAL}.export_readings",
            erase=f"{PERSONAL}.erase_readings",
        ),
    ]
