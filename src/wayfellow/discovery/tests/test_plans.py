"""The database reaches what a search needs through indexes, on either database, once there is something to search."""

import json
import re
from functools import partial

import pytest
from django.db import connection

from wayfellow.core import clock
from wayfellow.discovery.queries import Wanted, cards, find, read_reader
from wayfellow.people.models import Member, Organisation, Profile
from wayfellow.people.queries import administration
from wayfellow.programmes.models import Cohort, Enrolment, Programme
from wayfellow.relationships.models import MentoringRequest
from wayfellow.search.actions import Draft, index

BIG = {
    "search_document", "search_term", "people_member", "people_profile", "programmes_enrolment",
    "relationships_mentoringrequest",
}  # fmt: skip
OURS, THEIRS = 800, 2400


@pytest.fixture
def crowd(seeker, network, other_organisation):
    """Some thousand people in two organisations; ours is the smaller one."""
    _fill(seeker.organisation, network, OURS)
    programme = Programme.objects.create(organisation=other_organisation, name="Theirs", is_open_network=True)
    theirs = Cohort.objects.create(organisation=other_organisation, programme=programme, name="Theirs")
    _fill(other_organisation, theirs, THEIRS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return seeker


def _fill(organisation: Organisation, cohort: Cohort, count: int) -> None:
    members = Member.objects.bulk_create(
        [
            Member(
                organisation=organisation, full_name=f"Person{number:05} Made", state="active",
                email=f"p{number}@{organisation.slug}.example", job_title=f"Miller{number % 40}",
                department=f"Department {number % 30}",
            )
            for number in range(count)
        ],
        batch_size=500,
    )  # fmt: skip
    Profile.objects.bulk_create([Profile(organisation=organisation, member=each) for each in members], batch_size=500)
    rows = Enrolment.objects.bulk_create(
        [
            Enrolment(organisation=organisation, cohort=cohort, member=each, is_mentor=at < count * 3 // 8, capacity=1)
            for at, each in enumerate(members)
        ],
        batch_size=500,
    )
    now = clock.now()
    MentoringRequest.objects.bulk_create(
        [
            MentoringRequest(
                organisation=organisation, cohort=cohort, mentor=rows[at % 7], mentee=rows[-1 - at], state="declined",
                sent_at=now.replace(year=now.year - 1),
            )
            for at in range(count // 2)
        ],
        batch_size=500,
    )  # fmt: skip
    index(
        Draft(
            "mentor", row.pk, organisation.pk, row.member_id, row.member.full_name,
            {"A": row.member.full_name, "B": row.member.job_title},
            {"department": [row.member.department], "language": ["en"]}, facts={"zone": "UTC", "offset": 0},
        )
        for row in rows
        if row.is_mentor
    )  # fmt: skip


def scanned(page) -> list[str]:
    """Large tables that the statements of a page read from end to end, with the statement."""
    sent = []

    def keep(execute, sql, parameters, many, context):
        sent.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(keep):
        page()
    return [f"{table}: {sql}" for sql, parameters in sent for table in _scans(sql, parameters)]


def _scans(sql: str, parameters) -> list[str]:
    if not re.match(r"\s*(SELECT|WITH|\()", sql):
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            steps = [step for *_ids, step in cursor.fetchall()]
            names = {alias: table for table, alias in re.findall(r'"?(\w+)"? (?:AS )?"?(\w+)"?', sql)}
            scans = [re.match(r"SCAN (\w+)(?! USING| VIRTUAL)\b(?!.*(USING|VIRTUAL))", step) for step in steps]
            found = [names.get(scan[1], scan[1]) if scan[1] not in BIG else scan[1] for scan in scans if scan]
        else:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
            plan = cursor.fetchone()[0]
            found = list(_seq_scans((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))
    return [table for table in found if table in BIG]


def _seq_scans(node):
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _seq_scans(child)


FEW = {
    "a word": Wanted(text="person00017"),
    "two words": Wanted(text="miller3 person00043"),
    "a typing error": Wanted(text="pesron00017"),
    "a facet": Wanted(text="person00017", chosen={"department": frozenset({"Department 17"})}),
    "by reply": Wanted(text="person00017", sort="reply"),
}
PEOPLE = {"nothing": {}, "department": {"department": "Department 17"}, "tab": {"tab": "invited"}}


@pytest.mark.django_db
def test_what_few_fit_is_reached_by_indexes(crowd):
    assert scanned(lambda: list(Member.objects.filter(job_title="Miller1"))), "a scan would not be seen"
    assert scanned(lambda: list(Enrolment.objects.filter(capacity=1, offer_minutes=7)))

    def page(wanted):
        reader = read_reader(crowd, now=clock.now())
        result = find(reader, wanted)
        assert len(result.found) >= 1
        cards(reader, result.found[:10])

    assert {name: found for name, wanted in FEW.items() if (found := scanned(partial(page, wanted)))} == {}
    crowd.is_administrator = True

    def people(narrowed):
        list(administration.people(crowd, **narrowed)[:25])

    assert {name: found for name, narrowed in PEOPLE.items() if (found := scanned(partial(people, narrowed)))} == {}
    assert not sorts(administration.people(crowd)[:25])
    assert sorts(Member.objects.order_by("job_title"))


def sorts(rows) -> bool:
    """Whether all rows are put in order before the first is there."""
    plan = rows.explain()
    return bool(re.search(r"TEMP B-TREE FOR ORDER BY|(?<!Incremental )Sort  ", plan))
