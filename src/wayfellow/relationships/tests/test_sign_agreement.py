"""Signing: all names under one version, and only under the one that stands now."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.relationships.actions import (
    change_agreement,
    drop_change,
    extend_relationship,
    sign_agreement,
)
from wayfellow.relationships.models import AgreementVersion, Relationship, Signature
from wayfellow.relationships.tests.conftest import fill_in


@pytest.fixture
def ready(mentee, mentor, pair_up, now):
    """Both have filled in the same."""
    relationship = pair_up(mentee, mentor)
    days = {
        "ends_on": (now + timedelta(days=200)).date().isoformat(),
        "review_on": (now + timedelta(days=90)).date().isoformat(),
    }
    for one in (mentee, mentor):
        fill_in(one.member, relationship, every_weeks=2, minutes=30, **days)
    return relationship


def test_the_last_name_brings_it_into_force(mentee, mentor, ready, told, events, now):
    sign_agreement(mentee.member, ready, number=1)
    assert AgreementVersion.objects.get().in_force_at is None
    assert Relationship.objects.get().every_weeks == 4
    sign_agreement(mentor.member, ready, number=1)
    ready.refresh_from_db()
    assert AgreementVersion.objects.get().in_force_at is not None
    assert (ready.every_weeks, ready.minutes) == (2, 30)
    assert ready.ends_on == (now + timedelta(days=200)).date()
    assert ready.review_on == (now + timedelta(days=90)).date()
    assert told(mentee.member)[-1] == "agreement_signed"
    assert events()[-1] == "agreement_signed"


def test_twice_is_refused(mentee, ready):
    sign_agreement(mentee.member, ready, number=1)
    with pytest.raises(Refused) as refused:
        sign_agreement(mentee.member, ready, number=1)
    assert refused.value.code == "signed_already"


def test_an_outdated_version_is_refused_in_clear_words(client_for, mentee, mentor, ready):
    sign_agreement(mentor.member, ready, number=1)
    change_agreement(mentor.member, ready, clause="agenda", values={"agenda": "Both, in turn."})
    with pytest.raises(Refused) as refused:
        sign_agreement(mentee.member, ready, number=1)
    assert refused.value.code == "version_outdated"
    assert "was version 1; here is version 2" in str(refused.value)
    address = reverse("sign_agreement", args=["larkmoor", ready.pk])
    shown = client_for(mentee.member).post(address, {"number": "1"}, follow=True).content.decode()
    assert "here is version 2" in shown
    assert "Both, in turn." in shown and "Sign version 2" in shown
    assert Signature.objects.filter(participant__enrolment=mentee).count() == 0


def test_while_points_are_open_nobody_signs(mentee, mentor, pair_up):
    relationship = pair_up(mentee, mentor)
    fill_in(mentee.member, relationship, agenda="Me.")
    fill_in(mentor.member, relationship, agenda="You.")
    with pytest.raises(Refused) as refused:
        sign_agreement(mentee.member, relationship, number=1)
    assert refused.value.code == "points_open"


def test_who_may_not(mentee, mentor, pair_up, stranger, foreigner):
    relationship = pair_up(mentee, mentor)
    with pytest.raises(Refused) as refused:
        sign_agreement(mentee.member, relationship, number=1)
    assert refused.value.code == "nothing_to_sign"
    for somebody in (stranger, foreigner):
        with pytest.raises(Refused) as refused:
            sign_agreement(somebody, relationship, number=1)
        assert refused.value.code == "not_yours"


def test_a_change_needs_every_name_and_the_old_text_holds_until_then(mentee, mentor, signed, told, events):
    relationship = signed()
    version = change_agreement(
        mentee.member, relationship, clause="rhythm", values={"every_weeks": 1, "minutes": 15, "rhythm": ""}
    )
    assert events()[-1] == "agreement_changed"
    assert told(mentor.member)[-1] == "agreement_changed"
    relationship.refresh_from_db()
    assert relationship.every_weeks == 4
    assert version.signatures.count() == 1
    sign_agreement(mentor.member, relationship, number=2)
    relationship.refresh_from_db()
    assert (relationship.every_weeks, relationship.minutes) == (1, 15)


def test_drop_change_keeps_what_all_signed(mentee, mentor, signed, told, events):
    relationship = signed()
    change_agreement(mentee.member, relationship, clause="agenda", values={"agenda": "Me, always."})
    with pytest.raises(Refused) as refused:
        drop_change(mentor.member, relationship, number=1)
    assert refused.value.code == "version_outdated"
    drop_change(mentor.member, relationship, number=2)
    assert told(mentee.member)[-1] == "agreement_kept"
    assert events()[-1] == "agreement_kept"
    with pytest.raises(Refused) as refused:
        sign_agreement(mentor.member, relationship, number=2)
    assert refused.value.code == "version_outdated"
    with pytest.raises(Refused) as refused:
        drop_change(mentor.member, relationship, number=1)
    assert refused.value.code == "no_change"
    again = change_agreement(mentee.member, relationship, clause="agenda", values={"agenda": "We both."})
    assert again.number == 3
    assert AgreementVersion.objects.count() == 3


def test_extend_relationship_needs_every_name(mentee, mentor, pair_up, now, told):
    relationship = pair_up(mentee, mentor)
    ends_on, later = relationship.ends_on, relationship.ends_on + timedelta(days=60)
    with pytest.raises(Refused) as refused:
        extend_relationship(mentee.member, relationship, until=ends_on)
    assert refused.value.code == "not_later"
    extend_relationship(mentee.member, relationship, until=later)
    relationship.refresh_from_db()
    assert relationship.ends_on == ends_on
    assert told(mentor.member)[-1] == "agreement_changed"
    sign_agreement(mentor.member, relationship, number=1)
    relationship.refresh_from_db()
    assert relationship.ends_on == later
    for one in (mentee, mentor):  # and the rest can still be filled in
        fill_in(one.member, relationship)
    version = AgreementVersion.objects.order_by("-number").first()
    assert (version.number, version.values["ends_on"]) == (2, later.isoformat())


def test_bad_input(mentee, signed):
    relationship = signed()
    with pytest.raises(InvalidInput):
        change_agreement(mentee.member, relationship, clause="how_long", values={"ends_on": "2020-01-01"})
    with pytest.raises(InvalidInput):
        change_agreement(mentee.member, relationship, clause="salary", values={})
    assert AgreementVersion.objects.count() == 1


def test_each_changes_their_own_entry_only(mentee, mentor, signed):
    relationship = signed()
    change_agreement(mentee.member, relationship, clause="brings", values={"brings": "Honest numbers"})
    change_agreement(mentor.member, relationship, clause="brings", values={"brings": "Two years as a lead"})
    values = AgreementVersion.objects.order_by("-number").first().values["brings"]
    assert sorted(values.values()) == ["Honest numbers", "Two years as a lead"]


def test_pages(client_for, mentee, mentor, signed, stranger):
    relationship = signed()
    client = client_for(mentee.member)
    page = reverse("agreement", args=["larkmoor", relationship.pk])
    change = reverse("change_agreement", args=["larkmoor", relationship.pk, "agenda"])
    extend = reverse("extend_relationship", args=["larkmoor", relationship.pk])
    assert "Signed, version 1" in client.get(page).content.decode()
    assert "The mentee, two days before we meet." in client.get(change).content.decode()
    client.post(change, {"agenda-agenda": "Both, in turn."})
    theirs = client_for(mentor.member).get(page).content.decode()
    assert "Version 1 holds until all of you have signed version 2." in theirs
    assert "Keep version 1 instead" in theirs
    bad = client.post(extend, {"until": "2020-01-01"})
    assert bad.status_code == 422 and "Choose a later day" in bad.content.decode()
    version = reverse("agreement_version", args=["larkmoor", relationship.pk, 1])
    assert "Signed by all on" in client.get(version).content.decode()
    assert client.get(reverse("agreement_version", args=["larkmoor", relationship.pk, 9])).status_code == 404
    for url in (page, change, extend, version):
        assert client_for(stranger).get(url).status_code == 404
