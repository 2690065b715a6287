"""The agreement: one's own side, where people differ, its text and its signatures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.clock import now
from wayfellow.core.errors import DomainError, Refused
from wayfellow.relationships import actions, policy
from wayfellow.relationships.clauses import CLAUSES, EACH, Clause, in_words, part
from wayfellow.relationships.clauses import clauses_of as points_of
from wayfellow.relationships.forms import AgreementForm, ClauseForm, ExtendForm, TemplateForm
from wayfellow.relationships.forms.agreements import template_values
from wayfellow.relationships.models import Agreement, AgreementVersion, Relationship
from wayfellow.relationships.queries.agreement import usual_template
from wayfellow.relationships.queries.agreement_page import AgreementPage, read_agreement, steps_of_versions, wording
from wayfellow.relationships.queries.trail import names_in
from wayfellow.relationships.views.mentoring import sides
from wayfellow.relationships.views.relationships import context_of, find_relationship


@access(MENTEE, MENTOR)
@require_safe
def agreement(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Where all agree, where they differ, who has signed."""
    return _page(request, find_relationship(request, pk))


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in_agreement(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One's own side. "Keep for later" keeps a draft that counts for nothing yet."""
    found = find_relationship(request, pk)
    page = read_agreement(found, request.member)
    refusal = policy.why_not_fill_in_agreement(request.member, found, page.agreement)
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("agreement", organisation, found.pk)
    template = _template(request, found, page)
    values = page.mine.values if page.mine is not None else _begin_with(found, template)
    people = sides(found, request.member)
    form = AgreementForm(
        request.POST if request.method == "POST" else None, template=template, values=values, names=people["names"]
    )
    if form.is_bound and form.is_valid():
        try:
            done = "later" not in request.POST
            actions.fill_in_agreement(request.member, found, values=form.cleaned_data, template=template, done=done)
        except DomainError as error:
            form.refuse(error)
        else:
            kept = _("Kept. Only you read it.")
            sent = _("Your side is filled in.")
            messages.success(request, sent if done else kept)
            return redirect("agreement", organisation, found.pk)
    context = context_of(request, found, people) | {
        "form": form,
        "template": template,
        "template_form": None if page.agreement else TemplateForm(initial={"template": template}),
        "waiting_for": page.waiting_for,
    }
    return render(request, "relationships/fill_in_agreement.html", context, status=422 if form.is_bound else 200)


def _template(request: HttpRequest, found: Relationship, page: AgreementPage) -> str:
    if page.agreement is not None:
        return page.agreement.template
    asked = request.POST.get("template") or request.GET.get("template", "")
    usual: str = usual_template(found, found.participants.all())
    return asked if asked in Agreement.Template.values else usual


def _begin_with(found: Relationship, template: str) -> dict[str, Any]:
    """What a side begins with: the template's words, and what was asked for at the start."""
    values: dict[str, Any] = template_values(template)
    asked = found.request
    if asked is not None:
        values["purpose"] = asked.goal_title
    values |= {"every_weeks": found.every_weeks or "", "minutes": found.minutes or ""}
    if found.ends_on is not None:
        values["ends_on"] = found.ends_on.isoformat()
        middle = found.opened_at.date() + (found.ends_on - found.opened_at.date()) / 2
        if middle > found.organisation.today(now()):
            values["review_on"] = middle.isoformat()
    return values


@access(MENTEE, MENTOR)
@require_POST
def show_answers(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Let the others read one's own side before they have filled in theirs."""
    found = find_relationship(request, pk)
    return _do(request, found, actions.show_answers, _("The others can read your answers now."))


@access(MENTEE, MENTOR)
@require_POST
def propose_clause(request: HttpRequest, organisation: str, pk: int, clause: str) -> HttpResponse:
    """Send what could work for all at one point, or take what another said."""
    found = find_relationship(request, pk)
    page = read_agreement(found, request.member)
    point = _point(page, clause)
    taken = request.POST.get("take", "")
    if taken:
        values = next((part(row.values, point) for row in page.shown if str(row.participant_id) == taken), {})
        form = None
    else:
        template = page.agreement.template if page.agreement is not None else ""
        form = ClauseForm(request.POST, clause=point, template=template, values={})
        if not form.is_valid():
            return _page(request, found, bound=form)
        values = form.cleaned_data
    try:
        done = actions.propose_clause(request.member, found, clause=point.key, values=values)
    except DomainError as error:
        if form is None or isinstance(error, Refused):
            messages.info(request, str(error))
            return redirect("agreement", organisation, found.pk)
        form.refuse(error)
        return _page(request, found, bound=form)
    settled = isinstance(done, AgreementVersion)
    messages.success(request, _("Settled.") if settled else _("Sent. It is in the text once somebody says yes."))
    return redirect("agreement", organisation, found.pk)


@access(MENTEE, MENTOR)
@require_POST
def agree_to_clause(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Say yes to what another proposed."""
    found = find_relationship(request, pk)
    proposal = request.POST.get("proposal", "")
    number = int(proposal) if proposal.isdecimal() and len(proposal) < 16 else 0
    return _do(request, found, actions.agree_to_clause, _("Settled."), proposal=number)


@access(MENTEE, MENTOR)
@require_POST
def sign_agreement(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Sign the version that was read."""
    found = find_relationship(request, pk)
    said = _("Signed. Thank you.")
    return _do(request, found, actions.sign_agreement, said, number=_number(request))


@access(MENTEE, MENTOR)
@require_POST
def drop_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Keep what everybody signed."""
    found = find_relationship(request, pk)
    said = _("The signed version stays. The others know.")
    return _do(request, found, actions.drop_change, said, number=_number(request))


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_agreement(request: HttpRequest, organisation: str, pk: int, clause: str) -> HttpResponse:
    """Change one point. The new version needs every signature."""
    found = find_relationship(request, pk)
    page = read_agreement(found, request.member)
    point = _point(page, clause)
    points = [one.clause for one in page.open]
    refusal = policy.why_not_change_agreement(request.member, found, page.agreement, point, points)
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("agreement", organisation, found.pk)
    assert page.version is not None and page.agreement is not None  # noqa: S101 (the policy says so)
    people = sides(found, request.member)
    values = _own_part(page, point, people["me"].pk)
    form = ClauseForm(
        request.POST if request.method == "POST" else None,
        clause=point,
        template=page.agreement.template,
        values=values,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change_agreement(request.member, found, clause=point.key, values=form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("A new version is written. It counts once everybody has signed it."))
            return redirect("agreement", organisation, found.pk)
    context = context_of(request, found, people) | {"form": form, "point": point, "version": page.version}
    return render(request, "relationships/change_agreement.html", context, status=422 if form.is_bound else 200)


def _own_part(page: AgreementPage, point: Clause, me: int) -> dict[str, Any]:
    """What the form begins with: the text as it is, of `each` one's own entry."""
    assert page.version is not None  # noqa: S101 (asked for by the caller)
    values = part(page.version.values, point)
    if point.kind == EACH:
        return {point.key: (values.get(point.key) or {}).get(str(me), "")}
    return values


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def extend_relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Propose a later end."""
    found = find_relationship(request, pk)
    refusal = policy.why_not_extend_relationship(request.member, found, None, now())
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("agreement", organisation, found.pk)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.extend_relationship(request.member, found, until=form.cleaned_data["until"])
        except DomainError as error:
            error.field = "until"
            form.refuse(error)
        else:
            messages.success(request, _("Proposed. It counts once everybody has signed."))
            return redirect("agreement", organisation, found.pk)
    context = context_of(request, found, sides(found, request.member)) | {"form": form}
    return render(request, "relationships/extend_relationship.html", context, status=422 if form.is_bound else 200)


@access(MENTEE, MENTOR)
@require_safe
def agreement_version(request: HttpRequest, organisation: str, pk: int, number: int) -> HttpResponse:
    """One version, to be read alone."""
    found = find_relationship(request, pk)
    rows = AgreementVersion.objects.visible_to(request.member).select_related("agreement")
    version = get_object_or_404(rows, agreement__relationship=found, number=number)
    people = sides(found, request.member)
    by_pk = {one.pk: one for one in found.participants.all()}
    signatures = list(version.signatures.order_by("signed_at"))
    for row in signatures:
        row.participant = by_pk[row.participant_id]
    context = context_of(request, found, people) | {
        "version": version,
        "points": wording(version, list(by_pk.values()), request.member),
        "signatures": signatures,
    }
    return render(request, "relationships/agreement_version.html", context)


def _page(request: HttpRequest, found: Relationship, *, bound: ClauseForm | None = None) -> HttpResponse:
    """The page of the agreement, with the form of one point as it was sent."""
    people = sides(found, request.member)
    page = read_agreement(found, request.member)
    may_write = policy.why_not_fill_in_agreement(request.member, found, None) is None
    for point in page.open if may_write else []:
        assert page.agreement is not None  # noqa: S101 (a point is open in a text only)
        values = part(page.mine.values, point.clause) if page.mine is not None else {}
        proposed = point.proposal.values if point.proposal is not None else values
        fresh = ClauseForm(clause=point.clause, template=page.agreement.template, values=proposed)
        point.form = bound if bound is not None and bound.clause == point.clause else fresh  # type: ignore[attr-defined]
    context = context_of(request, found, people) | {
        "page_of": page,
        "may_write": may_write,
        "steps": steps_of_versions(page, names_in(found, request.member)),
        "answers": _answers(page),
        "form": bound,
    }
    return render(request, "relationships/agreement.html", context, status=422 if bound is not None else 200)


def _answers(page: AgreementPage) -> list[dict[str, Any]]:
    """Each shown side in full."""
    assert page.agreement is not None or not page.shown  # noqa: S101 (answers belong to an agreement)
    return [
        {
            "who": row.participant,
            "points": [
                (clause.label, in_words(clause, row.values, page.agreement.template))  # type: ignore[union-attr]
                for clause in points_of(page.agreement.template)  # type: ignore[union-attr]
            ],
        }
        for row in page.shown
    ]


def _point(page: AgreementPage, key: str) -> Clause:
    if key not in CLAUSES or page.agreement is None:
        raise Http404
    return CLAUSES[key]


def _number(request: HttpRequest) -> int:
    number = request.POST.get("number", "")
    return int(number) if number.isdecimal() and len(number) < 6 else 0


def _do(request: HttpRequest, found: Relationship, act: Any, said: str, **what: Any) -> HttpResponse:
    """Do it, and show the agreement as it is then; what is refused is said in its words."""
    try:
        act(request.member, found, **what)
    except DomainError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, said)
    return redirect("agreement", found.organisation.slug, found.pk)
