"""Imports of members: read a file, choose what its columns are, put it into effect, stop, go on, throw it away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import Conflict, enforce
from wayfellow.jobs.models import Job
from wayfellow.jobs.tasks import task
from wayfellow.notifications.actions import notify
from wayfellow.people import policy
from wayfellow.people.actions.import_checks import check_import_job, is_large, open_or_refuse, read_import
from wayfellow.people.importing.applying import apply_some, link_some, lock_import, mend_circles, next_line
from wayfellow.people.importing.columns import remember
from wayfellow.people.models import Member, MemberImport, Organisation

State = MemberImport.State
KEEP = timedelta(days=7)
UNUSED = (State.READING, State.CHECKED, State.FAILED)
# A command applies in its own process; the worker goes on in its place only when it has died.
HEAD_START = timedelta(minutes=3)


def check_import(
    actor: Member | None,
    organisation: Organisation,
    *,
    file: bytes,
    file_name: str,
    mapping: dict[str, str | None] | None = None,
    at_once: bool = False,
) -> MemberImport:
    """Read a file of people and say what it would do. Changes nobody.

    Args:
        actor: who brought it; None for a command.
        mapping: heading -> field or None, where the caller knows better than we do.
        at_once: read it now, however large it is; otherwise a job reads a large one.

    Raises:
        InvalidInput: the file cannot be used; the message says why.
    """
    mapping = mapping or {}
    people = None
    if at_once or not is_large(file):
        people = open_or_refuse(organisation, file, file_name, mapping, at_once=at_once)
    with transaction.atomic():
        member_import = MemberImport.objects.create(
            organisation=organisation,
            file_name=file_name[-200:],
            file=file,
            mapping=mapping,
            started_by=actor,
            turn=1,
        )
        if people is None:
            _read_later(member_import)
    if people is not None:
        read_import(member_import, people)
        member_import.refresh_from_db()
    return member_import


def map_columns(actor: Member, member_import: MemberImport, *, mapping: dict[str, str | None]) -> MemberImport:
    """Read columns as the person says, check the file again and remember the answer for the next file.

    Raises:
        InvalidInput: the choice does not fit the file; `field` is the heading.
        Refused: import_reading or import_applied.
    """
    enforce(policy.why_not_map_columns(member_import))
    organisation = member_import.organisation
    whole = {**member_import.mapping, **mapping}
    file = bytes(member_import.file)
    people = None
    if not is_large(file):
        people = open_or_refuse(organisation, file, member_import.file_name, whole, at_once=False)
    with transaction.atomic():
        member_import = MemberImport.objects.defer("file").lock(member_import.pk)
        enforce(policy.why_not_map_columns(member_import))
        member_import.mapping = whole
        member_import.state = State.READING
        member_import.turn += 1
        member_import.save(update_fields=["mapping", "state", "turn"])
        remember(organisation, mapping)
        if people is None:
            _read_later(member_import)
    if people is not None:
        read_import(member_import, people)
    return MemberImport.objects.defer("file").get(pk=member_import.pk)


def _read_later(member_import: MemberImport) -> None:
    job = check_import_job.using(key=member_import.job_key, organisation=member_import.organisation)
    job.enqueue(import_id=member_import.pk, turn=member_import.turn)


@transaction.atomic
def apply_import(
    actor: Member | None, member_import: MemberImport, *, turn: int | None = None, here: bool = False
) -> MemberImport:
    """Put a checked import into effect, by a job. Asking again while it is under way changes nothing.

    Args:
        turn: the check that the person saw.
        here: the caller goes on with `apply_here`; the job only waits in case that this process dies.

    Raises:
        Conflict: check_changed, the file was read anew since.
        Refused: import_reading, import_applied or nothing_to_apply.
    """
    member_import = lock_import(member_import.pk)
    if member_import.state in {State.APPLYING, State.DONE}:
        return member_import
    if turn is not None and member_import.state == State.CHECKED and turn != member_import.turn:
        raise Conflict("check_changed", _("The file was checked again meanwhile. Look at the new result first."))
    enforce(policy.why_not_apply_import(member_import))
    member_import.applied_at = clock.now()
    _start(member_import, later=here)
    record(
        "import_started",
        actor=actor,
        organisation=member_import.organisation,
        about=member_import,
        details={"to_create": member_import.to_create, "to_change": member_import.to_change},
    )
    return member_import


def _start(member_import: MemberImport, *, later: bool = False) -> None:
    member_import.state = State.APPLYING
    member_import.stop_asked = False
    member_import.turn += 1
    member_import.done_before = member_import.rows_done
    member_import.save(update_fields=["state", "stop_asked", "turn", "done_before", "applied_at"])
    changes = {"run_after": clock.now() + HEAD_START} if later else {}
    job = apply_import_job.using(key=member_import.job_key, organisation=member_import.organisation, **changes)
    job.enqueue(import_id=member_import.pk, turn=member_import.turn)


@task(takes_context=True)
def apply_import_job(context: Any, *, import_id: int, turn: int) -> None:
    """`apply_here`, by a worker."""
    apply_here(import_id, turn, should_stop=context.should_stop)


def apply_here(
    import_id: int,
    turn: int,
    *,
    should_stop: Callable[[], bool] = lambda: False,
    progress: Callable[[], object] = lambda: None,
) -> None:
    """Apply what is left, in this process. Others may do the same at once: each bit is done by one of them.

    Args:
        should_stop: asked between bits; when it says so, the rest is left to the next.
        progress: called after each bit.
    """
    for some in (apply_some, link_some):
        while some(import_id, turn):
            progress()
            if should_stop():
                return
    _finish(import_id, turn)


@transaction.atomic
def _finish(import_id: int, turn: int) -> None:
    member_import = lock_import(import_id)
    if member_import.state != State.APPLYING or member_import.turn != turn:
        return
    stopped = member_import.stop_asked and next_line(member_import) is not None
    if not stopped:
        mend_circles(member_import)
    member_import.state = State.STOPPED if stopped else State.DONE
    member_import.stop_asked = False
    member_import.finished_at = clock.now()
    member_import.save(update_fields=["state", "stop_asked", "finished_at", "warnings"])
    counts = {
        "created": member_import.created,
        "changed": member_import.changed,
        "refused": member_import.to_refuse + member_import.refused_on_the_way,
    }
    starter = member_import.started_by
    if not stopped and starter is not None and starter.is_active:
        page = reverse("member_import", args=[member_import.organisation.slug, member_import.pk])
        facts = {**counts, "file": member_import.file_name}
        notify("import_done", to=starter, about=member_import, facts=facts, links={"page": page})
    record(
        "import_stopped" if stopped else "members_imported",
        actor=starter,
        organisation=member_import.organisation,
        about=member_import,
        details=counts,
    )


@transaction.atomic
def stop_import(actor: Member, member_import: MemberImport) -> MemberImport:
    """Let an import stop after the rows it is at. What is done stays done. Asking twice changes nothing.

    Raises:
        Refused: import_not_applying.
    """
    member_import = lock_import(member_import.pk)
    enforce(policy.why_not_stop_import(member_import))
    if not member_import.stop_asked:
        member_import.stop_asked = True
        member_import.save(update_fields=["stop_asked"])
        details = {"done": member_import.rows_done, "of": member_import.to_apply}
        record(
            "import_stop_asked",
            actor=actor,
            organisation=member_import.organisation,
            about=member_import,
            details=details,
        )
    return member_import


@transaction.atomic
def resume_import(actor: Member, member_import: MemberImport) -> MemberImport:
    """Go on with an import that was stopped, or whose job was given up.

    Raises:
        Refused: import_not_stopped.
    """
    member_import = lock_import(member_import.pk)
    enforce(policy.why_not_resume_import(member_import, job_failed=job_failed(member_import)))
    member_import.applied_at = clock.now()
    _start(member_import)
    details = {"done": member_import.rows_done, "of": member_import.to_apply}
    record("import_resumed", actor=actor, organisation=member_import.organisation, about=member_import, details=details)
    return member_import


def job_failed(member_import: MemberImport) -> bool:
    """Whether the job of this turn was given up or is not there any more, and has left the import as it was read."""
    job = Job.objects.filter(key=member_import.job_key).first()
    if job is not None and not job.is_over:
        return False
    # It may have ended well since the import was read.
    unchanged = MemberImport.objects.filter(pk=member_import.pk, state=member_import.state, turn=member_import.turn)
    return unchanged.exists()


@transaction.atomic
def discard_import(actor: Member | None, member_import: MemberImport) -> None:
    """Throw away a check, with its file.

    Raises:
        Refused: import_applied.
    """
    member_import = MemberImport.objects.defer("file").lock(member_import.pk)
    enforce(policy.why_not_discard_import(member_import))
    _delete(member_import)


def _delete(member_import: MemberImport) -> None:
    member_import.rows.all().delete()
    member_import.delete()


def drop_old_imports() -> int:
    """Drop checks that nobody applied within 7 days; of older imports only the counts stay. Returns how many."""
    before = clock.now() - KEEP
    dropped = 0
    unused = MemberImport.objects.filter(created_at__lt=before, state__in=UNUSED)
    for pk in list(unused.values_list("pk", flat=True)):
        with transaction.atomic():
            member_import = MemberImport.objects.defer("file").lock(pk)
            if member_import.state in UNUSED:
                _delete(member_import)
                dropped += 1
    over = MemberImport.objects.filter(finished_at__lt=before, state__in=[State.DONE, State.STOPPED])
    for pk in list(over.exclude(file=b"").values_list("pk", flat=True)):
        with transaction.atomic():
            member_import = MemberImport.objects.defer("file").lock(pk)
            if member_import.state in {State.DONE, State.STOPPED}:
                member_import.rows.all().delete()
                MemberImport.objects.filter(pk=pk).update(file=b"", state=State.DONE)
                dropped += 1
    return dropped


@task()
def drop_old_imports_job() -> None:
    """`drop_old_imports`, once a day."""
    drop_old_imports()
