"""All of one's mentoring in one place, and as files."""

import pytest
from django.urls import reverse

from wayfellow.relationships.actions import end_relationship, join_waiting_list, keep_draft
from wayfellow.relationships.queries import active_relationships, pending_requests, places, reply_times
from wayfellow.relationships.tests.conftest import days

TABS = ["together", "to-me", "from-me", "waiting", "answered", "ended"]


@pytest.fixture
def everything(make_mentor, make_mentee, ask, pair_up):
    """Amara, with something on every tab; Inês, with a request that waits for her."""
    amara = make_mentee("Amara Oyelunde")
    inês, yusra = make_mentor("Inês Tavaredo"), make_mentor("Yusra Haddarine", capacity=1)
    end_relationship(amara.member, pair_up(amara, inês), goodbye="Thank you for our talks.")
    pair_up(amara, make_mentor("Zofia Wilk"))
    pair_up(make_mentee("Rafael Ombrado"), yusra)
    yusra.refresh_from_db()
    join_waiting_list(amara, yusra)
    ask(amara, inês)
    keep_draft(amara, make_mentor("Sigrid Aasen"), why_you="You have")
    return amara, inês


def page(client, tab="", **query):
    return client.get(reverse("mentoring", args=["larkmoor"]), {"tab": tab, **query}).content.decode()


def test_each_tab_shows_its_own(client_for, everything):
    amara, inês = everything
    client = client_for(amara.member)
    assert "Zofia Wilk and you" in page(client, "together")
    assert "Inês’s turn" in page(client, "from-me")
    assert "Draft to Sigrid Aasen" in page(client, "from-me")
    assert "Place 1 in line" in page(client, "waiting")
    assert "Accepted" in page(client, "answered")
    assert "Inês Tavaredo and you" in page(client, "ended")
    assert "Nobody asked you yet" in page(client, "to-me")
    theirs = page(client_for(inês.member))
    assert "1 request waits for you." in theirs
    assert "Your turn" in theirs


def test_search_finds_by_the_other_persons_name(client_for, everything):
    client = client_for(everything[0].member)
    assert "Zofia Wilk and you" in page(client, "together", q="zofia")
    assert "Nobody called “amara” here" in page(client, "together", q="amara")
    assert "Inês Tavaredo" in page(client, "from-me", q="inês")
    assert "Draft to Sigrid" not in page(client, "from-me", q="inês")


def test_empty_lists_say_what_would_be_here(client_for, make_member, network):
    client = client_for(make_member("Ada Bell"))
    for tab in TABS:
        assert 'class="empty' in page(client, tab), tab
    assert page(client, "no-such-tab").count("<h1") == 1


@pytest.mark.parametrize("tab", TABS)
def test_exports(client_for, everything, tab, stranger):
    amara, _inês = everything
    address = reverse("export_mentoring", args=["larkmoor", tab])
    csv = b"".join(client_for(amara.member).get(address).streaming_content).decode("utf-8-sig")
    assert len(csv.strip().splitlines()) == (1 if tab == "to-me" else 3 if tab in ("from-me", "answered") else 2) or csv
    assert ("Tavaredo" in csv or "Wilk" in csv or "Haddarine" in csv) == (tab != "to-me")
    theirs = b"".join(client_for(stranger).get(address).streaming_content).decode("utf-8-sig")
    assert len(theirs.strip().splitlines()) == 1
    assert client_for(amara.member).get(address, {"format": "xlsx"}).status_code == 200
    assert client_for(amara.member).get(address, {"format": "exe"}).status_code == 422


def test_unknown_export_is_not_there(client_for, stranger):
    assert client_for(stranger).get(reverse("export_mentoring", args=["larkmoor", "salaries"])).status_code == 404


@pytest.mark.parametrize("tab", TABS)
def test_no_query_per_row(client_for, everything, tab, make_mentee, ask, make_mentor, django_assert_max_num_queries):
    amara, _inês = everything
    mentor = make_mentor("Big Heart", capacity=8)
    for number in range(12):
        ask(make_mentee(f"Person {chr(65 + number)}"), mentor)
    for member in (amara.member, mentor.member):
        client = client_for(member)
        with django_assert_max_num_queries(18):
            page(client, tab)


def test_reply_time_needs_five_answers(mentor, make_mentee, ask, now):
    from wayfellow.relationships.actions import decline_request

    for number in range(5):
        assert reply_times([mentor], now=now)[mentor.pk].words == "Too few to say"
        request = ask(make_mentee(f"Person {chr(65 + number)}"), mentor, now=now - days(10))
        decline_request(mentor.member, request, words="Not this month.", now=now - days(10 - number * 0.4))
    reply = reply_times([mentor], now=now)[mentor.pk]
    assert (reply.words, reply.basis) == ("Within a day", 5)


def test_overview_counts_without_words(everything, network, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = places(network)
    assert (found.mentors, found.taken, found.full, found.waiting) == (4, 2, 1, 1)
    assert found.free == found.places - found.taken - found.held
    pending = pending_requests(network).get()
    assert {"why_you", "ask", "answer_words", "goal_title"} <= pending.get_deferred_fields()
    assert active_relationships(network).count() == 2
