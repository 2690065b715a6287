"""What one takes away, and what is erased: one's own words go, the other's stay."""

import pytest
from django.utils.module_loading import import_string

from wayfellow.core.registry import PersonalData
from wayfellow.programmes.apps import ProgrammesConfig
from wayfellow.relationships.actions import (
    answer_question,
    ask_question,
    decline_request,
    end_relationship,
    keep_draft,
    suggest_colleague,
)
from wayfellow.relationships.apps import RelationshipsConfig
from wayfellow.relationships.models import MentoringRequest, PrivateReason
from wayfellow.relationships.tests.conftest import WHY

HOLDERS = [
    entry
    for config in (RelationshipsConfig, ProgrammesConfig)
    for entry in config.personal_data
    if isinstance(entry, PersonalData)
]


def export(member):
    return {entry.model: import_string(entry.export)(member) for entry in HOLDERS}


def erase(member):
    for entry in HOLDERS:
        import_string(entry.erase)(member)


@pytest.fixture
def history(mentee, mentor, make_mentor, ask, pair_up):
    """Amara's words and Inês's, on everything they can write on."""
    mentor.asks_of_mentee = "Inês wrote limits"
    mentor.save()
    request = ask(mentee, mentor)
    ask_question(mentor.member, request, text="Inês wrote a question?")
    answer_question(mentee.member, request, text="Amara wrote an answer.")
    decline_request(mentor.member, request, words="Inês wrote words.", private_reason="not_a_fit")
    suggest_colleague(mentor.member, ask(mentee, mentor), colleague=make_mentor("Yusra Haddarine"))
    end_relationship(
        mentee.member, pair_up(mentee, mentor), goodbye="Amara wrote a goodbye.", private_reason="got_there"
    )
    keep_draft(mentee, make_mentor("Zofia Wilk"), why_you="Amara wrote a draft.")
    return request


def test_takes_away_what_is_theirs(history, mentee, mentor, stranger):
    mine, theirs, nobodys = str(export(mentee.member)), str(export(mentor.member)), export(stranger)
    for words in (WHY, "Inês wrote words.", "Amara wrote an answer.", "Amara wrote a goodbye.", "Amara wrote a draft."):
        assert words in mine, words
    assert "I have what I came for" in mine
    assert "Not a fit" not in mine
    assert "Not a fit" in theirs
    assert "Amara wrote a draft." not in theirs
    assert "Inês wrote limits" in theirs
    assert not any(nobodys.values())


def test_erases_the_words_of_one_and_leaves_the_others(history, mentee, mentor):
    erase(mentee.member)
    left = str(export(mentor.member))
    for words in (WHY, "Amara wrote"):
        assert words not in left
    for words in ("Inês wrote a question?", "Inês wrote words.", "Inês wrote limits"):
        assert words in left
    assert not MentoringRequest.objects.filter(state="draft").exists()
    assert not PrivateReason.objects.filter(member=mentee.member).exists()
    erase(mentor.member)
    assert "wrote" not in str(export(mentor.member)) + str(export(mentee.member))
