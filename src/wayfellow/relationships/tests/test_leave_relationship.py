"""Leaving a group that goes on: one keeps what was there until then, and reads nothing that comes after."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.people.actions.members import close_member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import (
    change_agreement,
    close_after_leaving,
    end_relationship,
    fill_in_agreement,
    leave_relationship,
    sign_agreement,
)
from wayfellow.relationships.models import AgreementVersion, Participant, Relationship
from wayfellow.relationships.tests.conftest import fill_in, join

BYE = "Thank you all; my shifts have changed."


@pytest.fixture
def four(circle):
    return circle()


def named(name):
    return Participant.objects.select_related("enrolment__member").get(enrolment__member__full_name=name)


def test_the_rest_go_on(four, mentee, mentor, told, events):
    noor = named("Noor Eddine")
    leave_relationship(noor.enrolment.member, four, goodbye=BYE, private_reason="time_changed")
    noor.refresh_from_db()
    assert noor.left_at is not None and noor.goodbye == BYE
    assert Relationship.objects.get().is_active
    assert Enrolment.objects.get(pk=noor.enrolment_id).places_taken == 0
    for one in (mentee, mentor):
        assert told(one.member)[-1] == "participant_left"
    assert events()[-1] == "relationship_left"
    with pytest.raises(Refused) as refused:
        leave_relationship(noor.enrolment.member, four, goodbye=BYE)
    assert refused.value.code == "you_left_it"


def test_who_left_reads_nothing_new(four, mentee, mentor, make_mentee):
    noor = named("Noor Eddine")
    for name in ("Amara Oyelunde", "Inês Tavaredo", "Rafael Ombrado", "Noor Eddine"):
        fill_in(named(name).enrolment.member, four)
    leave_relationship(noor.enrolment.member, four, goodbye=BYE)
    change_agreement(mentee.member, four, clause="purpose", values={"purpose": "Something new"})
    join(four, make_mentee("Pia Querolt"), "mentee", by=mentor.member)
    seen = AgreementVersion.objects.visible_to(noor.enrolment.member)
    assert list(seen.values_list("number", flat=True)) == [1]
    assert (
        not Participant.objects.visible_to(noor.enrolment.member)
        .filter(enrolment__member__full_name="Pia Querolt")
        .exists()
    )
    assert Relationship.objects.visible_to(noor.enrolment.member).exists()


def test_what_waited_for_who_left_waits_no_longer(four, mentee, mentor):
    people = [named(name).enrolment.member for name in ("Amara Oyelunde", "Inês Tavaredo", "Rafael Ombrado")]
    for one in people:
        fill_in_agreement(one, four, values={"purpose": "The same"}, template="group")
    assert not AgreementVersion.objects.exists()
    leave_relationship(named("Noor Eddine").enrolment.member, four, goodbye=BYE)
    assert AgreementVersion.objects.get().values["purpose"] == "The same"
    for one in people[:2]:
        sign_agreement(one, four, number=1)
    leave_relationship(people[2], four, goodbye=BYE)
    assert AgreementVersion.objects.get().in_force_at is not None


def test_without_a_mentor_or_a_mentee_nobody_goes_on(four, mentee, mentor, pair_up, make_mentee, make_mentor):
    leave_relationship(named("Noor Eddine").enrolment.member, four, goodbye=BYE)
    with pytest.raises(Refused) as refused:
        leave_relationship(mentor.member, four, goodbye=BYE)
    assert refused.value.code == "nobody_to_go_on"
    pair = pair_up(make_mentee("Pia Querolt"), make_mentor("Zofia Wilk"))
    with pytest.raises(Refused):
        leave_relationship(named("Pia Querolt").enrolment.member, pair, goodbye=BYE)


def test_bad_input_and_who_may_not(four, mentee, stranger, foreigner):
    with pytest.raises(InvalidInput) as invalid:
        leave_relationship(mentee.member, four, goodbye=" ")
    assert invalid.value.field == "goodbye"
    for somebody in (stranger, foreigner):
        with pytest.raises(Refused) as refused:
            leave_relationship(somebody, four, goodbye=BYE)
        assert refused.value.code == "not_yours"


def test_somebody_who_leaves_the_organisation_leaves_the_group(four, administrator, told, mentee):
    noor = named("Noor Eddine")
    close_member(administrator, noor.enrolment.member)
    noor.enrolment.member.refresh_from_db()
    for _ in range(2):
        close_after_leaving(noor.enrolment.member)
    assert Relationship.objects.get().is_active
    assert told(mentee.member).count("participant_left") == 1
    assert Enrolment.objects.get(pk=noor.enrolment_id).places_taken == 0


def test_an_end_frees_the_places_of_all_mentors(four, mentee):
    end_relationship(mentee.member, four, goodbye=BYE)
    assert set(Enrolment.objects.values_list("places_taken", flat=True)) == {0}


def test_pages(client_for, four, mentee, make_mentee):
    rafael = named("Rafael Ombrado").enrolment.member
    client = client_for(rafael)
    address = reverse("leave_relationship", args=["larkmoor", four.pk])
    assert "The others go on without you" in client.get(address).content.decode()
    assert client.post(address, {"leave-goodbye": ""}).status_code == 422
    done = client.post(address, {"leave-goodbye": BYE}, follow=True)
    assert done.status_code == 200 and "You have left." in done.content.decode()
    listed = client.get(reverse("mentoring", args=["larkmoor"]), {"tab": "ended"}).content.decode()
    assert "You left" in listed
    assert client.get(reverse("agreement", args=["larkmoor", four.pk])).status_code == 200
