"""What the workspace page, the home page and the page of readers get from here."""

from datetime import timedelta

from wayfellow.relationships.actions import (
    change_agreement,
    end_relationship,
    invite_to_relationship,
    leave_relationship,
    pause_relationship,
    start_review,
)
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.queries.home import coming_up
from wayfellow.relationships.queries.panel import read_panel, steps_of
from wayfellow.relationships.queries.trail import trail_of
from wayfellow.relationships.tests.conftest import fill_in


def read(relationship):
    rows = Relationship.objects.all()
    rows = rows.select_related("organisation", "cohort__programme", "request__mentee", "request__mentor")
    return rows.prefetch_related("participants__enrolment__member__organisation").get(pk=relationship.pk)


def test_each_stage_has_a_word(mentee, mentor, pair_up, now):
    relationship = pair_up(mentee, mentor)

    def stage(who):
        return read_panel(read(relationship), who.member, now=now).agreement.stage

    assert stage(mentee) == "empty"
    assert read_panel(read(relationship), mentee.member, now=now).met_unsigned
    fill_in(mentee.member, relationship, agenda="Me.")
    assert (stage(mentee), stage(mentor)) == ("others", "mine")
    fill_in(mentor.member, relationship, agenda="You.")
    assert stage(mentee) == "open"


def test_the_panel_asks_the_same_number_of_queries_however_long_the_history(
    signed, mentee, now, django_assert_num_queries
):
    relationship = read(signed())
    with django_assert_num_queries(9):
        read_panel(relationship, mentee.member, now=now)
    for n in range(15):
        change_agreement(mentee.member, relationship, clause="purpose", values={"purpose": f"Number {n}"})
    relationship = read(relationship)
    with django_assert_num_queries(10):  # the version in force is further back
        read_panel(relationship, mentee.member, now=now)
    with django_assert_num_queries(3):
        assert len(steps_of(relationship, mentee.member, 3)) == 3


def test_what_waits_for_me_over_all_relationships(
    mentee, mentor, make_mentee, make_mentor, pair_up, signed, now, django_assert_max_num_queries
):
    relationship = signed()
    change_agreement(mentor.member, relationship, clause="agenda", values={"agenda": "Both."})
    start_review(mentor.member, relationship)
    invite_to_relationship(mentor.member, relationship, enrolment=make_mentee("Pia Querolt"), role="mentee")
    pair_up(mentee, make_mentor("Zofia Wilk"))
    Relationship.objects.filter(pk=relationship.pk).update(ends_on=now.date() + timedelta(days=5))
    with django_assert_max_num_queries(7):
        waits = coming_up(mentee.member, now=now)
    assert sorted(one.kind for one in waits) == ["agreement", "ends", "joining", "review", "sign"]
    assert all(one.url.startswith("/o/larkmoor/relationships/") for one in waits)
    assert sorted(one.kind for one in coming_up(mentor.member, now=now)) == ["ends", "review"]
    pause_relationship(mentee.member, pair_up(mentee, make_mentor("Noor Eddine")), until=now.date() + timedelta(days=9))
    assert len(coming_up(mentee.member, now=now)) == 5


def test_after_the_end_a_mentee_sees_whom_to_ask(mentee, mentor, make_mentor, pair_up, now):
    make_mentor("Yusra Haddarine")
    relationship = pair_up(mentee, mentor)
    end_relationship(mentor.member, relationship, goodbye="Thank you.")
    found = read_panel(read(relationship), mentee.member, now=now).next_people
    assert [one.member.full_name for one in found] == ["Yusra Haddarine"]
    assert not read_panel(read(relationship), mentor.member, now=now).next_people
    assert trail_of(read(relationship), reader=mentee.member)[0].text == "Inês stopped here"


def test_the_trail_of_a_group_names_everybody_and_ends_for_who_left(circle, mentee, mentor, make_mentee):
    relationship = circle()
    noor = relationship.participants.get(enrolment__member__full_name="Noor Eddine").enrolment.member
    leave_relationship(noor, relationship, goodbye="Thank you all.")
    end_relationship(mentee.member, relationship, goodbye="Thank you.", how="completed")
    texts = [step.text for step in trail_of(read(relationship), reader=mentee.member)]
    assert texts[0] == "You completed it"
    assert {"Noor left", "Noor joined", "Rafael joined", "Inês said yes"} <= set(texts)
    theirs = [step.text for step in trail_of(read(relationship), reader=noor)]
    assert theirs[0] == "You left" and "Amara completed it" not in theirs
