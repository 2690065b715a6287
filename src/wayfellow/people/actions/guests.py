"""Ending the access of guests whose time is over."""

from django.db.models import Q
from django_tasks import task

from wayfellow.core import clock
from wayfellow.jobs.batches import each_alone
from wayfellow.people.actions.members import close_member
from wayfellow.people.models import Member
from wayfellow.people.queries.members import is_over


@task()
def close_ended_guests() -> None:
    """Close the accounts of guests after their last day. They see nothing from that midnight on, closed or not."""
    tomorrow_everywhere = clock.now().date()
    rows = Member.objects.filter(Q(guest_until__lte=tomorrow_everywhere), is_guest=True).exclude(
        state=Member.State.LEFT
    )
    ended = [member for member in rows.select_related("organisation").order_by("pk") if is_over(member)]
    each_alone(ended, lambda member: close_member(None, member), "closing the account of a guest")
