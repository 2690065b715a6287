"""The page Health: who sees which jobs, what it says of them, and what an administrator can do."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.jobs.models import Job

IMPORT = "wayfellow.people.actions.imports.apply_import_job"
NOTICE = "wayfellow.notifications.sending.send_notice_mail"
PLAIN = "wayfellow.notifications.sending.send_plain_mail"


def make_job(organisation: Any, task: str = IMPORT, state: str = "failed", **fields: Any) -> Job:
    now = clock.now()
    return Job.objects.create(
        **{"task": task, "state": state, "organisation": organisation, "run_after": now, "created_at": now, **fields}
    )


@pytest.fixture
def client(client_for: Any, administrator: Any) -> Any:
    return client_for(administrator)


def page(client: Any, **query: str) -> str:
    response = client.get(reverse("health", args=["larkmoor"]), query)
    assert response.status_code == 200
    return response.content.decode()


def rows(text: str) -> int:
    return text.count('<tr role="row">') - 1 if "<table" in text else 0


def test_shows_what_failed_and_why_but_not_what_it_is_about(client: Any, organisation: Any) -> None:
    make_job(
        organisation,
        PLAIN,
        error_type="builtins.ConnectionRefusedError",
        error="no way to mail.larkmoor.example",
        kwargs={"to": "amara@larkmoor.example"},
        attempts=8,
    )
    text = page(client)
    assert "Send a mail" in text
    assert "The other server could not be reached." in text
    assert "amara@" not in text
    assert "mail.larkmoor" not in text
    assert text.count("<h1>") == 1


def test_an_unknown_error_says_its_kind_alone(client: Any, organisation: Any) -> None:
    make_job(organisation, error_type="builtins.KeyError", error="secret words")
    text = page(client)
    assert "It broke off (KeyError)." in text
    assert "secret words" not in text


def test_shows_neither_another_organisations_jobs_nor_the_servers(
    client: Any, organisation: Any, other_organisation: Any
) -> None:
    theirs = make_job(other_organisation)
    make_job(None)
    assert "No job has failed. Nothing waits." in page(client)
    for verb in ("run_again", "cancel_job"):
        assert client.post(reverse(verb, args=["larkmoor", theirs.pk])).status_code == 404


def test_is_for_administrators(client_for: Any, member: Any, organisation: Any) -> None:
    assert client_for(member).get(reverse("health", args=["larkmoor"])).status_code == 403


@pytest.mark.parametrize("state", Job.State.values)
def test_each_state_has_its_tab_and_words_when_it_is_empty(client: Any, organisation: Any, state: str) -> None:
    assert 'class="empty' in page(client, tab=state)
    make_job(organisation, state=state)
    assert rows(page(client, tab=state)) == 1


def test_a_queue_that_nobody_takes_up_is_told(client: Any, organisation: Any) -> None:
    make_job(organisation, state="waiting", run_after=clock.now() - timedelta(hours=1))
    assert "Nothing takes jobs up" in page(client)


def test_search_in_what_jobs_do(client: Any, organisation: Any) -> None:
    make_job(organisation, IMPORT)
    make_job(organisation, PLAIN)
    assert rows(page(client, tab="failed", q="import")) == 1
    assert "No job fits" in page(client, tab="failed", q="zebra")


def test_paging_asks_no_query_per_row(client: Any, organisation: Any, django_assert_max_num_queries: Any) -> None:
    for _number in range(30):
        make_job(organisation)
    with django_assert_max_num_queries(12):
        assert rows(page(client)) == 25
    assert rows(page(client, tab="failed", page="2")) == 5


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_exports_what_is_shown(client: Any, organisation: Any, format: str) -> None:
    make_job(organisation, error_type="builtins.KeyError", error="secret words")
    make_job(organisation, state="done")
    response = client.get(reverse("export_jobs", args=["larkmoor"]), {"tab": "failed", "format": format})
    content = b"".join(response.streaming_content)
    if format == "csv":
        lines = content.decode("utf-8-sig").strip().splitlines()
        assert len(lines) == 2
        assert "It broke off (KeyError)." in lines[1]
        assert "secret" not in lines[1]


def test_runs_again_and_cancels_on_the_record(client: Any, organisation: Any, administrator: Any) -> None:
    job = make_job(organisation)
    client.post(reverse("run_again", args=["larkmoor", job.pk]))
    job.refresh_from_db()
    assert job.state == "waiting"
    client.post(reverse("cancel_job", args=["larkmoor", job.pk]))
    job.refresh_from_db()
    assert job.state == "cancelled"
    events = Event.objects.order_by("sequence")
    assert [(event.verb, event.actor) for event in events] == [
        ("job_run_again", administrator),
        ("job_cancelled", administrator),
    ]
    assert events[0].details == {"job": "apply_import_job"}


def test_what_is_between_two_people_is_not_an_administrators_to_cancel(client: Any, organisation: Any) -> None:
    job = make_job(organisation, NOTICE, state="waiting")
    assert "Cancel it" not in page(client)
    response = client.post(reverse("cancel_job", args=["larkmoor", job.pk]))
    assert response.status_code == 403
    assert "between two people" in response.content.decode()
    job.refresh_from_db()
    assert job.state == "waiting"
