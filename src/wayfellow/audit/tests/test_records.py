"""The page Records: who sees it, what it says, how it is searched, how it leaves."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from wayfellow.audit.actions import record
from wayfellow.audit.models import Event


@pytest.fixture
def events(organisation: Any, member: Any, administrator: Any) -> list[Event]:
    return [
        record("goal_set", actor=member, organisation=organisation),
        record(
            "settings_changed", actor=administrator, organisation=organisation, details={"fields": ["name", "accent"]}
        ),
        record("member_closed", actor=administrator, organisation=organisation, about=member),
    ]


def page(client: Any, organisation: Any, **query: str) -> str:
    response = client.get(reverse("records", args=[organisation.slug]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_lists_newest_first_in_words(client_for: Any, organisation: Any, administrator: Any, events: Any) -> None:
    text = page(client_for(administrator), organisation)
    assert text.index("Ruta Kalvendis") < text.index("Amara Oyelunde")
    assert "fields: name, accent" in text
    assert text.count("<h1>") == 1


def test_is_for_administrators(client_for: Any, organisation: Any, member: Any, events: Any) -> None:
    assert client_for(member).get(reverse("records", args=[organisation.slug])).status_code == 403
    assert client_for(member).get(reverse("export_records", args=[organisation.slug])).status_code == 403


def test_shows_nothing_of_another_organisation(
    client_for: Any, other_organisation: Any, make_member: Any, administrator: Any, events: Any
) -> None:
    stranger = make_member("Tomas Weir", organisation=other_organisation, is_administrator=True)
    assert "Nothing has happened yet" in page(client_for(stranger), other_organisation)
    assert client_for(stranger).get(reverse("records", args=[administrator.organisation.slug])).status_code == 404


def test_search_by_person_verb_and_day(client_for: Any, organisation: Any, administrator: Any, events: Any) -> None:
    Event.objects.filter(verb="goal_set").update(at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    client = client_for(administrator)
    assert rows(page(client, organisation, q="amara")) == 1
    assert rows(page(client, organisation, q="ruta closed")) == 1
    assert rows(page(client, organisation, verb="settings_changed")) == 1
    assert rows(page(client, organisation, since="2026-03-01", until="2026-03-01")) == 1
    assert "Nothing fits" in page(client, organisation, q="nobody")


def rows(text: str) -> int:
    return text.count('<tr role="row">') - 1


def test_bad_days_are_told_beside_the_field(
    client_for: Any, organisation: Any, administrator: Any, events: Any
) -> None:
    client = client_for(administrator)
    url = reverse("records", args=[organisation.slug])
    response = client.get(url, {"since": "yesterday"})
    assert response.status_code == 422
    assert "Write a date like" in response.content.decode()
    response = client.get(url, {"since": "2026-03-02", "until": "2026-03-01"})
    assert "before the first day" in response.content.decode()


def test_asks_no_query_per_row(
    client_for: Any, organisation: Any, administrator: Any, make_member: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        person = make_member(f"Person{number} Fenn")
        record("member_closed", actor=person, organisation=organisation, about=person)
    client = client_for(administrator)
    with django_assert_max_num_queries(14):
        assert "Person7 Fenn" in page(client, organisation)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_exports_all_that_was_found(
    format: str, client_for: Any, organisation: Any, administrator: Any, events: Any
) -> None:
    url = reverse("export_records", args=[organisation.slug])
    response = client_for(administrator).get(url, {"format": format, "q": "ruta"})
    content = b"".join(response.streaming_content)
    assert response["Content-Disposition"].endswith(f'"records-larkmoor.{format}"')
    if format == "csv":
        text = content.decode("utf-8-sig")
        assert len(text.strip().splitlines()) == 3
        assert '"{""fields"":[""name"",""accent""]}"' in text
