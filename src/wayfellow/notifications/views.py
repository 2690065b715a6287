"""Notices and what a member wants to hear of; stopping mails from a mail; the demo's outbox."""

from typing import Any

from csp.decorators import csp, csp_update
from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wayfellow.core.access import ANYONE, GUEST, MEMBER, access
from wayfellow.core.errors import enforce
from wayfellow.notifications import actions, policy, queries
from wayfellow.notifications.forms import MailWishesForm
from wayfellow.notifications.kinds import kind_named
from wayfellow.notifications.models import Mail, Notice
from wayfellow.notifications.quiet import wishes_of
from wayfellow.notifications.stopping import read_stop_token
from wayfellow.web.tables import paginate


@access(MEMBER, GUEST)
@require_GET
def notices(request: HttpRequest, organisation: str) -> HttpResponse:
    """A member's notices, newest first, unread ones marked."""
    member: Any = request.member
    words = request.GET.get("q", "").strip()[:200]
    only_unread = request.GET.get("show") == "unread"
    rows = queries.notices_of(member, unread=only_unread)
    found: Any = queries.search_notices(rows, words) if words else rows
    page_obj = paginate(request, found)
    sentences = list(page_obj.object_list) if words else queries.sentences_of(page_obj.object_list)
    return render(
        request,
        "notifications/notices.html",
        {
            "page_obj": page_obj,
            "sentences": sentences,
            "unread": Notice.objects.visible_to(member).unread().count(),
            "only_unread": only_unread,
            "words": words,
        },
    )


@access(MEMBER, GUEST)
@require_POST
def read_notices(request: HttpRequest, organisation: str) -> HttpResponse:
    """Mark all as read, or the one that `notice` names."""
    member: Any = request.member
    one = None
    if "notice" in request.POST:
        asked = request.POST["notice"]
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            raise Http404
        one = get_object_or_404(Notice.objects.visible_to(member), pk=asked)
    actions.read_notices(member, notice=one)
    return redirect("notices", organisation)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "POST"])
def notice_preferences(request: HttpRequest, organisation: str) -> HttpResponse:
    """Each kind of notice: in the app, by e-mail."""
    member: Any = request.member
    if request.method == "POST":
        actions.save_notice_preferences(
            member, in_app=set(request.POST.getlist("in_app")), by_mail=set(request.POST.getlist("by_mail"))
        )
        messages.success(request, _("Kept. It holds from the next notice on."))
        return redirect("notice_preferences", organisation)
    return _show_preferences(request, _wishes_form(member))


@access(MEMBER, GUEST)
@require_POST
def set_mail_wishes(request: HttpRequest, organisation: str) -> HttpResponse:
    """When mails may come, and what they may say."""
    form = MailWishesForm(request.POST)
    if not form.is_valid():
        return _show_preferences(request, form, status=422)
    actions.set_mail_wishes(request.member, **form.cleaned_data)
    messages.success(request, _("Kept. It holds from the next notice on."))
    return redirect("notice_preferences", organisation)


def _wishes_form(member: Any) -> MailWishesForm:
    wishes = wishes_of(member)
    names = ("quiet_from", "quiet_until", "words_in_mail")
    return MailWishesForm(initial={name: getattr(wishes, name) for name in names})


def _show_preferences(request: HttpRequest, form: MailWishesForm, *, status: int = 200) -> HttpResponse:
    context = {"preferences": queries.preferences_of(request.member), "form": form, "zone": request.member.zone}
    return render(request, "notifications/preferences.html", context, status=status)


@access(ANYONE)
@csrf_exempt  # RFC 8058: the reader's mail program posts here; the signed token is the proof
@require_http_methods(["GET", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of one kind, from a link in one of them: GET asks once more, POST acts."""
    member_id, kind = read_stop_token(token)
    if request.method == "POST":
        actions.stop_mails(member_id, kind)
    else:
        enforce(policy.why_not_stop_mails(kind))
    member = apps.get_model("people.Member").objects.select_related("organisation").filter(pk=member_id).first()
    return render(
        request,
        "notifications/stop.html",
        {"kind": kind_named(kind), "done": request.method == "POST", "organisation": member and member.organisation},
    )


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


@access(ANYONE)
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """The demo's mails: nothing leaves, so they are read here."""
    _only_in_the_demo()
    words = request.GET.get("q", "").strip()[:200]
    page_obj = paginate(request, queries.mails_kept(words))
    return render(request, "notifications/outbox.html", {"page_obj": page_obj, "words": words})


@access(ANYONE)
@require_GET
@csp_update({"frame-src": ["'self'"]})
def outbox_mail(request: HttpRequest, **where: int) -> HttpResponse:
    """One mail of the demo's outbox, as it would look, and its text twin."""
    _only_in_the_demo()
    row = get_object_or_404(Mail.objects.filter(state=Mail.State.KEPT), pk=where["mail"])
    return render(request, "notifications/outbox_mail.html", {"mail": row})


@access(ANYONE)
@require_GET
@csp(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
        "sandbox": ["allow-top-navigation-by-user-activation"],
    }
)
@xframe_options_sameorigin
def outbox_html(request: HttpRequest, **where: int) -> HttpResponse:
    """The HTML of a mail for the frame on its page: sandboxed, without scripts, its links open in the whole window."""
    _only_in_the_demo()
    row = get_object_or_404(Mail.objects.filter(state=Mail.State.KEPT), pk=where["mail"])
    return HttpResponse(row.html.replace("<head>", '<head><base target="_top">', 1))
