"""`wayfellow search rebuild`, and that people find as ever while it runs."""

import threading

import pytest
from click.testing import CliRunner
from django.db import connections

from wayfellow.core import clock
from wayfellow.core.errors import NotFound
from wayfellow.discovery.actions import rebuild_index
from wayfellow.discovery.cli import search
from wayfellow.discovery.queries import Wanted, find, read_reader
from wayfellow.people.models import Member, Profile
from wayfellow.programmes.models import Enrolment
from wayfellow.search import actions
from wayfellow.search.actions import touch_all
from wayfellow.search.models import Document

MENTORS = 160


@pytest.mark.django_db
def test_the_command_mends_what_is_wrong(make_mentor, other_organisation):
    make_mentor("Inês Tavaredo")
    Document.objects.update(name="wrong", sort_name="wrong")
    done = CliRunner().invoke(search, ["rebuild", "--organisation", "larkmoor"], catch_exceptions=False)
    assert "larkmoor: done, 1 members." in done.output
    assert Document.objects.get().name == "Inês Tavaredo"
    assert "northfen: done, 0 members." in CliRunner().invoke(search, ["rebuild"]).output
    nobody = CliRunner().invoke(search, ["rebuild", "--organisation", "nobody"])
    assert isinstance(nobody.exception, NotFound)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_who_searches_meanwhile_finds_each_before_or_after_and_never_nobody(organisation, network, seeker, monkeypatch):
    """Every mentor carries one of two titles; a search for either finds them all, at any moment of a rebuild."""
    people = Member.objects.bulk_create(
        Member(
            organisation=organisation, full_name=f"Person {number:03}", email=f"p{number}@larkmoor.example",
            state="active", job_title="Turner",
        )
        for number in range(MENTORS)
    )  # fmt: skip
    Profile.objects.bulk_create(Profile(organisation=organisation, member=member) for member in people)
    Enrolment.objects.bulk_create(
        Enrolment(organisation=organisation, cohort=network, member=member, is_mentor=True, capacity=1)
        for member in people
    )
    touch_all(member.pk for member in people)
    Member.objects.filter(pk__in=[member.pk for member in people]).update(job_title="Miller")
    monkeypatch.setattr(actions, "AT_ONCE", 20)
    begun, over, wrong, looks = threading.Event(), threading.Event(), [], []

    def look():
        try:
            reader = read_reader(seeker, now=clock.now())
            while not over.is_set() or len(looks) < 3:
                all_of_them = len(find(reader, Wanted()).found)
                before = {row.hit.subject_id for row in find(reader, Wanted(text="turner")).found}
                after = {row.hit.subject_id for row in find(reader, Wanted(text="miller")).found}
                begun.set()
                looks.append(len(after))
                # Between the two searches some may have gone over: from those who were, none is lost.
                if all_of_them != MENTORS or len(before | after) != MENTORS:
                    wrong.append((all_of_them, len(before), len(after)))
        except Exception as error:
            wrong.append(error)
        finally:
            begun.set()
            connections.close_all()

    reading = threading.Thread(target=look)
    reading.start()
    begun.wait(30)
    for _done in rebuild_index(organisation):
        pass
    over.set()
    reading.join(60)
    assert wrong == []
    assert len(looks) >= 3
    assert len(find(read_reader(seeker, now=clock.now()), Wanted(text="miller")).found) == MENTORS
