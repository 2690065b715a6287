from datetime import timedelta

import pytest

from wayfellow.core import clock
from wayfellow.demo.scenes import small
from wayfellow.jobs.models import Job
from wayfellow.people.models import Organisation

pytestmark = pytest.mark.django_db


def test_a_request_waits():
    scene = small.scene_request_waiting()
    assert scene.request is not None and scene.request.awaiting == "mentor"
    assert timedelta(days=1.9) < clock.now() - scene.request.sent_at < timedelta(days=2.1)
    assert scene.relationship is None and scene.mentor.free_places == 1


def test_a_pair_is_under_way():
    scene = small.scene_pair_under_way()
    assert scene.relationship is not None and scene.relationship.is_active
    assert scene.mentor.places_taken == 1 and scene.request is None


def test_a_full_mentor_has_a_line():
    scene = small.scene_full_mentor_with_line()
    assert scene.mentor.free_places == 0
    assert [entry.mentee_id for entry in scene.line] == [mentee.pk for mentee in scene.mentees[1:]]


def test_two_scenes_stand_side_by_side_and_leave_no_job_undone(settings):
    settings.DEMO = True
    small.scene_pair_under_way()
    other = small.scene_pair_under_way(slug="northfen")
    assert Organisation.objects.count() == 2
    assert other.mentor.organisation_id == other.organisation.pk
    assert not Job.objects.exclude(state="done").exists()
