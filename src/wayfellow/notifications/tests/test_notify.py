"""`notify`: a row for the app, a job for the mail, in one transaction."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy

from wayfellow.core.errors import InvalidInput
from wayfellow.jobs import claims
from wayfellow.jobs.backend import result_of
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import JobContext, Run, run_pending
from wayfellow.notifications import sending
from wayfellow.notifications.actions import notify, read_notices, save_notice_preferences, send_mail
from wayfellow.notifications.composing import compose_notice
from wayfellow.notifications.models import Mail, Notice

FACTS: dict[str, Any] = {"from": "Inês", "what": "tea", "at": datetime(2026, 11, 26, 19, tzinfo=UTC)}


def test_writes_notice_and_job_together(db: None, member: Any) -> None:
    notice = notify("tea_ready", to=member, about=member, facts=FACTS, links={"page": "/tea"})
    assert Notice.objects.get() == notice
    assert Job.objects.get().key == f"notice:{notice.pk}"
    assert member.unread_notices == 1
    with pytest.raises(RuntimeError), transaction.atomic():
        notify("tea_ready", to=member)
        raise RuntimeError
    assert (Notice.objects.count(), Job.objects.count()) == (1, 1)


def test_refuses_a_kind_that_nobody_declares(db: None, member: Any) -> None:
    with pytest.raises(InvalidInput, match="biscuits"):
        notify("biscuits", to=member)


def test_facts_keep_their_types(db: None, member: Any) -> None:
    facts = {"at": FACTS["at"], "on": date(2026, 11, 26), "word": gettext_lazy("Pages"), "list": [1, None]}
    notice = notify("tea_ready", to=member, facts=facts)
    notice.refresh_from_db()
    assert notice.facts == {"at": FACTS["at"], "on": date(2026, 11, 26), "word": "Pages", "list": [1, None]}
    with pytest.raises(TypeError):
        notify("tea_ready", to=member, facts={"member": member})


def test_no_mail_for_who_turned_it_off_or_cannot_read_it(db: None, member: Any, make_member: Any) -> None:
    save_notice_preferences(member, in_app={"tea_ready"}, by_mail=set())
    notify("tea_ready", to=member, facts=FACTS)
    notify("tea_ready", to=make_member("Listed Only", state="listed"), facts=FACTS)
    assert not Job.objects.exists()
    assert Notice.objects.count() == 2


def test_what_one_must_know_cannot_be_turned_off(db: None, member: Any) -> None:
    save_notice_preferences(member, in_app=set(), by_mail=set())
    notify("kettle_on", to=member, facts=FACTS)
    assert Job.objects.count() == 1
    assert Notice.objects.visible_to(member).in_app().count() == 1


def test_what_is_turned_off_in_the_app_is_mailed_still(db: None, member: Any) -> None:
    save_notice_preferences(member, in_app=set(), by_mail={"tea_ready"})
    notify("tea_ready", to=member, facts=FACTS)
    assert Job.objects.count() == 1
    assert member.unread_notices == 0


def test_reading_one_or_all(db: None, member: Any, make_member: Any) -> None:
    first = notify("tea_ready", to=member, facts=FACTS)
    notify("tea_ready", to=member, facts=FACTS)
    notify("tea_ready", to=make_member("Inês Duarte"), facts=FACTS)
    assert read_notices(member, notice=first) == 1
    assert member.unread_notices == 1
    assert read_notices(member) == 1
    assert read_notices(member) == 0


def test_the_demo_keeps_the_mail(db: None, demo: None, member: Any) -> None:
    notify("tea_ready", to=member, facts=FACTS, links={"page": "/tea", "accept": "/a/token"})
    run_pending()
    mail = Mail.objects.get()
    assert mail.state == Mail.State.KEPT
    assert "/a/token" in mail.text
    assert "/a/token" in mail.html


def test_the_demo_keeps_a_secret_too(db: None, demo: None, organisation: Any) -> None:
    mail = {"to": "a@b.example", "template": "notifications/mail/tea_ready", "facts": FACTS, "secret": True}
    send_mail(**mail, organisation=organisation, key="2")
    run_pending()
    assert "tea" in Mail.objects.get(key="mail:2").text


def test_a_row_that_was_erased_on_the_way_stays_erased(db: None, demo: None, member: Any) -> None:
    notice = notify("tea_ready", to=member, facts=FACTS)
    job = claims.claim("a worker")
    assert job is not None
    context = JobContext(task_result=result_of(job, task=sending.send_notice_mail), run=Run(job))
    mail = sending._mail_of(job.key, to=member.email, organisation_id=notice.organisation_id, member_id=member.pk)
    Mail.objects.all().delete()
    sending._deliver(context, mail, lambda: compose_notice(notice, links={}))
    assert not Mail.objects.exists()
