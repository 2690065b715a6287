"""Where they differ, somebody proposes, another says yes or changes it, and it is in the text."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.relationships.actions import agree_to_clause, propose_clause
from wayfellow.relationships.models import AgreementProposal, AgreementVersion
from wayfellow.relationships.tests.conftest import fill_in

MONTHLY, WEEKLY = {"every_weeks": 4, "minutes": 60}, {"every_weeks": 1, "minutes": 15}


@pytest.fixture
def differing(mentee, mentor, pair_up):
    relationship = pair_up(mentee, mentor)
    fill_in(mentee.member, relationship, **WEEKLY, channel="Within two days.")
    fill_in(mentor.member, relationship, **MONTHLY, channel="Within five days.")
    return relationship


def test_one_proposes_and_the_other_says_yes(mentee, mentor, differing, told, events):
    proposal = propose_clause(mentee.member, differing, clause="channel", values={"channel": "Within three days."})
    assert told(mentor.member)[-1] == "agreement_proposed"
    assert AgreementVersion.objects.count() == 1
    version = agree_to_clause(mentor.member, differing, proposal=proposal.pk)
    assert (version.number, version.values["channel"]) == (2, "Within three days.")
    assert not AgreementProposal.objects.exists()
    assert events()[-1] == "agreement_changed"
    with pytest.raises(Refused) as refused:
        agree_to_clause(mentor.member, differing, proposal=proposal.pk)
    assert refused.value.code == "proposal_changed"


def test_a_proposal_that_was_changed_cannot_be_agreed_to(mentee, mentor, differing):
    first = propose_clause(mentee.member, differing, clause="channel", values={"channel": "Within three days."})
    propose_clause(mentor.member, differing, clause="channel", values={"channel": "Within four days."})
    assert AgreementProposal.objects.get().values == {"channel": "Within four days."}
    with pytest.raises(Refused) as refused:
        agree_to_clause(mentor.member, differing, proposal=first.pk)
    assert refused.value.code in ("proposal_changed", "your_own_proposal")
    assert AgreementVersion.objects.count() == 1


def test_nobody_says_yes_to_themselves(mentee, differing):
    proposal = propose_clause(mentee.member, differing, clause="channel", values={"channel": "Within three days."})
    with pytest.raises(Refused) as refused:
        agree_to_clause(mentee.member, differing, proposal=proposal.pk)
    assert refused.value.code == "your_own_proposal"


def test_taking_the_others_words_settles_at_once(mentee, differing):
    done = propose_clause(mentee.member, differing, clause="rhythm", values={**MONTHLY, "rhythm": ""})
    assert isinstance(done, AgreementVersion)
    assert done.values["every_weeks"] == 4


@pytest.mark.parametrize(
    ("clause", "values", "code"),
    [
        ("agenda", {"agenda": "Me."}, "point_settled"),
        ("channel", {"channel": "  "}, "nothing_said"),
        ("channel", {"channel": "x" * 1001}, "too_long"),
        ("salary", {}, "unknown_point"),
    ],
)
def test_refused_or_wrong(mentee, differing, clause, values, code):
    with pytest.raises((Refused, InvalidInput)) as error:
        propose_clause(mentee.member, differing, clause=clause, values=values)
    assert error.value.code == code


def test_before_all_are_in_there_is_nothing_to_settle(mentee, mentor, pair_up, stranger, foreigner):
    relationship = pair_up(mentee, mentor)
    fill_in(mentee.member, relationship)
    with pytest.raises(Refused) as refused:
        propose_clause(mentee.member, relationship, clause="agenda", values={"agenda": "Me."})
    assert refused.value.code == "not_compared_yet"
    for somebody in (stranger, foreigner):
        with pytest.raises(Refused) as refused:
            propose_clause(somebody, relationship, clause="agenda", values={"agenda": "Me."})
        assert refused.value.code == "not_yours"


def test_pages(client_for, mentee, mentor, differing, stranger):
    page = reverse("agreement", args=["larkmoor", differing.pk])
    address = reverse("propose_clause", args=["larkmoor", differing.pk, "channel"])
    client, other = client_for(mentee.member), client_for(mentor.member)
    text = client.get(page).content.decode()
    assert "2 points to settle" in text
    assert "disabled" in text and "Sign version 1" in text
    assert "Within five days." in text
    bad = client.post(address, {"channel-channel": ""})
    assert bad.status_code == 422
    assert "Write what could work for all of you." in bad.content.decode()
    client.post(address, {"channel-channel": "Within three days."})
    theirs = other.get(page).content.decode()
    assert "Amara proposes:" in theirs and "Yes, that works" in theirs
    proposal = AgreementProposal.objects.get()
    other.post(reverse("agree_to_clause", args=["larkmoor", differing.pk]), {"proposal": proposal.pk})
    me = differing.participants.get(enrolment=mentor)
    rhythm = reverse("propose_clause", args=["larkmoor", differing.pk, "rhythm"])
    done = client.post(rhythm, {"take": me.pk}, follow=True).content.decode()
    assert "Version 3 waits for your signature" in done
    assert client.post(reverse("propose_clause", args=["larkmoor", differing.pk, "salary"])).status_code == 404
    assert client_for(stranger).post(address, {"channel-channel": "Mine."}).status_code == 404
