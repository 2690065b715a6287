"""The mentor names somebody who fits better."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.relationships.actions import suggest_colleague
from wayfellow.relationships.queries import colleagues


@pytest.fixture
def yusra(make_mentor):
    return make_mentor("Yusra Haddarine")


def test_the_asker_is_told_and_the_colleague_is_not(mentee, mentor, yusra, ask, told, events):
    request = ask(mentee, mentor)
    suggest_colleague(mentor.member, request, colleague=yusra, words="Yusra made the same move.")
    request.refresh_from_db()
    assert request.state == "declined"
    assert [row.mentor for row in request.suggestions.filter(by_mentor=True)] == [yusra]
    assert told(mentee.member) == ["request_declined"]
    assert told(yusra.member) == []
    assert events()[-1] == "colleague_suggested"


def test_not_when_the_asker_would_rather_choose(mentee, mentor, yusra, ask):
    request = ask(mentee, mentor, may_suggest=False)
    with pytest.raises(Refused) as refused:
        suggest_colleague(mentor.member, request, colleague=yusra)
    assert refused.value.code == "no_suggestions_wanted"


def test_candidates_have_the_skill_and_room_or_an_open_line(mentee, mentor, yusra, make_mentor, ask, now, organisation):
    from wayfellow.safety.models import Block

    full = make_mentor("Ada Full", capacity=0)
    make_mentor("Bo Closed", capacity=0, waiting_list_open=False)
    make_mentor("Cy Other", offers=False)
    make_mentor("Di Away", away_until=now.date().replace(year=now.year + 1))
    blocked = make_mentor("Ed Blocked")
    Block.objects.create(organisation=organisation, blocker=blocked.member, blocked=mentee.member)
    ask(mentee, make_mentor("Fay Asked"))
    request = ask(mentee, mentor)
    assert colleagues(request, now=now) == [yusra, full], "room first"
    with pytest.raises(InvalidInput) as invalid:
        suggest_colleague(mentor.member, request, colleague=blocked)
    assert invalid.value.field == "colleague"


def test_a_stranger_cannot(mentee, mentor, yusra, ask, stranger):
    request = ask(mentee, mentor)
    with pytest.raises(Refused):
        suggest_colleague(stranger, request, colleague=yusra)


def test_page_suggests(client_for, mentee, mentor, yusra, ask):
    request = ask(mentee, mentor)
    address = reverse("suggest_colleague", args=["larkmoor", request.pk])
    empty = client_for(mentor.member).post(address, {})
    assert empty.status_code == 422
    assert "Choose one." in empty.content.decode()
    client_for(mentor.member).post(address, {"suggest-colleague": yusra.pk})
    page = client_for(mentee.member).get(reverse("answer", args=["larkmoor", request.pk])).content.decode()
    assert "Suggested by Inês" in page
    assert "Ask Yusra" in page
