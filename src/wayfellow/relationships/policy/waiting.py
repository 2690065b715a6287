"""May I wait for this mentor?"""

from datetime import datetime

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import WaitingEntry
from wayfellow.relationships.policy.pairs import active_relationship, open_request, why_not_together


def why_not_join_waiting_list(actor: Enrolment, mentor: Enrolment, now: datetime) -> Refusal | None:
    """Why this mentee cannot wait for this mentor, or None."""
    refusal = why_not_together(actor, mentor, now)
    if refusal is not None:
        return refusal
    name = mentor.member.short_name
    if not mentor.is_mentor:
        return Refusal("not_a_mentor", _("%(name)s does not offer to mentor.") % {"name": name})
    working = active_relationship(actor, mentor)
    if working is not None:
        words = _("%(name)s and you work together already.") % {"name": name}
        return Refusal("already_working_together", words, facts={"relationship": working.pk})
    asked = open_request(actor, mentor)
    if asked is not None and asked.holds_place:
        words = _("A place with %(name)s is kept for your open request already.") % {"name": name}
        return Refusal("place_kept_for_request", words, facts={"request": asked.pk})
    if WaitingEntry.objects.in_line().filter(mentor=mentor, mentee=actor).exists():
        return Refusal("already_waiting", _("You are in line for %(name)s already.") % {"name": name})
    if not mentor.takes_requests:
        return Refusal("mentor_not_taking_requests", _("%(name)s takes no requests now.") % {"name": name})
    if mentor.free_places > 0:
        return Refusal(
            "has_room", _("%(name)s has a free place: you can ask now.") % {"name": name}, instead="send_request"
        )
    if not mentor.waiting_list_open:
        return Refusal("waiting_list_closed", _("%(name)s keeps no waiting list.") % {"name": name})
    return None


def why_not_leave_waiting_list(actor: Member, entry: WaitingEntry, now: datetime) -> Refusal | None:
    """Why this place in line cannot be given up, or None."""
    if entry.mentee.member_id != actor.pk:
        return Refusal("not_yours", _("This is somebody else's place in line."))
    if entry.state not in (WaitingEntry.State.WAITING, WaitingEntry.State.OFFERED):
        return Refusal("not_in_line", _("You are not in this line any more."))
    return None
