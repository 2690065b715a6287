"""What people type about meetings, checked; and prepared words that are kind."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from wayfellow.core.errors import InvalidInput
from wayfellow.meetings.queries.overlaps import Overlap
from wayfellow.people.models import Member
from wayfellow.web.templatetags.wayfellow import clock, moment

SHORTEST, LONGEST = 10, 8 * 60
MOST_TIMES = 26
MOST_WEEKS = 12


def checked_minutes(minutes: int) -> int:
    """A length a meeting can have.

    Raises:
        InvalidInput: `minutes_wrong`.
    """
    if not SHORTEST <= minutes <= LONGEST:
        words = _("A meeting takes from %(least)d minutes to %(most)d hours.")
        raise InvalidInput("minutes_wrong", words % {"least": SHORTEST, "most": LONGEST // 60}, field="minutes")
    return minutes


def checked_text(text: str, *, most: int, field: str) -> str:
    """The text without space around it.

    Raises:
        InvalidInput: `too_long`.
    """
    text = text.strip()
    if len(text) > most:
        words = _("Write at most %(most)d characters. This has %(length)d.")
        raise InvalidInput("too_long", words % {"most": most, "length": len(text)}, field=field)
    return text


def checked_link(link: str, *, field: str = "video_link") -> str:
    """The address of a video room; nothing for none.

    Raises:
        InvalidInput: `link_wrong`, when a browser would not safely open it.
    """
    link = checked_text(link, most=500, field=field)
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        good = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.username is None
    except ValueError:
        good = False
    if not good or any(ord(letter) <= 32 for letter in link):
        raise InvalidInput(
            "link_wrong", _("Write a whole address, such as https://video.example.org/room."), field=field
        )
    return link


def check_overlaps(actor: Member, found: list[Overlap], *, despite: bool) -> None:
    """Say what else lies at this time, once.

    Raises:
        InvalidInput: `overlaps`, at the field with which one says yes a second time.
    """
    if found and not despite:
        lines = " ".join(overlap_words(actor, one) for one in found[:5])
        raise InvalidInput("overlaps", f"{lines} {_('Tick this to plan it all the same.')}", field="despite_overlap")


def overlap_words(reader: Member, one: Overlap) -> str:
    """You have another meeting then: Thu 26 Nov, 19:00–20:00."""
    facts = {"name": one.member.short_name, "time": f"{moment(one.starts_at)}–{clock(one.ends_at)}"}
    if one.ends_at - one.starts_at >= timedelta(days=1):
        facts["time"] = f"{moment(one.starts_at)} – {moment(one.ends_at)}"
    if one.member.pk == reader.pk:
        if one.is_meeting:
            return _("You have another meeting then: %(time)s.") % facts
        return _("Your calendar says busy then: %(time)s.") % facts
    if one.is_meeting:
        return _("%(name)s has another meeting then: %(time)s.") % facts
    return _("%(name)s’s calendar says busy then: %(time)s.") % facts


def kind_word() -> str:
    """A prepared line for calling a meeting off."""
    return _("I cannot make it this time, and I am sorry. Let us find another time soon.")


def error_words(code: str) -> str:
    """Why busy times could not be read, and what to do."""
    words = {
        "unreachable": _("The calendar’s server did not answer. It is asked again by itself."),
        "address_refused": _("This address leads into a private network, where this server must not ask."),
        "answer_too_large": _("The calendar is too large to be read. Give the address of one calendar alone."),
        "wrong_password": _("The calendar’s server did not let us in. Connect it again with name and password."),
        "not_there": _("There is no calendar at this address any more. Look for its address again."),
        "answered_oddly": _("The calendar’s server answered with an error. It is asked again by itself."),
        "no_calendar": _("There is something at this address, but no calendar. Look for its address again."),
        "cannot_be_read": _("There is an entry in this calendar that cannot be read."),
        "leads_elsewhere": _("This server leads to another one. Give the address of that one."),
        "not_safe": _("A password goes only over a safe connection: use an address that begins with https."),
        "secret_lost": _("This server has another secret than when you connected it. Connect it again."),
    }
    return words.get(code, _("The calendar could not be read. It is asked again by itself."))
