"""Looking back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.clock import now
from wayfellow.core.errors import DomainError
from wayfellow.relationships import actions, policy
from wayfellow.relationships.clauses import CLAUSES, Clause, clauses_of
from wayfellow.relationships.forms import ReviewForm
from wayfellow.relationships.models import Relationship, Review, ReviewAnswers, WithheldWords
from wayfellow.relationships.queries.agreement import usual_template
from wayfellow.relationships.queries.agreement_page import words_in
from wayfellow.relationships.views.mentoring import sides
from wayfellow.relationships.views.relationships import context_of, find_relationship


@access(MENTEE, MENTOR)
@require_POST
def start_review(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Look back now."""
    found = find_relationship(request, pk)
    try:
        begun = actions.start_review(request.member, found)
    except DomainError as error:
        messages.info(request, str(error))
        return redirect("agreement", organisation, found.pk)
    return redirect("review", organisation, found.pk, begun.pk)


@access(MENTEE, MENTOR)
@require_safe
def review(request: HttpRequest, organisation: str, pk: int, review_pk: int) -> HttpResponse:
    """One's own look back, or what all said once it is shown."""
    found = find_relationship(request, pk)
    return _page(request, found, _find(request, found, review_pk))


@access(MENTEE, MENTOR)
@require_POST
def fill_in_review(request: HttpRequest, organisation: str, pk: int, review_pk: int) -> HttpResponse:
    """Keep one's look back. "Keep for later" keeps a draft."""
    found = find_relationship(request, pk)
    one = _find(request, found, review_pk)
    form = _form(request, found, one, request.POST)
    if not form.is_valid():
        return _page(request, found, one, form=form)
    done = "later" not in request.POST
    words = {"words": form.cleaned_data["words"], "withheld": form.cleaned_data["withheld"]}
    try:
        actions.fill_in_review(request.member, one, verdicts=form.verdicts, done=done, **words)
    except DomainError as error:
        form.refuse(error)
        return _page(request, found, one, form=form)
    messages.success(request, _("Thank you. It is shown once everybody has looked back.") if done else _("Kept."))
    return redirect("review", organisation, found.pk, one.pk)


def _find(request: HttpRequest, found: Relationship, pk: int) -> Review:
    rows = Review.objects.visible_to(request.member).select_related("version__agreement", "organisation")
    one = get_object_or_404(rows, pk=pk, relationship=found)
    one.relationship = found
    return one


def _form(request: HttpRequest, found: Relationship, one: Review, data: Any = None) -> ReviewForm:
    mine = ReviewAnswers.objects.filter(review=one, participant__enrolment__member=request.member).first()
    kept = WithheldWords.objects.filter(review=one, participant__enrolment__member=request.member).first()
    return ReviewForm(
        data, clauses=_clauses(request, found, one), answers=mine, withheld=kept.text if kept is not None else ""
    )


def _clauses(request: HttpRequest, found: Relationship, one: Review) -> list[tuple[Clause, str]]:
    """The points of the agreement that was in force, or those of the usual template while nothing was signed."""
    by_pk = {person.pk: person for person in found.participants.all()}
    me = sides(found, request.member)["me"]
    if one.version is None:
        return [(clause, "") for clause in clauses_of(usual_template(found, by_pk.values()))]
    template, values = one.version.agreement.template, one.version.values
    said = [(clause, words_in(clause, values, template, by_pk, me)) for clause in clauses_of(template)]
    return [(clause, words) for clause, words in said if words]


def _page(request: HttpRequest, found: Relationship, one: Review, *, form: ReviewForm | None = None) -> HttpResponse:
    people = sides(found, request.member)
    refusal = policy.why_not_fill_in_review(request.member, one, now())
    by_pk = {person.pk: person for person in found.participants.all()}
    answers = list(ReviewAnswers.objects.visible_to(request.member).filter(review=one).order_by("pk"))
    kept = list(WithheldWords.objects.visible_to(request.member).filter(review=one).order_by("pk"))
    for row in [*answers, *kept]:
        row.participant = by_pk[row.participant_id]
    context = context_of(request, found, people) | {
        "review": one,
        "answers": answers,
        "mine": next((row for row in answers if row.participant_id == people["me"].pk), None),
        "withheld": kept,
        "why_not": refusal,
        "form": form or (_form(request, found, one) if refusal is None else None),
        "points": _said(_clauses(request, found, one), answers),
        "has_text": one.version is not None,
    }
    return render(request, "relationships/review.html", context, status=422 if form is not None else 200)


def _said(clauses: list[tuple[Clause, str]], answers: list[ReviewAnswers]) -> list[dict[str, Any]]:
    """Each point with what everybody whose answers are shown said of it."""
    verdicts = dict(ReviewAnswers.Verdict.choices)
    shown = [row for row in answers if row.shown_at is not None]
    points = []
    for clause, text in clauses:
        said = [(row.participant, row.verdicts[clause.key]) for row in shown if clause.key in row.verdicts]
        if said:
            points.append(
                {
                    "clause": CLAUSES[clause.key],
                    "text": text,
                    "said": [
                        {"who": who, "verdict": verdicts[one["verdict"]], "words": one["words"]} for who, one in said
                    ],
                    "to_change": any(one["verdict"] != ReviewAnswers.Verdict.KEPT for _who, one in said),
                }
            )
    return points
