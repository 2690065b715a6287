"""People: who is in, who waits, who was invited, and what an administrator does about it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core import clock
from wayfellow.core.access import ADMINISTRATOR, access
from wayfellow.core.errors import DomainError
from wayfellow.people.actions import invitations, joining
from wayfellow.people.actions import members as member_actions
from wayfellow.people.forms.administration import MemberForm
from wayfellow.people.forms.joining import MOST_AT_ONCE, InviteForm
from wayfellow.people.models import Invitation, JoinRequest, Member
from wayfellow.people.queries import administration as queries
from wayfellow.people.queries.joining import open_network_cohort
from wayfellow.people.sessions import is_confirmed
from wayfellow.people.views.confirming import ask_to_confirm, confirm_before_download
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate

FILTERS = ("tab", "q", "department", "role", "state")


def _narrowed(request: HttpRequest, values: QueryDict) -> QuerySet[Member]:
    return queries.people(
        request.member,
        tab=values.get("tab", "everyone"),
        search=values.get("q", ""),
        department=values.get("department", ""),
        role=values.get("role", ""),
        state=values.get("state", ""),
    )


def tabs_of(request: HttpRequest, counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    """The tabs above the list, with how many are behind each."""
    here = reverse("people", args=[request.organisation.slug])
    tabs = [
        ("everyone", _("Everyone"), here),
        ("waiting", _("Waiting for your yes"), reverse("join_requests", args=[request.organisation.slug])),
        ("invited", _("Invited"), f"{here}?tab=invited"),
        ("guests", _("Guests"), f"{here}?tab=guests"),
        ("left", _("Left"), f"{here}?tab=left"),
    ]
    return [
        {"label": label, "url": url, "count": counts[name], "current": current == name} for name, label, url in tabs
    ]


@access(ADMINISTRATOR, area="organisation")
@require_safe
def people(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who is in, by name."""
    rows = _narrowed(request, request.GET)
    tab = request.GET.get("tab", "everyone")
    if tab not in queries.TABS:
        raise Http404
    counts = queries.counts(request.member)
    page_obj = paginate(request, queries.with_facts(rows), per_page=25)
    context = {
        "page_obj": page_obj,
        "counts": counts,
        "tab": tab,
        "tabs": tabs_of(request, counts, tab),
        "departments": queries.departments(request.member),
        "states": Member.State.choices,
        "oldest_wait": queries.waiting(request.member).first() if counts["waiting"] else None,
        "narrowed": any(request.GET.get(name) for name in FILTERS if name != "tab"),
        "today": request.organisation.today(clock.now()),
        "may_import": _is_there("import_members", organisation),
    }
    return render(request, "people/admin/people.html", context)


@access(ADMINISTRATOR, area="organisation")
@require_safe
@confirm_before_download
def export_people(request: HttpRequest, organisation: str) -> HttpResponse:
    """The list, as narrowed on the page, as a file."""
    rows = queries.export_rows(_narrowed(request, request.GET))
    return export_response(f"people-{organisation}", queries.EXPORTED, rows, request.GET.get("format", "csv"))


@access(ADMINISTRATOR, area="organisation")
@require_POST
def act_on_people(request: HttpRequest, organisation: str) -> HttpResponse:
    """Invite, invite again, export or close those who were chosen."""
    chosen = _chosen(request)
    back = _back(request)
    if not chosen:
        messages.warning(request, _("Choose at least one person first."))
        return redirect(back)
    if len(chosen) > MOST_AT_ONCE:
        words = _("At most %(most)d people at once, please. Narrow the list first.") % {"most": MOST_AT_ONCE}
        messages.warning(request, words)
        return redirect(back)
    act = request.POST.get("act", "")
    if act == "export_csv" or act == "export_xlsx":
        if not is_confirmed(request):
            return ask_to_confirm(request)
        rows = Member.objects.filter(pk__in=[member.pk for member in chosen]).order_by("full_name", "pk")
        name, form = f"people-{organisation}", act.removeprefix("export_")
        return export_response(name, queries.EXPORTED, queries.export_rows(rows), form)
    if act == "close":
        return _close_chosen(request, chosen, back)
    if act == "invite":
        cohort = open_network_cohort(request.organisation)
        done = invitations.invite_members(request.member, members=chosen, cohort=cohort)
    elif act == "invite_again":
        done = invitations.invite_again(request.member, chosen)
    else:
        raise Http404
    _tell(request, done)
    return redirect(back)


def _close_chosen(request: HttpRequest, chosen: list[Member], back: str) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        context = {"chosen": chosen, "back": back, "filters": request.POST.get("filters", "")}
        return render(request, "people/admin/close_people.html", context)
    closed = member_actions.close_members(request.member, chosen)
    words = ngettext("%(n)d account is closed.", "%(n)d accounts are closed.", len(closed)) % {"n": len(closed)}
    messages.success(request, words)
    return redirect(back)


def _chosen(request: HttpRequest) -> list[Member]:
    """Those whose boxes were ticked, or all that the list was narrowed to."""
    if request.POST.get("all") == "yes":
        return list(_narrowed(request, QueryDict(request.POST.get("filters", "")))[: MOST_AT_ONCE + 1])
    ids = [value for value in request.POST.getlist("chosen") if value.isascii() and value.isdigit() and len(value) < 19]
    rows = Member.objects.visible_to(request.member).filter(pk__in=ids)
    return list(rows.select_related("organisation").order_by("full_name", "pk"))


def _back(request: HttpRequest) -> str:
    kept = QueryDict(request.POST.get("filters", ""), mutable=True)
    for name in list(kept):
        if name not in {*FILTERS, "page"}:
            del kept[name]
    query = kept.urlencode()
    here = reverse("people", args=[request.organisation.slug])
    return f"{here}?{query}" if query else here


def _tell(request: HttpRequest, done: invitations.Invited) -> None:
    sent = len(done.invitations)
    if sent:
        words = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", sent) % {"n": sent}
        messages.success(request, words)
    here = [member.full_name for member in done.already_here]
    if here:
        names = ", ".join(here[:5]) + (" …" if len(here) > 5 else "")
        messages.info(request, _("Here already, so not invited: %(names)s.") % {"names": names})


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, organisation: str) -> HttpResponse:
    """Invite one or many by mail."""
    cohort = open_network_cohort(request.organisation)
    form = InviteForm(request.POST or None, organisation=request.organisation, has_network=cohort is not None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        guest = None
        if typed.get("as_guest"):
            guest = invitations.Guest(comes_from=typed["guest_from"], until=typed["guest_until"])
        done = invitations.invite_members(
            request.member,
            addresses=typed["addresses"],
            cohort=cohort if typed.get("to_network") else None,
            guest=guest,
            note=typed["note"],
        )
        _tell(request, done)
        return redirect("people", organisation)
    return render(request, "people/admin/invite.html", {"form": form}, status=422 if form.errors else 200)


@access(ADMINISTRATOR, area="organisation")
@require_safe
def join_requests(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who asks to join."""
    counts = queries.counts(request.member)
    rows = queries.waiting(request.member)
    search = request.GET.get("q", "").replace("\0", "")
    if search:
        rows = rows.filter(full_name__icontains=search) | rows.filter(email__icontains=search)
    page_obj: Page = paginate(request, rows, per_page=20)
    context = {"page_obj": page_obj, "counts": counts, "tabs": tabs_of(request, counts, "waiting"), "search": search}
    return render(request, "people/admin/join_requests.html", context)


@access(ADMINISTRATOR, area="organisation")
@require_POST
def approve_join_request(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Say yes: an invitation goes out."""
    asked = get_object_or_404(JoinRequest.objects.visible_to(request.member), pk=pk)
    guest = invitations.Guest() if request.POST.get("as") == "guest" and request.organisation.join_as_guest else None
    member = joining.approve_join_request(request.member, asked, guest=guest)
    messages.success(request, _("%(name)s gets a mail with a link to join.") % {"name": member.full_name})
    return redirect("join_requests", organisation)


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_join_request(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Ask once more, then say no, kindly."""
    asked = get_object_or_404(JoinRequest.objects.visible_to(request.member), pk=pk)
    if request.method == "POST":
        joining.refuse_join_request(request.member, asked)
        messages.success(request, _("%(name)s is told kindly.") % {"name": asked.full_name})
        return redirect("join_requests", organisation)
    context = {
        "heading": _("Say no to %(name)s?") % {"name": asked.full_name},
        "consequence": _("They get a short, kind mail. They can ask again."),
        "action": _("Say no"),
        "keep": _("Not now"),
        "keep_url": reverse("join_requests", args=[organisation]),
    }
    return render(request, "web/confirm.html", context)


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def member_admin(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One person: what we know, what they may do, how they came."""
    member = get_object_or_404(Member.objects.visible_to(request.member).select_related("manager"), pk=pk)
    form = None
    if member.forgotten_at is None:
        form = MemberForm(request.POST or None, instance=member)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            member_actions.change_member(request.member, Member.objects.get(pk=pk), values=form.values())
        except DomainError as error:
            form.refuse(DomainError(error.code, error.message, field=_form_field(error.field)))
        else:
            messages.success(request, _("Saved."))
            return redirect("member_admin", organisation, pk)
    stored = Member.objects.select_related("manager", "organisation").get(pk=pk)
    context = {
        "form": form,
        "person": stored,
        "enrolments": stored.enrolments.all(),
        "reports": stored.reports.exclude(state=Member.State.LEFT).order_by("full_name")[:50],
        "invitations": queries.invitation_history(request.member, stored)[:10],
        "now": clock.now(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "people/admin/member.html", context, status=status)


def _is_there(view: str, organisation: str) -> bool:
    try:
        reverse(view, args=[organisation])
    except NoReverseMatch:
        return False
    return True


def _form_field(field: str | None) -> str | None:
    return "manager_email" if field == "manager" else field


@access(ADMINISTRATOR, area="organisation")
@require_POST
def withdraw_invitation(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.member), pk=pk)
    invitations.withdraw_invitation(request.member, invitation)
    messages.success(request, _("The invitation is taken back. Its link does not work any more."))
    return redirect("member_admin", organisation, invitation.member_id)


@access(ADMINISTRATOR, area="organisation")
@require_POST
def invite_again(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A new link for one person; the old one dies."""
    member = get_object_or_404(Member.objects.visible_to(request.member), pk=pk)
    if member.invitations.exists():
        done = invitations.invite_again(request.member, [member])
    else:
        cohort = open_network_cohort(request.organisation)
        done = invitations.invite_members(request.member, members=[member], cohort=cohort)
    _tell(request, done)
    return redirect("member_admin", organisation, pk)
