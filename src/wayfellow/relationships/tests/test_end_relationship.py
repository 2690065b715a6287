"""Stopping, without blame, from the first minute."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.notifications.models import Notice
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import end_relationship
from wayfellow.relationships.models import PrivateReason, Relationship

GOODBYE = "Thank you for our talks. My shifts have changed."


@pytest.mark.parametrize("who", ["mentee", "mentor"])
def test_either_can_and_the_place_is_free_again(mentee, mentor, pair_up, told, events, who):
    relationship = pair_up(mentee, mentor)
    leaver, stays = (mentee, mentor) if who == "mentee" else (mentor, mentee)
    end_relationship(leaver.member, relationship, goodbye=GOODBYE, private_reason="did_not_click")
    relationship.refresh_from_db()
    assert (relationship.state, relationship.ended_by) == ("ended_early", leaver.member)
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 0
    assert told(stays.member)[-1] == "relationship_ended"
    assert "relationship_ended" not in told(leaver.member)
    assert events()[-1] == "relationship_ended"
    assert PrivateReason.objects.visible_to(leaver.member).count() == 1
    assert not PrivateReason.objects.visible_to(stays.member).exists()


def test_twice_is_refused_and_frees_one_place(mentee, mentor, make_mentee, pair_up):
    relationship = pair_up(mentee, mentor)
    pair_up(make_mentee("Rafael Ombrado"), mentor)
    end_relationship(mentee.member, relationship, goodbye=GOODBYE)
    with pytest.raises(Refused) as refused:
        end_relationship(mentor.member, relationship, goodbye=GOODBYE)
    assert refused.value.code == "already_ended"
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 1


def test_nobody_else_can(mentee, mentor, pair_up, stranger, foreigner):
    relationship = pair_up(mentee, mentor)
    for somebody in (stranger, foreigner):
        with pytest.raises(Refused) as refused:
            end_relationship(somebody, relationship, goodbye=GOODBYE)
        assert refused.value.code == "not_yours"


@pytest.mark.parametrize("goodbye", ["", "  ", "x" * 2001])
def test_bad_input(mentee, mentor, pair_up, goodbye):
    with pytest.raises(InvalidInput) as invalid:
        end_relationship(mentee.member, pair_up(mentee, mentor), goodbye=goodbye)
    assert invalid.value.field == "goodbye"
    assert Relationship.objects.get().is_active


def test_pages(client_for, mentee, mentor, pair_up):
    relationship = pair_up(mentee, mentor)
    page = reverse("relationship", args=["larkmoor", relationship.pk])
    address = reverse("end_relationship", args=["larkmoor", relationship.pk])
    client = client_for(mentee.member)
    form = client.get(address).content.decode()
    assert "Your note to Inês" in form
    assert "I would like to stop here, with thanks." in form
    drafted = client.post(address, {"end-how": "completed", "draft": "1"}).content.decode()
    assert "We got where I wanted to go." in drafted
    bad = client.post(address, {"end-goodbye": "", "end-private_reason": "did_not_click"})
    assert bad.status_code == 422
    assert '<option value="did_not_click" selected>' in bad.content.decode()
    assert "Choose how you would put it." in bad.content.decode()
    sent = {"end-how": "ended_early", "end-goodbye": GOODBYE, "end-private_reason": "did_not_click"}
    done = client.post(address, sent, follow=True).content.decode()
    assert "You have stopped here. Your notes stay yours." in done
    assert "We did not click" in done
    theirs = client_for(mentor.member).get(page).content.decode()
    assert "Amara has stopped here" in theirs
    assert GOODBYE in theirs
    assert "We did not click" not in theirs
    assert "This has ended already." in client.post(address, sent, follow=True).content.decode()


def test_completed_is_another_word(mentee, mentor, pair_up, told, events):
    relationship = pair_up(mentee, mentor)
    end_relationship(mentee.member, relationship, goodbye=GOODBYE, how="completed")
    relationship.refresh_from_db()
    assert relationship.state == "completed"
    assert told(mentor.member)[-1] == "relationship_ended"
    assert Notice.objects.filter(member=mentor.member).last().facts["how"] == "completed"
    with pytest.raises(InvalidInput) as invalid:
        end_relationship(mentee.member, pair_up(mentee, mentor), goodbye=GOODBYE, how="failed")
    assert invalid.value.field == "how"


def test_a_mentee_is_offered_somebody_new_the_same_day(mentee, mentor, make_mentor, pair_up):
    make_mentor("Yusra Haddarine")
    make_mentor("Noor Eddine", capacity=1, offers=False)
    end_relationship(mentor.member, pair_up(mentee, mentor), goodbye=GOODBYE)
    facts = Notice.objects.filter(member=mentee.member, kind="relationship_ended").get().facts
    assert facts["next"] == ["Yusra Haddarine"]
