"""Without a mail server mails wait, and go out when there is one; what opens doors expires first."""

from datetime import timedelta
from typing import Any

import pytest

from wayfellow.core import clock
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.actions import notify, send_mail
from wayfellow.notifications.models import Mail

pytestmark = pytest.mark.peers
FACTS = {"from": "Inês Duarte", "what": "Would you?"}


def write(organisation: Any, *, secret: bool, **facts: Any) -> None:
    template = "notifications/mail/tea_ready"
    facts = {**FACTS, "at": clock.now(), **facts}
    send_mail(to="a@b.example", template=template, facts=facts, organisation=organisation, key="1", secret=secret)


@pytest.fixture
def later(settings: Any, request: pytest.FixtureRequest) -> Any:
    """`later(hours=2)`: the host sets a server then, and the jobs that are due run; gives what the server got."""

    def go_on(**wait: float) -> list[Any]:
        assert not settings.MAIL_URL
        run_pending()
        job, mail = Job.objects.get(), Mail.objects.get()
        assert (job.state, job.attempts, mail.state) == ("waiting", 0, "waiting")
        assert job.run_after > clock.now()
        post = request.getfixturevalue("post")
        with clock.moved_to(clock.now() + timedelta(**wait)):
            run_pending()
        assert Job.objects.get().state == "done"
        assert Job.objects.get().kwargs == {}
        return post.received

    return go_on


def test_a_notice_waits_and_goes_out(db: None, member: Any, later: Any) -> None:
    notify("tea_ready", to=member, facts={**FACTS, "at": clock.now()}, links={"page": "/tea"})
    assert len(later(hours=20)) == 1
    assert Mail.objects.get().state == "sent"


def test_a_code_that_has_expired_is_not_sent(db: None, organisation: Any, later: Any) -> None:
    write(organisation, secret=True)
    assert later(minutes=16) == []
    assert (Mail.objects.get().state, Mail.objects.get().error) == ("dropped", "late")


def test_a_code_that_has_not_is(db: None, organisation: Any, later: Any) -> None:
    write(organisation, secret=True)
    assert len(later(minutes=6)) == 1


def test_an_invitation_waits_as_long_as_its_link_works(db: None, organisation: Any, later: Any) -> None:
    write(organisation, secret=True, until=clock.now() + timedelta(days=3))
    assert len(later(days=2)) == 1


def test_it_expires_without_a_server_too(db: None, organisation: Any) -> None:
    write(organisation, secret=True)
    with clock.moved_to(clock.now() + timedelta(minutes=16)):
        run_pending()
    assert (Mail.objects.get().state, Job.objects.get().state) == ("dropped", "done")


def test_nothing_waits_for_longer_than_a_week(db: None, organisation: Any) -> None:
    write(organisation, secret=False)
    run_pending()
    with clock.moved_to(clock.now() + timedelta(days=8)):
        run_pending()
    assert (Mail.objects.get().state, Mail.objects.get().error) == ("dropped", "late")
