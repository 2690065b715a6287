"""Pages, mails and notices say mentor and mentee as the organisation does."""

import pytest
from django.template import Context, Template

from wayfellow.people.own_words import USUAL_AND_OWN, in_own_words

pytestmark = pytest.mark.django_db


def test_the_usual_sentence_until_there_are_own_words(organisation):
    assert in_own_words(None, "find") == in_own_words(organisation, "find") == "Find a mentor"
    organisation.word_mentor = "guide"
    assert in_own_words(organisation, "asks_you", name="Inês") == "Inês asks you to be their guide"
    assert in_own_words(organisation, "asks_of_mentee", name="Inês") == "What Inês asks of their mentee"


def test_both_ways_of_a_sentence_hold_the_same_names():
    class Seen(dict):
        def __getitem__(self, key):
            self[key] = key
            return key

    for usual, own in USUAL_AND_OWN.values():
        first, second = Seen(), Seen()
        assert str(usual) % first and str(own) % second
        assert set(first) == set(second) - {"mentor", "mentee"}


def test_the_tag_escapes_on_a_page_and_not_in_a_text(organisation):
    organisation.word_mentor = "guide & friend"
    page = Template('{% own_words "find" %}').render(Context({"organisation": organisation}))
    assert page == "Find your guide &amp; friend"
    text = Template('{% own_words "find" %}').render(Context({"organisation": organisation}, autoescape=False))
    assert text == "Find your guide & friend"
