"""The one place that reads the time. Policies and queries take `now` as an argument."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return timezone.now()
