"""What a mail says: one text and one HTML template, in the reader's language and time zone.

A kind's mail is `<subject>/mail/<kind>.txt` and `.html`; both extend `notifications/mail/base.txt` and `base.html`. The
subject line is the block `subject` of the `.txt`, which the base prints as the first line, `Subject: …`; the rest is
wrapped to 72 columns. Blocks of both: `heading`, `body`, `buttons`, `after`; of the HTML also `preview`.

Context: `notice`, `member` (the reader), `organisation`, `about`, `facts`, `links` (absolute), `base_url`, `subject`
(HTML only) and `style`, inline styles: `<p class="ink" style="{{ style.p }}">`, `class="ink2"` with `style.small`,
`<a class="link" style="{{ style.a }}">`. Parts, each an include of `notifications/mail/`:

    _button.html with url= label= [second=True]          _person.html with person= line= role="mentee"|"mentor"
    _quote.html with text= [label=] role=                _facts.html with label= value= [label_2= value_2=]
    _rule.html
"""

import hashlib
import re
import textwrap
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any
from urllib.parse import urljoin

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from wayfellow.core.languages import spoken
from wayfellow.notifications.facts import from_plain
from wayfellow.notifications.kinds import kind_named, template_of
from wayfellow.notifications.links import find_about
from wayfellow.notifications.stopping import stop_token

WIDTH = 72
END_OF_SUBJECT = "\f"
SANS = "'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
STYLE = {
    "h1": "margin:0 0 16px;font:bold 26px/1.25 Georgia,'Times New Roman',serif;color:#14302b",
    "p": f"margin:0 0 14px;font:400 16px/1.5 {SANS};color:#14302b",
    "small": f"margin:0 0 8px;font:400 14px/1.5 {SANS};color:#4a6059",
    "a": "color:#0a5c4a;text-decoration:underline",
}


class UnwritableAddress(Exception):
    """No mail can be addressed to this, now or later."""


@dataclass(frozen=True)
class CalendarPart:
    """What calendars read in a mail: an invitation, or a cancellation (`more["calendar"]` of a kind's `compose`)."""

    method: str
    text: str


@dataclass(frozen=True)
class Composed:
    """A mail, ready to go."""

    to: str
    sender: str
    subject: str
    text: str
    html: str
    message_id: str
    headers: dict[str, str]
    calendar: CalendarPart | None = None

    def as_message(self) -> EmailMultiAlternatives:
        message = EmailMultiAlternatives(
            subject=self.subject,
            body=self.text,
            from_email=self.sender,
            to=[self.to],
            headers={"Message-ID": self.message_id, "Auto-Submitted": "auto-generated", **self.headers},
        )
        message.attach_alternative(self.html, "text/html")
        if self.calendar is not None:
            method = self.calendar.method
            message.attach_alternative(self.calendar.text, f"text/calendar; method={method}; component=VEVENT")
            message.attach("invitation.ics", self.calendar.text.encode(), "application/ics")
        return message


def compose_notice(notice: Any, *, links: dict[str, str]) -> Composed | None:
    """The mail of a notice, or None when its member has gone or what it is about has.

    Raises:
        UnwritableAddress: the member's address, or the sender's.
    """
    member, organisation = notice.member, notice.organisation
    about = find_about(notice.about_type, notice.about_id)
    if not member.is_active or member.account is None or (notice.about_type and about is None):
        return None
    declared = kind_named(notice.kind)
    more = import_string(declared.compose)(notice) if declared.compose else {}
    if more is None:
        return None
    stop_url = absolute(reverse("stop_mails", args=[stop_token(member, notice.kind)])) if declared.can_stop else ""
    headers = dict(more.get("headers", {}))
    if stop_url:
        headers |= {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    language = member.account.language
    context = {
        "notice": notice,
        "member": member,
        "about": about,
        "facts": notice.facts,
        "links": {name: absolute(url) for name, url in links.items()},
        "why": declared.why,
        "stop_url": stop_url,
        "preferences_url": absolute(reverse("notice_preferences", args=[organisation.slug])),
        "report_url": _address_of("report_concern", organisation),
        **more,
    }
    return _compose(
        key=f"notice-{notice.pk}",
        to=mailbox(member.full_name, member.email),
        template=template_of(notice.kind),
        context=context,
        organisation=organisation,
        language=language,
        zone=member.zone,
        headers=headers,
    )


def compose_plain(
    *, key: str, to: str, template: str, facts: dict[str, Any], organisation_id: int | None, language: str
) -> Composed:
    """A mail to an address that need not be a member's.

    Raises:
        UnwritableAddress: this address, or the sender's.
    """
    organisation = None
    if organisation_id is not None:
        organisation = apps.get_model("people.Organisation").objects.get(pk=organisation_id)
    return _compose(
        key=f"mail-{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        to=mailbox("", to),
        template=template,
        context={"facts": from_plain(facts), "links": {}},
        organisation=organisation,
        language=language,
        zone=organisation.time_zone if organisation is not None else "UTC",
        headers={},
    )


def _compose(
    *, key: str, to: str, template: str, context: dict[str, Any], organisation: Any, language: str, zone: str,
    headers: dict[str, str],
) -> Composed:  # fmt: skip
    language = spoken(organisation, language)
    context = {
        **context,
        "organisation": organisation,
        "base_url": settings.BASE_URL,
        "language": language,
        "style": STYLE,
        "end_of_subject": END_OF_SUBJECT,
    }
    with translation.override(language), timezone.override(zone):
        subject, text = split_subject(render_to_string(f"{template}.txt", context))
        html = render_to_string(f"{template}.html", {**context, "subject": subject})
    return Composed(
        to=to,
        sender=sender_of(organisation),
        subject=subject,
        text=text,
        html=html,
        message_id=_message_id(key),
        headers=headers,
        calendar=context.get("calendar"),
    )


def sender_of(organisation: Any) -> str:
    """`Larkmoor Utilities <mentoring@larkmoor.example>`, or the server's own address under the organisation's name."""
    if organisation is None:
        return settings.DEFAULT_FROM_EMAIL
    name = organisation.sends_from
    return mailbox(name, organisation.sender_email or settings.DEFAULT_FROM_EMAIL)


def mailbox(name: str, address: str) -> str:
    """`Inês Tavaredo <ines@xn--bcher-kva.example>`, as every server takes it: a domain with accents is spelled plainly.

    Raises:
        UnwritableAddress: the part before the @ has letters that a mail's header cannot hold.
    """
    local, _at, domain = address.rpartition("@")
    try:
        return formataddr((one_line(name), f"{local}@{domain.encode('idna').decode()}"))
    except UnicodeError as error:
        raise UnwritableAddress(address) from error


def one_line(words: str) -> str:
    """Words on one line: a header can hold neither line breaks nor other control characters."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", words).strip()


def absolute(url: str) -> str:
    """An address with the server's base in front."""
    return urljoin(f"{settings.BASE_URL}/", url)


def split_subject(rendered: str) -> tuple[str, str]:
    """The subject line, and the text wrapped to 72 columns.

    Raises:
        ValueError: the template does not extend the base, which begins with the subject and marks its end.
    """
    subject, mark, body = rendered.partition(END_OF_SUBJECT)
    if not mark or not subject.lstrip().startswith("Subject:"):
        raise ValueError("a mail's text extends notifications/mail/base.txt")
    wrapped = "\n".join(_wrapped(line) for line in body.split("\n"))
    return one_line(subject.strip().removeprefix("Subject:")), re.sub(r"\n{3,}", "\n\n", wrapped).strip() + "\n"


def _wrapped(line: str) -> str:
    if line == "-- ":  # before a signature, by custom with its space
        return line
    line = line.rstrip()
    if len(line) <= WIDTH:
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(
        line.strip(),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _message_id(key: str) -> str:
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{key}".encode()).hexdigest()[:16]
    return f"<{key}.{digest}@{settings.BASE_URL.split('://')[-1].split('/')[0].split(':')[0]}>"


def _address_of(view: str, organisation: Any) -> str:
    try:
        return absolute(reverse(view, args=[organisation.slug]))
    except NoReverseMatch:
        return ""
