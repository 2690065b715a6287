"""Tasks for the tests. They leave traces in the database, so that a lost one is seen."""

import os
import signal
import threading
import time
from typing import Any

from django_tasks import task

from wayfellow.core.errors import InvalidInput
from wayfellow.jobs.errors import Permanent

ran: list[Any] = []
lock = threading.Lock()
go_on = threading.Event()


def note(what: Any) -> None:
    with lock:
        ran.append(what)


@task()
def note_it(what: Any = "it") -> str:
    note(what)
    return f"noted {what}"


@task()
def slowly(what: Any) -> None:
    note(what)
    time.sleep(0.01)


@task(max_attempts=3)
def break_down(email: str = "amara@larkmoor.example") -> None:
    note("tried")
    raise InvalidInput("broken", f"cannot write to {email} about 'Amara Oyelunde'")


@task()
def give_up() -> None:
    note("tried")
    raise Permanent("no use")


@task(takes_context=True)
def finish_it(context: Any, what: str = "it", *, fail: bool = False) -> None:
    from wayfellow.people.models import Organisation

    with context.finish(result=what):
        Organisation.objects.create(name=what, slug=what)
        if fail:
            raise RuntimeError("after the effect")


@task(takes_context=True)
def tell_it(context: Any, member_id: int, number: int) -> None:
    """Slow work outside, then one row that could well be written twice: nothing in the table forbids it."""
    from wayfellow.core import clock
    from wayfellow.notifications.models import Notice
    from wayfellow.people.models import Member

    member = Member.objects.get(pk=member_id)
    time.sleep(0.02)
    with context.finish():
        facts = {"number": number}
        Notice.objects.create(
            organisation_id=member.organisation_id, member=member, kind="told", facts=facts, created_at=clock.now()
        )


@task(max_attempts=3)
def kill_the_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@task(takes_context=True)
def count_up(context: Any, total: int) -> None:
    for number in range(total):
        if context.should_stop():
            return
        note(number)
        context.progress(number + 1, total, f"{number + 1} of {total}")
        time.sleep(0.02)
    with context.finish():
        pass


@task(takes_context=True)
def wait_for_it(context: Any) -> None:
    note(context.attempt)
    go_on.wait(10)
    from wayfellow.people.models import Organisation

    with context.finish():
        Organisation.objects.create(name="late", slug=f"late-{context.attempt}")


@task(takes_context=True)
def say_key(context: Any) -> None:
    note(context.job_key)


@task()
def enqueue_another() -> None:
    note("first")
    note_it.enqueue(what="second")


def forget() -> None:
    ran.clear()
    go_on.clear()
