import pytest

from wayfellow.discovery.actions import follow_time_zones_job, rebuild_index
from wayfellow.jobs.worker import run_pending
from wayfellow.search import personal
from wayfellow.search.actions import touch
from wayfellow.search.models import Document, Term
from wayfellow.search.queries import search
from wayfellow.skills.actions import import_taxonomy
from wayfellow.skills.importing.esco import read_esco
from wayfellow.skills.importing.writing import known_of
from wayfellow.skills.tests import published

pytestmark = pytest.mark.django_db


def test_who_stops_mentoring_or_leaves_goes_out(make_mentor):
    ines, leif = make_mentor("Inês Tavaredo"), make_mentor("Leif Holmqvarn")
    ines.is_mentor = False
    ines.save()
    leif.member.state = "left"
    leif.member.save()
    touch(ines.member, leif.member)
    assert not Document.objects.exists()
    assert not Term.objects.exists()


def test_rebuilding_gives_the_same(make_mentor, organisation):
    make_mentor("Inês Tavaredo", skills={"Writing briefs": 4})
    fields = ("subject_id", "name", "sort_name", "codes", "facets", "facts", "slots")
    before = list(Document.objects.values_list(*fields))
    Document.objects.update(name="wrong", sort_name="wrong", codes=b"", facets={})
    Term.objects.filter(text="ines").delete()
    Term.objects.create(organisation=organisation, kind="mentor", pair=" g", length=5, text="ghost")
    assert list(rebuild_index(organisation)) == [1]
    assert Term.objects.filter(text="ines").exists()
    assert not Term.objects.filter(text="ghost").exists()
    assert list(Document.objects.values_list(*fields)) == before


def test_touching_many_takes_few_statements(make_mentor, django_assert_max_num_queries):
    members = [make_mentor(f"Person {number}", skills={"Writing briefs": 3}).member for number in range(20)]
    with django_assert_max_num_queries(35):
        touch(*members)


def test_clocks_that_changed_move_the_free_time_and_others_are_left_alone(make_mentor):
    moved, still = make_mentor("Inês Tavaredo"), make_mentor("Kofi Nothing", time_zone="Africa/Nairobi")
    document = Document.objects.get(subject_id=moved.pk)
    right = bytes(document.slots)
    document.facts["offset"] += 60
    document.slots = b"\x01" * 42
    document.save()
    Document.objects.filter(subject_id=still.pk).update(name="left alone")
    follow_time_zones_job.enqueue()
    run_pending()
    document.refresh_from_db()
    assert bytes(document.slots) == right
    assert Document.objects.get(subject_id=still.pk).name == "left alone"


def test_another_zone_of_the_organisation_moves_who_has_none_of_their_own(make_mentor, organisation):
    mentor = make_mentor("Inês Tavaredo", time_zone="")
    before = bytes(Document.objects.get(subject_id=mentor.pk).slots)
    organisation.time_zone = "Africa/Nairobi"
    organisation.save()
    follow_time_zones_job.enqueue()
    run_pending()
    assert bytes(Document.objects.get(subject_id=mentor.pk).slots) != before


def test_a_member_who_is_forgotten_leaves_no_word(make_mentor):
    personal.erase(make_mentor("Inês Tavaredo").member)
    assert not Document.objects.exists()
    assert not Term.objects.filter(text="ines").exists()


def test_names_that_come_with_an_imported_taxonomy_find_mentors(make_mentor, tmp_path):
    mentor = make_mentor("Inês Tavaredo", skills={"Negotiating": 4})

    def found():
        return search(mentor.organisation_id, "mentor", text="haggle").columns.subjects.tolist()

    assert found() == []
    folder = published.write_esco(tmp_path)
    import_taxonomy(read_esco([folder], known=known_of("esco"), progress=print))
    run_pending()
    assert found() == [mentor.pk]
