"""A group comes about with everybody's yes, and a mentor who joins gives a place."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.notifications.models import Notice
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import (
    agree_to_joining,
    decline_joining,
    end_relationship,
    invite_to_relationship,
    join_waiting_list,
    set_limits,
    sign_agreement,
    withdraw_joining,
)
from wayfellow.relationships.models import AgreementVersion, JoiningInvitation, MentoringRequest, Participant
from wayfellow.relationships.tests.conftest import join
from wayfellow.safety.actions import block_member


@pytest.fixture
def noor(make_mentor):
    return make_mentor("Noor Eddine", capacity=1)


def people(relationship):
    return set(relationship.participants.present().values_list("enrolment__member__full_name", flat=True))


def test_nobody_is_in_before_everybody_said_yes(mentee, mentor, noor, pair_up, told, events):
    relationship = pair_up(mentee, mentor)
    invitation = invite_to_relationship(mentee.member, relationship, enrolment=noor, role="mentor", words="Join us?")
    assert told(noor.member)[-1] == "joining_offered"
    assert told(mentor.member)[-1] == "joining_asked"
    assert events()[-1] == "joining_invited"
    agree_to_joining(noor.member, invitation)
    assert "Noor Eddine" not in people(relationship)
    agree_to_joining(mentor.member, invitation)
    assert "Noor Eddine" in people(relationship)
    assert Enrolment.objects.get(pk=noor.pk).places_taken == 1
    for one in (noor, mentor, mentee):
        assert told(one.member)[-1] == "joining_joined"
    assert events()[-1] == "joining_agreed"


def test_yes_is_said_once(mentee, mentor, noor, pair_up):
    invitation = invite_to_relationship(mentee.member, pair_up(mentee, mentor), enrolment=noor, role="mentor")
    for somebody in (mentee.member, noor.member):
        if somebody == noor.member:
            agree_to_joining(somebody, invitation)
        with pytest.raises(Refused) as refused:
            agree_to_joining(somebody, invitation)
        assert refused.value.code == "said_yes_already"


@pytest.mark.parametrize("who", ["mentor", "noor"])
def test_one_not_now_is_enough_and_nobody_is_named(mentee, mentor, noor, pair_up, told, who):
    invitation = invite_to_relationship(mentee.member, pair_up(mentee, mentor), enrolment=noor, role="mentor")
    decline_joining({"mentor": mentor, "noor": noor}[who].member, invitation)
    notice = Notice.objects.filter(member=mentee.member, kind="joining_closed").get()
    assert "name" not in notice.facts
    with pytest.raises(Refused) as refused:
        agree_to_joining(noor.member, invitation)
    assert refused.value.code == "joining_declined"


def test_only_who_invited_takes_it_back(mentee, mentor, noor, pair_up, told):
    invitation = invite_to_relationship(mentee.member, pair_up(mentee, mentor), enrolment=noor, role="mentor")
    with pytest.raises(Refused) as refused:
        withdraw_joining(mentor.member, invitation)
    assert refused.value.code == "not_yours"
    withdraw_joining(mentee.member, invitation)
    assert told(noor.member)[-1] == "joining_closed"
    assert JoiningInvitation.objects.get().state == "withdrawn"


def test_the_last_yes_is_refused_while_the_mentor_is_full(mentee, mentor, noor, make_mentee, pair_up):
    invitation = invite_to_relationship(mentee.member, pair_up(mentee, mentor), enrolment=noor, role="mentor")
    agree_to_joining(noor.member, invitation)
    pair_up(make_mentee("Rafael Ombrado"), noor)
    with pytest.raises(Refused) as refused:
        agree_to_joining(mentor.member, invitation)
    assert refused.value.code == "mentor_at_capacity"
    assert Enrolment.objects.get(pk=noor.pk).places_taken == 1
    assert invitation.consents.count() == 1
    set_limits(noor.member, noor, capacity=2)
    agree_to_joining(mentor.member, invitation)
    assert Enrolment.objects.get(pk=noor.pk).places_taken == 2


def test_who_cannot_be_invited(mentee, mentor, noor, make_mentee, make_mentor, pair_up, enrol, foreigner, stranger):
    relationship = pair_up(mentee, mentor)
    rafael, full = make_mentee("Rafael Ombrado"), make_mentor("Leif Holm", capacity=1)
    pair_up(rafael, full)
    block_member(mentor.member, make_mentee("Davit Ono").member)
    davit = Enrolment.objects.get(member__full_name="Davit Ono")
    pair_up(make_mentee("Jonas Moos"), noor)
    taken = pair_up(make_mentee("Pia Querolt"), make_mentor("Zofia Wilk"))
    pia, zofia = (one.enrolment for one in taken.participants.order_by("role"))
    set_limits(zofia.member, zofia, capacity=3)
    cases = [
        (mentor, "mentor", "in_it_already"),
        (full, "mentor", "mentor_at_capacity"),
        (rafael, "mentor", "not_a_mentor"),
        (davit, "mentee", "cannot_join"),
    ]
    for enrolment, role, code in cases:
        with pytest.raises(Refused) as refused:
            invite_to_relationship(mentee.member, relationship, enrolment=enrolment, role=role)
        assert refused.value.code == code
    with pytest.raises(InvalidInput):
        invite_to_relationship(mentee.member, relationship, enrolment=rafael, role="friend")
    for somebody in (stranger, foreigner):
        with pytest.raises(Refused) as refused:
            invite_to_relationship(somebody, relationship, enrolment=rafael, role="mentee")
        assert refused.value.code == "not_yours"
    assert pia.pk and not JoiningInvitation.objects.exists()


def test_eight_are_the_most(circle, make_mentee, mentor):
    relationship = circle()
    for number in range(4):
        join(relationship, make_mentee(f"Rival {'ABCD'[number]}"), "mentee", by=mentor.member)
    with pytest.raises(Refused) as refused:
        invite_to_relationship(mentor.member, relationship, enrolment=make_mentee("Rival E"), role="mentee")
    assert refused.value.code == "group_full"


def test_what_waited_between_them_is_closed(mentee, mentor, make_mentor, make_mentee, pair_up, ask):
    inês = make_mentor("Zofia Wilk", capacity=1)
    rafael = make_mentee("Rafael Ombrado")
    relationship = pair_up(mentee, mentor)
    ask(rafael, mentor)
    pair_up(make_mentee("Pia Querolt"), inês)
    join_waiting_list(mentee, inês)
    join(relationship, rafael, "mentee", by=mentee.member)
    assert not MentoringRequest.objects.open().exists()
    set_limits(inês.member, inês, capacity=3)
    join(relationship, inês, "mentor", by=mentee.member)
    assert Enrolment.objects.get(pk=inês.pk).places_held == 0


def test_everybody_signs_again_once_somebody_joined(signed, make_mentee, mentee, mentor):
    relationship = signed()
    rafael = make_mentee("Rafael Ombrado")
    join(relationship, rafael, "mentee", by=mentor.member)
    version = AgreementVersion.objects.order_by("-number").first()
    assert (version.number, version.because) == (2, "joined")
    for one in (mentee, mentor, rafael):
        assert version.in_force_at is None
        version = sign_agreement(one.member, relationship, number=2)
    assert version.in_force_at is not None


def test_an_end_closes_what_waits(mentee, mentor, noor, pair_up):
    relationship = pair_up(mentee, mentor)
    invitation = invite_to_relationship(mentee.member, relationship, enrolment=noor, role="mentor")
    end_relationship(mentee.member, relationship, goodbye="Thank you.")
    with pytest.raises(Refused) as refused:
        agree_to_joining(noor.member, invitation)
    assert refused.value.code == "joining_closed"
    assert Participant.objects.count() == 2


def test_pages(client_for, mentee, mentor, noor, pair_up, stranger):
    relationship = pair_up(mentee, mentor)
    address = reverse("invite_to_relationship", args=["larkmoor", relationship.pk])
    client = client_for(mentee.member)
    assert "Noor Eddine" in client.get(address, {"q": "noor"}).content.decode()
    assert "Nobody called" in client.get(address, {"q": "zzz"}).content.decode()
    bad = client.post(address, {"q": "noor", "words": "Join us?"})
    assert bad.status_code == 422 and "Join us?" in bad.content.decode()
    sent = {"q": "noor", "enrolment": noor.pk, "role": "mentor", "words": "Join us?"}
    client.post(address, sent)
    invitation = JoiningInvitation.objects.get()
    page = reverse("joining", args=["larkmoor", relationship.pk, invitation.pk])
    theirs = client_for(noor.member).get(page).content.decode()
    assert "Amara invites you to join" in theirs and "Join us?" in theirs
    assert client_for(noor.member).get(reverse("relationship", args=["larkmoor", relationship.pk])).status_code == 404
    client_for(noor.member).post(reverse("agree_to_joining", args=["larkmoor", relationship.pk, invitation.pk]))
    client_for(mentor.member).post(reverse("agree_to_joining", args=["larkmoor", relationship.pk, invitation.pk]))
    for one in (mentee, mentor, noor):
        shown = client_for(one.member).get(reverse("relationship", args=["larkmoor", relationship.pk]))
        assert shown.status_code == 200
    assert (
        "Inês and Noor and you"
        in client.get(reverse("relationship", args=["larkmoor", relationship.pk])).content.decode()
    )
    assert client_for(stranger).get(page).status_code == 404
