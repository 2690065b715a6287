"""When somebody leaves, or blocks somebody: what is open closes kindly."""

from wayfellow.audit.actions import record
from wayfellow.jobs.running import run_pending
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import (
    close_after_block,
    close_after_leaving,
    join_waiting_list,
    remind_and_expire_requests,
)
from wayfellow.relationships.actions.leaving import close_after_block_job, close_after_leaving_job
from wayfellow.safety.models import Block


def leave(member):
    Member.objects.filter(pk=member.pk).update(state=Member.State.LEFT)
    member.refresh_from_db()


def test_a_mentor_who_leaves(make_mentor, make_mentee, ask, pair_up, told, events):
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    request = ask(make_mentee("Amara Oyelunde"), mentor)
    relationship = pair_up(make_mentee("Rafael Ombrado"), mentor)
    mentor.refresh_from_db()
    entry = join_waiting_list(make_mentee("Ada Bell"), mentor)
    leave(mentor.member)
    for _again in range(2):
        close_after_leaving(mentor.member)
    for row in (request, relationship, entry):
        row.refresh_from_db()
    assert (request.state, request.closed_because) == ("expired", "left")
    assert (relationship.state, relationship.ended_by) == ("ended_early", mentor.member)
    assert entry.state == "left"
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 0
    assert told(request.mentee.member) == ["request_closed"]
    assert told(relationship.request.mentee.member) == ["request_accepted", "relationship_ended"]
    assert told(entry.mentee.member) == ["place_lapsed"]
    assert events()[-3:] == ["request_closed", "waiting_list_left", "relationship_ended"]


def test_a_mentee_who_leaves_frees_the_place_for_the_next(make_mentor, make_mentee, pair_up, ask, told):
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    leaver = make_mentee("Rafael Ombrado")
    pair_up(leaver, mentor)
    mentor.refresh_from_db()
    entry = join_waiting_list(make_mentee("Ada Bell"), mentor)
    leave(leaver.member)
    close_after_leaving(leaver.member)
    entry.refresh_from_db()
    assert entry.state == "offered"
    assert told(mentor.member)[-1] == "relationship_ended"


def test_runs_as_a_job_for_the_event(mentee, mentor, ask, organisation):
    from django.db import transaction

    request = ask(mentee, mentor)
    leave(mentee.member)
    with transaction.atomic():
        record("member_left", actor=None, organisation=organisation, about=mentee.member)
    run_pending()
    request.refresh_from_db()
    assert request.closed_because == "left"


def test_who_came_back_meanwhile_keeps_what_is_open(mentee, mentor, ask, organisation):
    from django.db import transaction

    request = ask(mentee, mentor)
    with transaction.atomic():
        event = record("member_left", actor=None, organisation=organisation, about=mentee.member)
    close_after_leaving_job.func(event.pk)
    request.refresh_from_db()
    assert request.is_open


def test_a_request_that_slipped_through_is_closed_by_the_schedule(mentee, mentor, ask, told):
    request = ask(mentee, mentor)
    leave(mentor.member)
    remind_and_expire_requests()
    request.refresh_from_db()
    assert request.closed_because == "left"
    assert told(mentee.member) == ["request_closed"]


def test_a_block_closes_quietly(mentee, mentor, ask, organisation, told):
    from django.db import transaction

    request = ask(mentee, mentor)
    block = Block.objects.create(organisation=organisation, blocker=mentor.member, blocked=mentee.member)
    with transaction.atomic():
        event = record("member_blocked", actor=mentor.member, organisation=organisation, about=block)
    close_after_block_job.func(event.pk)
    close_after_block(block)
    request.refresh_from_db()
    assert (request.state, request.closed_because) == ("expired", "")
    assert told(mentee.member) == ["request_expired"]
