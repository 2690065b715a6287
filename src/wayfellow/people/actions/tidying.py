"""Dropping what people left at the door and nobody needs any more."""

from datetime import timedelta

from django.db import transaction
from django_tasks import task

from wayfellow.core import clock
from wayfellow.people.models import JoinRequest, OneTimeLink

ANSWERED_DAYS = 90
EXPIRED_DAYS = 30


@task()
@transaction.atomic
def drop_old_requests() -> None:
    """Delete requests to join 90 days after their answer, and one-time links 30 days after they ran out."""
    now = clock.now()
    JoinRequest.objects.filter(answered_at__lt=now - timedelta(days=ANSWERED_DAYS)).delete()
    OneTimeLink.objects.filter(expires_at__lt=now - timedelta(days=EXPIRED_DAYS)).delete()
