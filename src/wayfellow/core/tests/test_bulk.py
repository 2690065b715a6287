from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms import model_to_dict

from wayfellow.core.bulk import insert_many, set_many
from wayfellow.people.models import ImportRow, Member, MemberImport

pytestmark = pytest.mark.django_db
AWKWARD = "Zoë “O’Hara”\tof\\N \n\\. ␀ 🙂"


def people(organisation: Any) -> list[Member]:
    """Values that a careless way to the database would change."""
    return [
        Member(organisation=organisation, full_name=AWKWARD, email="a@larkmoor.example", languages=["nl", AWKWARD]),
        Member(
            organisation=organisation,
            full_name="",
            email="b@larkmoor.example",
            state=Member.State.ACTIVE,
            hire_date=date(2011, 6, 12),
            joined_at=datetime(2026, 3, 1, 23, 30, 5, 123, tzinfo=UTC),
            is_guest=True,
            conduct_accepted_version=3,
        ),
    ]


def stored(organisation: Any) -> list[dict[str, Any]]:
    rows = Member.objects.filter(organisation=organisation).order_by("email")
    return [model_to_dict(row, exclude=["id"]) for row in rows]


def test_rows_are_those_that_bulk_create_writes(organisation: Any) -> None:
    Member.objects.bulk_create(people(organisation))
    expected = stored(organisation)
    Member.objects.all().delete()
    insert_many(people(organisation))
    assert stored(organisation) == expected
    first, second = Member.objects.order_by("email")
    assert (first.full_name, first.languages) == (AWKWARD, ["nl", AWKWARD])
    assert (second.state, second.joined_at.microsecond, second.languages) == ("active", 123, [])
    assert first.created_at.tzinfo is not None
    assert Member.objects.filter(state="listed", hire_date=None).get() == first


def test_json_keeps_its_letters(organisation: Any) -> None:
    found = MemberImport.objects.create(organisation=organisation, file_name="a.csv", file=b"")
    insert_many([ImportRow(organisation=organisation, member_import=found, line=2, values={"full_name": AWKWARD})])
    row = ImportRow.objects.get()
    assert (row.values, row.changes, row.problems) == ({"full_name": AWKWARD}, [], [])
    assert ImportRow.objects.filter(values__full_name=AWKWARD).exists()


def test_one_double_refuses_all(organisation: Any) -> None:
    first, second = people(organisation)
    second.email = first.email.upper()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many([first, second])
    assert not Member.objects.exists()


def test_nothing_is_nothing() -> None:
    insert_many([])
    set_many(Member, "manager", {})


def test_each_row_gets_its_own_value(organisation: Any) -> None:
    insert_many(people(organisation))
    first, second = Member.objects.order_by("email")
    set_many(Member, "manager", {first.pk: second.pk, second.pk: None})
    assert list(Member.objects.order_by("email").values_list("manager", flat=True)) == [second.pk, None]
    set_many(Member, "manager", {first.pk: None})
    assert not Member.objects.exclude(manager=None).exists()
