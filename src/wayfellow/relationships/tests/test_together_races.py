"""Signing at once, inviting at once: real threads, real connections, both databases."""

import pytest

from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import agree_to_joining, change_agreement, invite_to_relationship, sign_agreement
from wayfellow.relationships.models import AgreementVersion, JoiningInvitation, Participant, Signature
from wayfellow.relationships.tests.conftest import fill_in
from wayfellow.relationships.tests.test_races import at_once, refusals

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_all_sign_at_once_and_it_is_in_force_once(circle):
    relationship = circle()
    members = [one.enrolment.member for one in relationship.participants.select_related("enrolment__member")]
    for member in members:
        fill_in(member, relationship)
    results = at_once(
        *(lambda member=member: sign_agreement(member, relationship, number=1) for member in members for _ in range(4))
    )
    assert refusals(results) == ["signed_already"] * 12
    assert Signature.objects.count() == 4
    assert AgreementVersion.objects.get().in_force_at is not None


def test_signing_and_changing_at_once_never_signs_what_was_not_read(signed, mentee, mentor):
    relationship = signed()
    change_agreement(mentee.member, relationship, clause="agenda", values={"agenda": "Me."})
    results = at_once(
        *(lambda: sign_agreement(mentor.member, relationship, number=2) for _ in range(4)),
        *(
            lambda n=n: change_agreement(mentee.member, relationship, clause="agenda", values={"agenda": f"We {n}."})
            for n in range(4)
        ),
    )
    assert set(refusals(results)) <= {"version_outdated", "signed_already"}
    numbers = list(AgreementVersion.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    for version in AgreementVersion.objects.filter(in_force_at__isnull=False):
        assert version.signatures.count() == 2


def test_the_last_place_of_a_mentor_whom_many_groups_invite(make_mentor, make_mentee, pair_up):
    noor = make_mentor("Noor Eddine", capacity=1)
    waiting = []
    for n in range(12):
        mentee, mentor = make_mentee(f"Mentee {chr(65 + n)}"), make_mentor(f"Mentor {chr(65 + n)}")
        relationship = pair_up(mentee, mentor)
        invitation = invite_to_relationship(mentee.member, relationship, enrolment=noor, role="mentor")
        agree_to_joining(noor.member, invitation)
        waiting.append((mentor.member, invitation))
    results = at_once(*(lambda one=one: agree_to_joining(*one) for one in waiting))
    assert refusals(results) == ["mentor_at_capacity"] * 11
    assert Enrolment.objects.get(pk=noor.pk).places_taken == 1
    assert Participant.objects.filter(enrolment=noor).count() == 1


def test_all_say_yes_at_once_and_one_comes_in(circle, make_mentee, mentor):
    relationship, pia = circle(), make_mentee("Pia Querolt")
    invitation = invite_to_relationship(mentor.member, relationship, enrolment=pia, role="mentee")
    people = [one.enrolment.member for one in relationship.participants.select_related("enrolment__member")]
    people = [one for one in people if one.pk != mentor.member_id] + [pia.member]
    results = at_once(*(lambda one=one: agree_to_joining(one, invitation) for one in people for _ in range(3)))
    assert len(refusals(results)) == len(people) * 2
    assert JoiningInvitation.objects.get(pk=invitation.pk).state == "joined"
    assert Participant.objects.filter(enrolment=pia).count() == 1


def test_a_button_clicked_ten_times_invites_once(mentee, mentor, make_mentor, pair_up):
    relationship, noor = pair_up(mentee, mentor), make_mentor("Noor Eddine")
    results = at_once(
        *(lambda: invite_to_relationship(mentee.member, relationship, enrolment=noor, role="mentor") for _ in range(10))
    )
    assert refusals(results) == ["already_invited"] * 9
