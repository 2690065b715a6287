"""`record`: append one event, in the transaction of the action that it tells of."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction
from django.utils.module_loading import import_string

from wayfellow.audit.chain import canonical, digest_of_details, hash_of_event
from wayfellow.audit.models import AuditHead, Event
from wayfellow.core import clock
from wayfellow.core.registry import contributions

SESSION, TOKEN, COMMAND, JOB = "session", "token", "command", "job"
_via: ContextVar[str] = ContextVar("came_by", default=COMMAND)


@contextmanager
def came_by(via: str) -> Iterator[None]:
    """Say how whoever acts inside this block came: a session in the browser, a token, a command, a job.

    Raises:
        ValueError: for another word.
    """
    if via not in {SESSION, TOKEN, COMMAND, JOB}:
        raise ValueError(f"nobody comes by {via!r}")
    reset = _via.set(via)
    try:
        yield
    finally:
        _via.reset(reset)


def record(
    verb: str,
    *,
    actor: Any | None,
    organisation: Any,
    about: models.Model | None = None,
    details: dict[str, Any] | None = None,
) -> Event:
    """Append an event to the organisation's record. Always the last step of an action: it locks the head of the chain.

    Args:
        verb: what happened, snake_case, past: `request_sent`.
        actor: the member who did it; None for the system itself.
        organisation: whose record.
        about: the row it is about.
        details: plain JSON of fields an administrator may read; never words people wrote to each other.

    Raises:
        RuntimeError: no transaction is open.
        TypeError, ValueError: the details are not plain JSON.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs into the transaction of the action it tells of")
    details = details or {}
    canonical(details)
    head = _lock_head(organisation)
    actor_id = actor.pk if actor is not None else None
    salt = secrets.token_hex(16)
    event = Event(
        organisation=organisation,
        sequence=head.sequence + 1,
        at=clock.now(),
        verb=verb,
        actor_id=actor_id,
        via=_via.get(),
        about_type=about._meta.label if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        details=details,
        salt=salt,
        details_digest=digest_of_details(salt=salt, actor_id=actor_id, details=details),
        previous_hash=head.hash,
    )
    event.hash = hash_of_event(event)
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save(update_fields=["sequence", "hash"])
    for subscription in contributions("subscriptions"):
        if subscription.event == verb:
            import_string(subscription.task).using(organisation=organisation).enqueue(event_id=event.pk)
    return event


def _lock_head(organisation: Any) -> AuditHead:
    heads = AuditHead.objects.select_for_update()
    head = heads.filter(pk=organisation.pk).first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(organisation=organisation)], ignore_conflicts=True)
        head = heads.get(pk=organisation.pk)
    return head
