"""Reads about reports of harm and blocks."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from wayfellow.core.naming import pattern_of
from wayfellow.people.models import Member, Organisation
from wayfellow.safety.models import Block, Concern, ReportTerms

TABS = {
    "new": Q(state=Concern.State.NEW),
    "seen": Q(state=Concern.State.SEEN),
    "closed": Q(state=Concern.State.CLOSED),
    "all": Q(),
}


def safeguarding_leads(member: Member) -> QuerySet[Member]:
    """The leads of a member's organisation, by name: this person's words reach them, and only them."""
    rows = Member.objects.active().filter(organisation=member.organisation_id, is_safeguarding_lead=True)
    rows = rows.exclude(pk=member.pk).select_related("organisation").defer("organisation__logo")
    return rows.order_by("full_name", "pk")


def readers_of(concern: Concern) -> list[Member]:
    """The leads who may read a concern and answer it."""
    leads = Member.objects.active().filter(organisation=concern.organisation_id, is_safeguarding_lead=True)
    hidden = Q(pk=concern.about_id) | Q(pk=concern.raised_by_id) | Q(pk__in=concern.kept_from.values("pk"))
    return list(leads.exclude(hidden).order_by("pk"))


def must_not_read(reporter: Member, *, about: Member | None, words: Iterable[str]) -> list[Member]:
    """The leads who get no report of this: whom it names, and who manages a programme that the people take part in.

    Args:
        words: everything the report says.
    """
    leads = list(safeguarding_leads(reporter))
    said = "\n".join(words)
    patterns = {lead.pk: pattern_of(lead.full_name, lead.email) for lead in leads}
    named = {pk for pk, pattern in patterns.items() if pattern is not None and pattern.search(said)}
    mine = reporter.enrolments.values("cohort__programme")
    theirs = about.enrolments.filter(cohort__programme__in=mine).values("cohort__programme") if about else mine
    managing = Member.objects.filter(pk__in=patterns, programmes_managed__in=theirs)
    hidden = named | set(managing.values_list("pk", flat=True))
    return [lead for lead in leads if lead.pk in hidden]


def terms_of(organisation: Organisation) -> ReportTerms:
    """How soon reports are looked into; the usual, not stored, where nobody has said."""
    return ReportTerms.objects.filter(organisation=organisation).first() or ReportTerms(organisation=organisation)


def concerns_for(lead: Member, *, tab: str = "new", search: str = "") -> QuerySet[Concern]:
    """The reports on a lead's desk: those that are open by their deadline, closed ones latest first."""
    rows = Concern.objects.at_desk_of(lead).filter(TABS.get(tab, TABS["new"]))
    for word in search.replace("\0", "").split()[:8]:
        named = Q(raised_by__full_name__icontains=word) | Q(about__full_name__icontains=word)
        rows = rows.filter(named | Q(about_words__icontains=word) | Q(text__icontains=word))
    due = {"new": "take_up_by", "seen": "close_by"}.get(tab)
    order = (due, "created_at", "pk") if due else ("-created_at", "-pk")
    return rows.select_related("raised_by", "about", "handled_by").order_by(*order)


def concern_counts(lead: Member) -> dict[str, int]:
    """How many reports each tab has, in one query."""
    counted = {tab: Count("pk", filter=condition) if condition else Count("pk") for tab, condition in TABS.items()}
    return Concern.objects.at_desk_of(lead).aggregate(**counted)


def concerns_raised_by(member: Member) -> QuerySet[Concern]:
    """What a member has reported, latest first."""
    return Concern.objects.filter(raised_by=member).select_related("about", "handled_by").order_by("-created_at", "-pk")


def works_with(member: Member, others: Iterable[Member]) -> dict[int, int]:
    """Which of these people a member works with now: the relationship of each, by member. One query."""
    together = Member.objects.filter(
        pk__in=[other.pk for other in others],
        enrolments__participations__relationship__state__in=("active", "paused"),
        enrolments__participations__relationship__participants__enrolment__member=member,
    )
    return dict(together.values_list("pk", "enrolments__participations__relationship"))


def blocks_of(member: Member, *, search: str = "") -> QuerySet[Block]:
    """Whom a member has blocked, by name."""
    rows = Block.objects.visible_to(member).select_related("blocked")
    for word in search.replace("\0", "").split()[:8]:
        rows = rows.filter(blocked__full_name__icontains=word)
    return rows.order_by("blocked__full_name", "pk")


def blocked_between(member: Member, others: Iterable[Member]) -> set[int]:
    """Which of these people a member blocked or was blocked by. One query."""
    theirs = [other.pk for other in others]
    between = Q(blocker=member, blocked__in=theirs) | Q(blocked=member, blocker__in=theirs)
    rows = Block.objects.filter(between).values_list("blocker", "blocked")
    return {one if one != member.pk else other for one, other in rows}
