"""Importing people in the browser: choose a file, check, apply, done."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from wayfellow.core import clock
from wayfellow.core.access import ADMINISTRATOR, access
from wayfellow.core.errors import DomainError
from wayfellow.people.actions import imports as actions
from wayfellow.people.forms.imports import ColumnsForm, ImportForm
from wayfellow.people.importing.applying import next_line
from wayfellow.people.importing.words import fault_in_words, problem_in_words
from wayfellow.people.models import ImportRow, MemberImport
from wayfellow.people.queries import imports as queries
from wayfellow.people.queries.exports import MEMBER_COLUMNS
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate

State = MemberImport.State
SAMPLE = [
    (
        *("Kofi Asantewe", "k.asantewe@example.org", "004182", "Crew lead", "Networks", "Graz"),
        *("Europe/Vienna", "de, en", "h.brugmandt@example.org", "2019-03-01", "5"),
    ),
    (
        *("Hanne Brugmandt", "h.brugmandt@example.org", "003907", "Head of networks", "Networks", "Tromsø"),
        *("Europe/Oslo", "no, en", "", "2011-06-12", "7"),
    ),
]
STEPS = ("choose", "check", "apply", "done")


def _steps(current: str) -> list[dict[str, Any]]:
    labels = {"choose": _("Choose a file"), "check": _("Check"), "apply": _("Apply"), "done": _("Done")}
    at = STEPS.index(current)
    return [
        {"label": labels[name], "done": place < at or current == "done", "current": place == at}
        for place, name in enumerate(STEPS)
    ]


def _import_or_404(request: HttpRequest, pk: int) -> MemberImport:
    return get_object_or_404(MemberImport.objects.visible_to(request.member).defer("file"), pk=pk)


def _address(member_import: MemberImport, organisation: str) -> str:
    return reverse("member_import", args=[organisation, member_import.pk])


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def import_members(request: HttpRequest, organisation: str) -> HttpResponse:
    """Choose a file; and the files there were."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            member_import = actions.check_import(
                request.member, request.organisation, file=file.read(), file_name=file.name
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect(_address(member_import, organisation))
    search = request.GET.get("q", "")
    page_obj = paginate(request, queries.imports(request.member, search=search), per_page=10)
    context = {"form": form, "page_obj": page_obj, "search": search, "steps": _steps("choose")}
    return render(request, "people/imports/choose.html", context, status=422 if form.errors else 200)


@access(ADMINISTRATOR, area="organisation")
@require_safe
def import_sample(request: HttpRequest, organisation: str) -> HttpResponse:
    """A small file with all columns, to fill in."""
    return export_response("people-sample", MEMBER_COLUMNS, SAMPLE, request.GET.get("format", "csv"))


@access(ADMINISTRATOR, area="organisation")
@require_safe
def member_import(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One import: what it would do, how far it is, or what it did."""
    found = _import_or_404(request, pk)
    under_way = found.state in {State.READING, State.APPLYING}
    if request.htmx and not under_way:
        return HttpResponseClientRefresh()
    if found.state == State.CHECKED:
        return _show_check(request, found)
    if found.state == State.DONE:
        return _show_done(request, found)
    context: dict[str, Any] = {"member_import": found}
    if found.state == State.READING:
        return render(request, "people/imports/reading.html", {**context, "steps": _steps("check")})
    if found.state == State.FAILED:
        context |= {"steps": _steps("choose"), "fault": fault_in_words(found.fault)}
        return render(request, "people/imports/failed.html", context)
    context |= {
        "steps": _steps("apply"),
        "next_line": next_line(found),
        "seconds": queries.seconds_left(found, clock.now()),
        "stands_still": found.state == State.STOPPED or actions.job_failed(found),
        "percent": 100 * found.rows_done // max(found.to_apply, 1),
    }
    return render(request, "people/imports/applying.html", context)


def _show_check(request: HttpRequest, found: MemberImport, form: ColumnsForm | None = None) -> HttpResponse:
    result, search = request.GET.get("result", ""), request.GET.get("q", "")
    rows = queries.import_rows(found, result=result, search=search)
    page_obj = paginate(request, rows, per_page=25)
    counts = queries.tab_counts(found)
    here = _address(found, request.organisation.slug)
    labels = [
        ("", _("All"), sum(counts.values())),
        ("create", _("Create"), counts.get("create", 0)),
        ("change", _("Change"), counts.get("change", 0)),
        ("leave", _("Leave"), counts.get("leave", 0)),
        ("refuse", _("Refuse"), counts.get("refuse", 0)),
    ]
    tabs = [
        {
            "label": label,
            "count": count,
            "url": f"{here}?result={name}#rows" if name else f"{here}#rows",
            "current": name == result,
        }
        for name, label, count in labels
    ]
    form = form or ColumnsForm(member_import=found)
    columns = queries.columns_in_words(found)
    for column in (column for group in columns.values() for column in group):
        name = f"column_{column['at']}"
        column["input"] = form[name] if name in form.fields else None
    context = {
        "member_import": found,
        "steps": _steps("check"),
        "columns": columns,
        "recognised": sum(bool(column["field"]) for column in found.columns),
        "form": form,
        "tabs": tabs,
        "result": result,
        "search": search,
        "page_obj": page_obj,
        "rows": queries.rows_in_words(found, page_obj, today=request.organisation.today(clock.now())),
        "fault": fault_in_words(found.fault) if found.fault else "",
        "keep_days": actions.KEEP.days,
    }
    return render(request, "people/imports/check.html", context, status=422 if form.errors else 200)


def _show_done(request: HttpRequest, found: MemberImport) -> HttpResponse:
    refused = ImportRow.objects.filter(member_import=found, result=ImportRow.Result.REFUSE)
    noted = ImportRow.objects.filter(member_import=found, applied=True).exclude(warnings=[])
    page_obj = paginate(request, (refused | noted).order_by("line"), per_page=25)
    context = {
        "member_import": found,
        "steps": _steps("done"),
        "page_obj": page_obj,
        "rows": queries.rows_in_words(found, page_obj, today=request.organisation.today(clock.now())),
        "refused": refused.count(),
        "warnings": [problem_in_words(warning) for warning in found.warnings],
    }
    return render(request, "people/imports/done.html", context)


@access(ADMINISTRATOR, area="organisation")
@require_POST
def map_columns(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Read columns as the person says, and check again."""
    found = get_object_or_404(MemberImport.objects.visible_to(request.member), pk=pk)
    form = ColumnsForm(request.POST, member_import=found)
    if form.is_valid():
        try:
            actions.map_columns(request.member, found, mapping=form.chosen())
        except DomainError as error:
            if found.state != State.CHECKED:
                raise
            error.field = form.names.get(error.field or "")
            form.refuse(error)
        else:
            messages.success(request, _("The file was read again."))
            return redirect(_address(found, organisation))
    return _show_check(request, found, form)


@access(ADMINISTRATOR, area="organisation")
@require_POST
def apply_import(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Put it into effect. A page that is older than the check is told so."""
    found = _import_or_404(request, pk)
    turn = request.POST.get("turn", "")
    try:
        actions.apply_import(
            request.member, found, turn=int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 10 else 0
        )
    except DomainError as error:
        messages.warning(request, str(error))
    return redirect(_address(found, organisation))


@access(ADMINISTRATOR, area="organisation")
@require_POST
def stop_import(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Stop; what is done stays done."""
    found = _import_or_404(request, pk)
    try:
        actions.stop_import(request.member, found)
    except DomainError as error:
        messages.warning(request, str(error))
    return redirect(_address(found, organisation))


@access(ADMINISTRATOR, area="organisation")
@require_POST
def resume_import(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Go on with one that stands still."""
    found = _import_or_404(request, pk)
    try:
        actions.resume_import(request.member, found)
    except DomainError as error:
        messages.warning(request, str(error))
    return redirect(_address(found, organisation))


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def discard_import(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Throw a check away, after a question."""
    found = _import_or_404(request, pk)
    if request.method == "POST":
        try:
            actions.discard_import(request.member, found)
        except DomainError as error:
            messages.warning(request, str(error))
            return redirect(_address(found, organisation))
        messages.success(request, _("The check was thrown away. Nobody was changed."))
        return redirect("import_members", organisation=organisation)
    context = {
        "heading": _("Throw this check away?"),
        "consequence": _("The file %(name)s and what we read in it are deleted. Nobody here is changed.")
        % {"name": found.file_name},
        "action": _("Throw it away"),
        "keep_url": _address(found, organisation),
    }
    return render(request, "web/confirm.html", context)


@access(ADMINISTRATOR, area="organisation")
@require_safe
def download_refused(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The refused rows in the file's own columns, and one more that says why."""
    found = get_object_or_404(MemberImport.objects.visible_to(request.member), pk=pk)
    if not found.file:
        raise Http404
    headers, rows = queries.refused_table(found)
    name = f"refused-{found.file_name.rsplit('.', 1)[0]}"
    return export_response(name, headers, rows, request.GET.get("format", "csv"))
