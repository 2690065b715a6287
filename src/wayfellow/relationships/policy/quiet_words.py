"""Who may ask for a quiet word, who hears it, and who may end something for somebody."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, QuietWord, Relationship
from wayfellow.relationships.policy.presence import part_of


def hearers(relationship: Relationship, to: str) -> QuerySet[Member]:
    """Who would hear a quiet word: never anybody who is, or was, in the relationship.

    Where nobody outside runs the programme, a safeguarding lead hears it, and the other way round.
    """
    inside = Participant.objects.filter(relationship=relationship).values("enrolment__member")
    here = Member.objects.active().filter(organisation=relationship.organisation_id).exclude(pk__in=inside)
    managers = here.filter(programmes_managed=relationship.cohort.programme_id)
    leads = here.filter(is_safeguarding_lead=True)
    first, second = (managers, leads) if to == QuietWord.To.PROGRAMME else (leads, managers)
    return (first if first.exists() else second).distinct().order_by("full_name")


def why_not_ask_quiet_word(actor: Member, relationship: Relationship, to: str) -> Refusal | None:
    """Whoever is or was in it, at any time, whatever state it is in."""
    if not relationship.participants.filter(enrolment__member=actor).exists() or not actor.is_active:
        return Refusal("not_yours", _("Only the people in it can do this."))
    if not hearers(relationship, to).exists():
        return Refusal(
            "nobody_hears",
            _("Nobody outside this relationship can hear it yet. You can still end it yourself, or report a concern."),
            instead="end_relationship",
        )
    return None


def why_not_hear_quiet_word(actor: Member, word: QuietWord) -> Refusal | None:
    """Those who were named when it was sent."""
    if not actor.is_active or not word.heard_by.filter(pk=actor.pk).exists():
        return Refusal("not_for_you", _("This was not sent to you."))
    if word.is_closed:
        return Refusal("word_closed", _("This is closed already."))
    return None


def why_not_release(actor: Member, word: QuietWord) -> Refusal | None:
    """A hearer, of somebody who wants out of something that is still open and who is still in it."""
    refusal = why_not_hear_quiet_word(actor, word)
    if refusal is not None:
        return refusal
    if word.wants != QuietWord.Wants.OUT:
        return Refusal("not_asked_out", _("They asked to talk, not to end it."))
    if not word.relationship.is_open or part_of(word.asked_by, word.relationship) is None:
        return Refusal("already_ended", _("This has ended already."))
    return None
