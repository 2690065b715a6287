"""The page: newest last, backwards in fixed queries, words found, unread without a red dot."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.conversations.actions import keep_letter, send_message
from wayfellow.conversations.models import Draft, Message, Reading
from wayfellow.conversations.queries.home import coming_up
from wayfellow.conversations.queries.letters import read_letters, unread_of
from wayfellow.conversations.queries.panel import read_panel, steps_of
from wayfellow.conversations.readers import READERS
from wayfellow.core import clock
from wayfellow.notifications.models import Notice
from wayfellow.relationships.models import Relationship
from wayfellow.search.words import fold


def url(pair, name="conversation", *more):
    return reverse(name, args=["larkmoor", pair.pk, *more])


@pytest.fixture
def long(pair, ines, amara):
    """Five thousand letters of three years."""
    start = clock.now() - timedelta(days=1000)
    Message.objects.bulk_create(
        Message(
            organisation=pair.organisation,
            relationship=pair,
            author=(ines, amara)[number % 2],
            text=f"Letter {number}",
            folded=fold(f"Letter {number}"),
            created_at=start + timedelta(hours=number * 4),
        )
        for number in range(5000)
    )
    return pair


def fresh(pair):
    rows = Relationship.objects.select_related("organisation")
    return rows.prefetch_related("participants__enrolment__member__organisation").get(pk=pair.pk)


def test_backwards_through_five_thousand_in_fixed_queries(
    long, amara, client_for, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_for(amara)
    client.get(url(long))
    with django_assert_max_num_queries(22):
        page = client.get(url(long))
    texts = [letter.text for letter in page.context["shown"].letters]
    assert texts == [f"Letter {number}" for number in range(4980, 5000)]
    seen = []
    shown = page.context["shown"]
    while shown.older:
        seen += shown.letters
        shown = read_letters(long, amara, before=shown.older)
    assert len({letter.pk for letter in seen}) == 4980
    with django_assert_num_queries(2):
        read_letters(long, amara, before=2500)
    later = read_letters(long, amara, after=shown.letters[-1].pk)
    assert [letter.text for letter in later.letters[:2]] == ["Letter 20", "Letter 21"]


def test_the_panel_costs_the_same_however_long(long, amara, django_assert_num_queries):
    found = fresh(long)
    with django_assert_num_queries(5):
        panel = read_panel(found, amara, now=clock.now())
    assert [letter.text for letter in panel.letters] == ["Letter 4997", "Letter 4998", "Letter 4999"]
    assert panel.new == 2500
    with django_assert_num_queries(1):
        assert len(steps_of(found, amara, 5)) == 5


def test_words_are_found_without_case_and_accents(pair, ines, amara, client_for):
    for words in ("Über die Straße nach Évora", "Something else", "EVORA again"):
        send_message(ines, pair, text=words)
    page = client_for(amara).get(url(pair), {"q": "evora"}).content.decode()
    assert "Über die" in page and "EVORA again" in page and "Something else" not in page
    assert "No letter has these words" in client_for(amara).get(url(pair), {"q": "%"}).content.decode()


def test_unread_is_a_sentence_and_reading_is_told_to_nobody(pair, ines, amara, client_for):
    send_message(ines, pair, text="One")
    send_message(ines, pair, text="Two")
    assert unread_of(amara)[pair.pk].count == 2
    assert unread_of(ines) == {}
    assert [row.words for row in coming_up(amara, now=clock.now())] == ["2 letters to read"]
    client = client_for(amara)
    page = client.get(url(pair)).content.decode()
    assert page.count("Since you last read") == 1
    assert unread_of(amara)  # looking changes nothing by itself
    assert client.post(url(pair, "read_messages"), headers={"HX-Request": "true"}).status_code == 204
    assert unread_of(amara) == {}
    assert not Notice.objects.filter(member=amara, read_at=None).exists()
    assert coming_up(amara, now=clock.now()) == []
    assert not Reading.objects.visible_to(ines).exists()
    assert "Since you last read" not in client.get(url(pair)).content.decode()


def test_writing_reads_what_stood_above_and_not_what_came_meanwhile(pair, ines, amara, client_for):
    first = send_message(ines, pair, text="One")
    send_message(ines, pair, text="Two, while she writes")
    client_for(amara).post(url(pair, "send_message"), {"text": "Answer to one", "seen": first.pk})
    assert unread_of(amara)[pair.pk].count == 1
    assert Notice.objects.filter(member=amara, read_at=None).exists()


def test_a_draft_is_kept_and_stands_in_the_form(pair, ines, amara, client_for):
    client = client_for(amara)
    client.post(url(pair, "keep_letter"), {"text": "I began", "key": "k1"})
    assert Draft.objects.get().member == amara
    page = client.get(url(pair))
    assert "I began" in page.content.decode()
    key = page.context["form"]["key"].value()
    assert key == "k1"
    client.post(url(pair, "send_message"), {"text": "I began and ended", "key": key})
    client.post(url(pair, "send_message"), {"text": "I began and ended", "key": key})
    assert Message.objects.count() == 1 and not Draft.objects.exists()
    assert "I began" not in client_for(ines).get(url(pair)).content.decode().replace("I began and ended", "")
    keep_letter(amara, pair, text="x")
    client.post(url(pair, "keep_letter"), {"text": " "})
    assert not Draft.objects.exists()


def test_html_is_text(pair, ines, amara, client_for):
    send_message(ines, pair, text="<script>alert(1)</script>\n\n<b>bold</b>")
    page = client_for(amara).get(url(pair)).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page and "<b>bold" not in page


def test_a_nul_character_and_nothing_are_refused(pair, amara, client_for):
    for text in ("a\0b", "  "):
        assert client_for(amara).post(url(pair, "send_message"), {"text": text}).status_code == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize("name", ["conversation", "export_conversation"])
def test_strangers_get_nothing(pair, leif, manager, administrator, make_member, client_for, name):
    lead = make_member("Sunniva Brekke", is_safeguarding_lead=True)
    for somebody in (leif, manager, administrator, lead):
        assert client_for(somebody).get(url(pair, name)).status_code == 404


def test_a_closed_one_can_be_read_and_says_so(pair, ines, amara, client_for):
    letter = send_message(ines, pair, text="Good luck")
    pair.state = "completed"
    pair.save()
    page = client_for(amara).get(url(pair)).content.decode()
    assert "Good luck" in page and "This conversation is closed." in page and "<textarea" not in page
    assert client_for(amara).get(url(pair, "message", letter.pk)).status_code == 200
    assert client_for(amara).post(url(pair, "send_message"), {"text": "x"}).status_code == 422
    assert client_for(amara).post(url(pair, "keep_letter"), {"text": "x"}).status_code == 422


def test_a_letter_of_another_conversation_is_not_here(pair, relate, ines, leif, amara, client_for):
    other = send_message(leif, relate([ines], [leif]), text="Elsewhere")
    assert client_for(ines).get(url(pair, "message", other.pk)).status_code == 404
    assert client_for(amara).get(url(pair, "message", other.pk)).status_code == 404


def test_as_text(pair, ines, amara, client_for):
    send_message(ines, pair, text="Bring it.")
    send_message(amara, pair, text="I will.")
    answer = client_for(amara).get(url(pair, "export_conversation"))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert text.index("Inês Tavaredo") < text.index("Bring it.") < text.index("Amara Oyelunde") < text.index("I will.")


def test_a_group_is_named_as_one(group, amara, client_for):
    page = client_for(amara).get(url(group)).content.decode()
    assert "Inês, Kofi and Leif and you" in page or "Inês, Kofi and Leif" in page


def test_who_may_read_is_what_the_policy_says():
    for kind in READERS:
        assert kind.readers["me"] == "Yes"
        assert not kind.readers.keys() & {"manager", "administrator", "safeguarding"}
