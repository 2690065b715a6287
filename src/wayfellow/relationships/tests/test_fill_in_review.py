"""Looking back point by point: each alone, then shown; what is kept for after the end stays until then."""

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.relationships.actions import end_relationship, fill_in_review, start_review
from wayfellow.relationships.models import Review, ReviewAnswers, WithheldWords
from wayfellow.relationships.tests.conftest import days

VERDICTS = {"agenda": {"verdict": "change", "words": "I would rather set it."}, "feedback": {"verdict": "kept"}}


@pytest.fixture
def begun(mentee, signed):
    return start_review(mentee.member, signed())


def read_by(model, member):
    return model.objects.visible_to(member).count()


def test_each_looks_back_alone_and_then_all_read_it(mentee, mentor, begun, told, events, stranger):
    fill_in_review(mentee.member, begun, verdicts=VERDICTS, words="Worth my time.")
    assert (read_by(ReviewAnswers, mentee.member), read_by(ReviewAnswers, mentor.member)) == (1, 0)
    fill_in_review(mentor.member, begun, verdicts={}, done=False)
    assert read_by(ReviewAnswers, mentee.member) == 1
    fill_in_review(mentor.member, begun, verdicts={"agenda": {"verdict": "kept"}})
    for one in (mentee, mentor):
        assert read_by(ReviewAnswers, one.member) == 2
    assert read_by(ReviewAnswers, stranger) == 0
    assert told(mentee.member)[-1] == "review_shown"
    assert events()[-1] == "review_filled_in"
    with pytest.raises(Refused) as refused:
        fill_in_review(mentee.member, begun, verdicts={})
    assert refused.value.code == "review_shown"


def test_withheld_words_stay_until_it_is_over(mentee, mentor, begun, stranger):
    fill_in_review(mentee.member, begun, verdicts={}, withheld="You looked at your phone a lot.")
    fill_in_review(mentor.member, begun, verdicts={})
    assert (read_by(WithheldWords, mentee.member), read_by(WithheldWords, mentor.member)) == (1, 0)
    end_relationship(mentor.member, begun.relationship, goodbye="Thank you.")
    assert (read_by(WithheldWords, mentor.member), read_by(WithheldWords, stranger)) == (1, 0)


def test_after_the_end_there_are_thirty_days(mentee, mentor, signed):
    relationship = signed()
    end_relationship(mentor.member, relationship, goodbye="Thank you.", how="completed")
    review = start_review(mentee.member, relationship)
    assert review.kind == "closing"
    fill_in_review(mentee.member, review, verdicts=VERDICTS)
    with pytest.raises(Refused) as refused:
        fill_in_review(mentor.member, review, verdicts={}, now=clock.now() + days(31))
    assert refused.value.code == "already_ended"


def test_bad_input_and_who_may_not(mentee, begun, stranger, foreigner):
    for verdicts in ({"salary": {"verdict": "kept"}}, {"agenda": {"verdict": "great"}}):
        with pytest.raises(InvalidInput):
            fill_in_review(mentee.member, begun, verdicts=verdicts)
    with pytest.raises(InvalidInput) as invalid:
        fill_in_review(mentee.member, begun, verdicts={}, words="x" * 2001)
    assert invalid.value.field == "words"
    for somebody in (stranger, foreigner):
        with pytest.raises(Refused) as refused:
            fill_in_review(somebody, begun, verdicts={})
        assert refused.value.code == "not_yours"


def test_one_is_open_at_a_time(mentee, mentor, begun):
    assert start_review(mentor.member, begun.relationship) == begun
    assert Review.objects.count() == 1


def test_pages(client_for, mentee, mentor, begun, stranger):
    args = ["larkmoor", begun.relationship_id, begun.pk]
    page, address = reverse("review", args=args), reverse("fill_in_review", args=args)
    client, other = client_for(mentee.member), client_for(mentor.member)
    form = client.get(page).content.decode()
    assert "The mentee, two days before we meet." in form
    bad = client.post(address, {"agenda_verdict": "great", "words": "Kept words"})
    assert bad.status_code == 422 and "Kept words" in bad.content.decode()
    sent = {"agenda_verdict": "change", "agenda_words": "<i>Me</i>", "withheld": "Only later."}
    assert "shown once everybody" in client.post(address, sent, follow=True).content.decode()
    assert "Me&lt;" not in other.get(page).content.decode()
    other.post(address, {"agenda_verdict": "kept"})
    shown = other.get(page).content.decode()
    assert "&lt;i&gt;Me&lt;/i&gt;" in shown and "Only later." not in shown
    assert "Change “Who sets the agenda” in the agreement" in shown
    assert "Only later." in client.get(page).content.decode()
    assert client_for(stranger).get(page).status_code == 404
