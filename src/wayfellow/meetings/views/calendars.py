"""One's own calendar, and the feed it reads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core import clock
from wayfellow.core.access import ANYONE, GUEST, MEMBER, access
from wayfellow.core.errors import DomainError
from wayfellow.core.languages import spoken
from wayfellow.meetings import actions
from wayfellow.meetings.forms import BusyForm, VideoForm
from wayfellow.meetings.models import BusyTime, PersonalCalendar, RevokedFeed
from wayfellow.meetings.queries.entries import feed_of
from wayfellow.meetings.words import error_words
from wayfellow.notifications.composing import absolute
from wayfellow.people.tokens import digest_of


@access(MEMBER, GUEST)
@require_safe
def my_calendar(request: HttpRequest, organisation: str) -> HttpResponse:
    """The feed, the video room, the busy times."""
    return _page(request)


def _page(
    request: HttpRequest, *, video: VideoForm | None = None, busy: BusyForm | None = None, token: str = ""
) -> HttpResponse:
    found = PersonalCalendar.objects.visible_to(request.member).first()
    now = clock.now()
    source = found.source if found is not None else PersonalCalendar.Source.NONE
    context: dict[str, Any] = {
        "calendar": found,
        "connected": source != PersonalCalendar.Source.NONE,
        "feed_url": absolute(reverse("calendar_feed", args=[token])) if token else "",
        "error_words": error_words(found.error) if found is not None and found.error else "",
        "busy_count": BusyTime.objects.visible_to(request.member).filter(ends_at__gt=now).count(),
        "video_form": video or VideoForm(initial={"video_link": found.video_link if found is not None else ""}),
        "busy_form": busy or BusyForm(),
    }
    has_errors = any(form is not None for form in (video, busy))
    context["form"] = video or busy
    return render(request, "meetings/my_calendar.html", context, status=422 if has_errors else 200)


@access(MEMBER, GUEST)
@require_POST
def make_feed(request: HttpRequest, organisation: str) -> HttpResponse:
    """A new address, shown this once."""
    token = actions.make_feed(request.member)
    return _page(request, token=token)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_feed(request: HttpRequest, organisation: str) -> HttpResponse:
    """No feed any more, after asking once more."""
    if request.method == "POST":
        actions.revoke_feed(request.member)
        messages.success(request, _("The address is good no more."))
        return redirect("my_calendar", organisation)
    context = {
        "heading": _("Switch the feed off?"),
        "consequence": _("Calendars that read it find nothing there from now on. You can make a new address any day."),
        "action": _("Switch it off"),
        "keep": _("Keep it"),
        "keep_url": reverse("my_calendar", args=[organisation]),
    }
    return render(request, "web/confirm.html", context)


@access(MEMBER, GUEST)
@require_POST
def save_video_link(request: HttpRequest, organisation: str) -> HttpResponse:
    """The video room of one's choice."""
    form = VideoForm(request.POST)
    if form.is_valid():
        try:
            actions.save_video_link(request.member, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved. It goes into the next invitation you send."))
            return redirect("my_calendar", organisation)
    return _page(request, video=form)


@access(MEMBER, GUEST)
@require_POST
def connect_busy_times(request: HttpRequest, organisation: str) -> HttpResponse:
    """Read busy times from one's own calendar."""
    form = BusyForm(request.POST)
    if form.is_valid():
        try:
            actions.connect_busy_times(request.member, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Connected. Your busy times are read within a minute."))
            return redirect("my_calendar", organisation)
    return _page(request, busy=form)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def disconnect_busy_times(request: HttpRequest, organisation: str) -> HttpResponse:
    """Read them no more, after asking once more."""
    if request.method == "POST":
        actions.disconnect_busy_times(request.member)
        messages.success(request, _("Not read any more. What was read is gone."))
        return redirect("my_calendar", organisation)
    context = {
        "heading": _("Stop reading your calendar?"),
        "consequence": _("The address, the password and the busy times that were read are erased here."),
        "action": _("Stop reading it"),
        "keep": _("Keep reading it"),
        "keep_url": reverse("my_calendar", args=[organisation]),
    }
    return render(request, "web/confirm.html", context)


@access(MEMBER, GUEST)
@require_POST
def read_busy_times_now(request: HttpRequest, organisation: str) -> HttpResponse:
    """Ask once more, now."""
    try:
        actions.read_busy_times_now(request.member)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("It is read once more within a minute."))
    return redirect("my_calendar", organisation)


@access(ANYONE)
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of whoever gave this address to their calendar."""
    digest = digest_of(token)
    rows = PersonalCalendar.objects.select_related("member__organisation", "member__account")
    found = rows.filter(feed_digest=digest).first()
    if found is None or not found.member.is_active or found.member.account is None:
        was = found is not None or RevokedFeed.objects.filter(digest=digest).exists()
        words = _("This calendar is switched off.") if was else _("There is no calendar at this address.")
        return _closed(HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=410 if was else 404))
    member = found.member
    language = spoken(member.organisation, member.account.language)
    with timezone.override(member.zone), translation.override(language):
        text, mark = feed_of(member, now=clock.now())
    etag = f'"{mark}"'
    if etag in [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="meetings.ics"'
    response["ETag"] = etag
    return _closed(response)


def _closed(response: HttpResponse) -> HttpResponse:
    """Nobody between keeps it, no search engine lists it, and its address goes nowhere."""
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
