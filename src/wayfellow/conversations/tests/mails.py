"""Mails that members write back."""

from email.message import EmailMessage
from typing import Any

from wayfellow.conversations.mailing import PURPOSE
from wayfellow.core import clock
from wayfellow.notifications.inbound.addresses import make_reply_address

ADDRESS = "reply@mail.larkmoor.example"
QUOTED = "\n\nOn Tue, 24 Nov 2026 at 08:10, Larkmoor wrote:\n> Bring the version you are unsure about.\n"


def address_of(member: Any, relationship: Any) -> str:
    return make_reply_address(PURPOSE, member=member, about_id=relationship.pk, now=clock.now())


def answer(
    sender: str, to: str, text: str = "Then you will get version two.", *, identity: str = "<a1@phone.example>",
    files: tuple[tuple[str, bytes], ...] = (), **headers: str,
) -> bytes:  # fmt: skip
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Re: Inês wrote to you"
    if identity:
        message["Message-ID"] = identity
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text + QUOTED)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
