import numpy as np
import pytest
from django.db.models import Case, IntegerField, When

from wayfellow.people.models import Member, Organisation
from wayfellow.search.actions import Draft, index, remove
from wayfellow.search.models import Document, Term
from wayfellow.search.queries import search

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"',
    '""',
    "*",
    "NEAR",
    "a NEAR b",
    "AND",
    "OR NOT",
    "a:b",
    "\x00",
    "'; DROP TABLE x; --",
    "(",
    "^a",
    "{a b}",
    "\\",
    "!a & b | c:*",
    "-",
    "ا ل",
    "🎈",
    "़",
    "x" * 20_000,
    "' || '",
    "a -- b",
    "%",
    "\ud800",
]


@pytest.fixture
def larkmoor():
    return Organisation.objects.create(name="Larkmoor Utilities", slug="larkmoor-search")


@pytest.fixture
def put(larkmoor):
    def put(number, name, title="", about="", organisation=larkmoor, **facets):
        member = Member.objects.create(
            organisation=organisation, full_name=name, email=f"{number}@{organisation.slug}.example"
        )
        index(
            [
                Draft(
                    "mentor",
                    number,
                    organisation.pk,
                    member.pk,
                    name,
                    {"A": name, "B": title, "D": about},
                    facets,
                    {"n": number},
                )
            ]
        )
        return member

    return put


def ids(found):
    """Whom a search found, the best match first, then by name."""
    order = np.argsort(found.columns.ranks, kind="stable")
    return found.columns.subjects[order[found.fitting[order]]].tolist()


def test_prefixes_find_the_title(larkmoor, put):
    put(1, "Inês Tavaredo", "Product manager")
    put(2, "Leif Holmqvarn", "Principal engineer")
    assert ids(search(larkmoor.pk, "mentor", text="prod man")) == [1]


def test_accents_do_not_matter(larkmoor, put):
    put(1, "Inês Tavaredo")
    assert ids(search(larkmoor.pk, "mentor", text="ines")) == ids(search(larkmoor.pk, "mentor", text="INÊS")) == [1]


def test_typing_errors_are_forgiven_and_said(larkmoor, put):
    put(1, "Inês Tavaredo", "Product management")
    put(2, "Leif Holmqvarn", "Principal engineer")
    found = search(larkmoor.pk, "mentor", text="produkt managment")
    assert ids(found) == [1]
    assert found.spelled == "product management"
    assert search(larkmoor.pk, "mentor", text="product").spelled == ""


def test_a_name_counts_more_than_the_text(larkmoor, put):
    put(1, "Amara Oyelunde", about="worked with Leif")
    put(2, "Leif Holmqvarn")
    assert ids(search(larkmoor.pk, "mentor", text="leif")) == [2, 1]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_input_breaks_the_query(larkmoor, put, text):
    put(1, "Inês Tavaredo", "Product manager")
    assert ids(search(larkmoor.pk, "mentor", text=text)) in ([], [1])


def test_another_organisation_is_never_found(larkmoor, put):
    other = Organisation.objects.create(name="Other", slug="other-search")
    put(1, "Inês Tavaredo", organisation=other)
    put(2, "Leif Holmqvarn")
    assert ids(search(larkmoor.pk, "mentor", text="ines")) == []
    assert ids(search(larkmoor.pk, "mentor")) == [2]
    assert search(larkmoor.pk, "mentor", text="inez").spelled == ""


def test_each_facet_counts_under_the_others(larkmoor, put):
    put(1, "A", language=["en", "pt"], skill=[7])
    put(2, "B", language=["en"], skill=[7, 8])
    put(3, "C", language=["pt"], skill=[8])
    found = search(larkmoor.pk, "mentor", chosen={"language": {"pt"}, "skill": {"7"}})
    assert ids(found) == [1]
    assert found.counts["skill"] == {"7": 1, "8": 1}
    assert found.counts["language"] == {"en": 2, "pt": 1}


def test_one_value_of_a_facet_is_enough(larkmoor, put):
    put(1, "A", skill=[7])
    put(2, "B", skill=[8])
    put(3, "C", skill=[9])
    assert ids(search(larkmoor.pk, "mentor", chosen={"skill": {"7", "8"}})) == [1, 2]


def test_live_facets_and_who_may_be_found_come_from_the_caller(larkmoor, put):
    free, away, hidden = (put(number, name) for number, name in ((1, "A"), (2, "B"), (3, "C")))
    for member in (free, away, hidden):
        index([Draft("person", member.pk, larkmoor.pk, member.pk, member.full_name, {"A": member.full_name})])
    places = Case(When(full_name="A", then=1), default=0, output_field=IntegerField())
    found = search(
        larkmoor.pk,
        "person",
        chosen={"help": {"free"}},
        live=lambda columns: {"help": {"free": columns.beside["places"] > 0, "away": columns.beside["places"] == 0}},
        beside=Member.objects.exclude(pk=hidden.pk).annotate(places=places),
        also=["places"],
    )
    assert ids(found) == [free.pk]
    assert found.counts["help"] == {"free": 1, "away": 1}
    assert found.without == {"help": 2}


def test_writing_again_leaves_no_old_word(larkmoor, put):
    member = put(1, "Inês Tavaredo", "Product manager")
    index([Draft("mentor", 1, larkmoor.pk, member.pk, "Inês Tavaredo", {"A": "Inês Tavaredo", "B": "Director"})])
    assert ids(search(larkmoor.pk, "mentor", text="product")) == []
    assert ids(search(larkmoor.pk, "mentor", text="director")) == [1]
    assert Document.objects.count() == 1
    assert not Term.objects.filter(text="product").exists()


def test_removing_takes_text_and_words_along(larkmoor, put):
    put(1, "Inês Tavaredo")
    remove("mentor", [1, 99])
    assert ids(search(larkmoor.pk, "mentor", text="ines")) == []
    assert not Term.objects.exists()


def test_deleting_the_member_leaves_no_text(larkmoor, put):
    from django.db import connection

    put(1, "Inês Tavaredo").delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_text")
            assert cursor.fetchone() == (0,)
    assert not Document.objects.exists()


def test_statements_do_not_grow_with_documents(larkmoor, put, django_assert_max_num_queries):
    for number in range(30):
        put(number, f"Person {number}", "Product manager", skill=[number])
    with django_assert_max_num_queries(5):
        search(larkmoor.pk, "mentor", text="produkt", chosen={"skill": {"1"}})


def test_nothing_is_written_when_the_transaction_fails(larkmoor, put):
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        put(1, "Inês Tavaredo")
        raise RuntimeError
    assert ids(search(larkmoor.pk, "mentor", text="ines")) == []
