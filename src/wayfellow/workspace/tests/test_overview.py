"""The manager sees where places are short and who waits: counts, names and turns, never what anybody wrote."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.people.models import Member
from wayfellow.programmes.models import Cohort, Enrolment, Programme
from wayfellow.relationships.actions import ask_question, decline_request, join_waiting_list, send_offer
from wayfellow.relationships.models import MentoringRequest, WaitingEntry
from wayfellow.workspace.queries.attention import could_use_a_word
from wayfellow.workspace.queries.demand import demand
from wayfellow.workspace.queries.fairness import fairness
from wayfellow.workspace.queries.overview import new_people, pairs
from wayfellow.workspace.queries.waiting import Waiting, usual_answer, waiting_requests
from wayfellow.workspace.tests.conftest import ASK, WHY

pytestmark = pytest.mark.django_db
PAGES = ["overview", "programme_people", "places_by_skill", "waiting_requests", "need_a_word", "fair_to_everyone"]


def days(count):
    return timedelta(days=count)


def page(name, **query):
    return reverse(name, args=["larkmoor"], query=query)


def read_csv(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def close(request, *, at=None):
    """As time would: nobody answered."""
    now = at or clock.now()
    MentoringRequest.objects.filter(pk=request.pk).update(state="expired", awaiting="", closed_at=now)


# Places against demand


def test_who_looks_is_counted_and_small_counts_are_not_said(network, skill, make_mentor, make_mentee):
    make_mentor("Inês Tavaredo", capacity=3)
    make_mentee("Amara Oyelunde")
    [row] = demand(network)
    assert (row.skill, row.looking_words, row.free, row.short_by, row.looking_width) == (
        skill, "fewer than 5", 3, 0, 0,
    )  # fmt: skip
    for number in range(5):
        make_mentee(f"Looking {number}")
    [row] = demand(network)
    assert (row.looking_words, row.short_by, row.reading) == ("6", 3, ("warn", "Short by 3"))
    assert (row.looking_width, row.free_width) == (100, 50)


def test_whoever_has_a_mentor_looks_no_more(network, make_mentor, make_mentee, pair_up):
    mentor = make_mentor("Inês Tavaredo", capacity=8)
    pair_up(make_mentee("Amara Oyelunde"), mentor)
    for number in range(5):
        make_mentee(f"Looking {number}")
    [row] = demand(network)
    assert (row.looking, row.free) == (5, 7)


@pytest.mark.parametrize("fields", [{"takes_requests": False}, {"away_until": clock.now().date() + days(9)}])
def test_places_of_who_cannot_be_asked_are_not_free(network, make_mentor, fields):
    make_mentor("Inês Tavaredo", capacity=3, limits=fields)
    make_mentor("Petra Vance", capacity=1)
    assert [row.free for row in demand(network)] == [1]


def test_another_organisation_counts_for_itself(network, make_member, other_organisation, make_mentee, set_goal):
    programme = Programme.objects.create(organisation=other_organisation, name="Theirs", is_open_network=True)
    cohort = Cohort.objects.create(organisation=other_organisation, programme=programme, name="Theirs")
    stranger = make_member("Odalys Renner", organisation=other_organisation)
    set_goal(stranger)
    Enrolment.objects.create(organisation=other_organisation, cohort=cohort, member=stranger)
    make_mentee("Amara Oyelunde")
    assert [row.looking for row in demand(network)] == [1]
    assert [row.looking for row in demand(cohort)] == [1]


# Requests that wait


def test_what_happens_by_itself(network, make_mentor, make_mentee, ask):
    mentor, mentee = make_mentor("Petra Vance"), make_mentee("Jonas Fell")
    request = ask(mentee, mentor)
    now = clock.now()
    turns = []
    for sent, later in ((0, 0), (1, 3), (2, 6)):
        MentoringRequest.objects.filter(pk=request.pk).update(reminders_sent=sent)
        [row] = waiting_requests(network)
        turns.append(Waiting(row, now + days(later)).next.split(" ")[0])
    assert turns == ["Reminder", "Second", "Closes"]
    row = Waiting(waiting_requests(network).get(), now)
    assert (row.who, row.turn) == ("Jonas Fell asks Petra Vance", "Petra")
    ask_question(mentor.member, request, text="Which tide would you like to read first?")
    [row] = waiting_requests(network)
    assert Waiting(row, now).turn == "Jonas" and Waiting(row, now).next.startswith("Reminder")


def test_an_offer_and_a_mentor_who_is_away(network, make_mentor, make_mentee, ask):
    mentor, mentee = make_mentor("Petra Vance"), make_mentee("Jonas Fell")
    Enrolment.objects.filter(pk=mentee.pk).update(allows_offers=True)
    request = send_offer(mentor, mentee, why_you=WHY, how_often="as_offered")
    MentoringRequest.objects.filter(pk=request.pk).update(reminders_sent=2)
    now = clock.now()
    [row] = waiting_requests(network)
    assert Waiting(row, now).who == "Petra Vance offers to Jonas Fell"
    assert "suggested" not in Waiting(row, now).next
    close(request)
    ask(mentee, mentor)
    Enrolment.objects.filter(pk=mentor.pk).update(away_until=now.date() + days(9))
    [row] = waiting_requests(network)
    assert Waiting(row, now).turn == "Petra, away"


def test_nobody_reads_what_was_written(manager, network, make_mentor, make_mentee, ask, client_for):
    mentor, mentee = make_mentor("Petra Vance"), make_mentee("Jonas Fell")
    request = ask(mentee, mentor)
    ask_question(mentor.member, request, text="Which tide would you like to read first?")
    client = client_for(manager)
    for name in PAGES:
        said = client.get(page(name)).content.decode()
        assert not any(words in said for words in (WHY, ASK, "Become a pilot", "Which tide")), name
    exported = str(read_csv(client.get(page("waiting_requests", format="csv"))))
    assert "Jonas Fell asks Petra Vance" in exported and "pilot" not in exported


def test_the_list_narrows_by_name_and_turn(manager, make_mentor, make_mentee, ask, client_for):
    mentor = make_mentor("Petra Vance")
    for name in ("Jonas Fell", "Liora Fane"):
        ask(make_mentee(name), mentor)
    client = client_for(manager)
    found = client.get(page("waiting_requests", q="liora")).content.decode()
    assert "Liora Fane asks" in found and "Jonas Fell asks" not in found
    assert "Nothing fits" in client.get(page("waiting_requests", turn="mentee")).content.decode()
    assert "Jonas Fell asks" in client.get(page("waiting_requests", turn="nonsense")).content.decode()


def test_how_long_an_answer_takes_needs_five(network, make_mentor, make_mentee, ask):
    mentor = make_mentor("Petra Vance", capacity=8)
    assert "too few" in usual_answer(network)
    for number in range(5):
        request = ask(make_mentee(f"Asking {number}"), mentor, now=clock.now() - days(3))
        decline_request(mentor.member, request, kindness="full_now", words="Thank you for asking me.")
    assert usual_answer(network) == "half are answered within 4 days"


# Who could use a word


def words_of(network):
    return {(word.name, word.label) for word in could_use_a_word(network, now=clock.now())}


def test_two_silences_are_worth_a_word_to_both_sides(network, make_mentor, make_mentee, ask):
    mentor, mentee = make_mentor("Petra Vance"), make_mentee("Davit Tsereli-Ono")
    close(ask(mentee, mentor))
    assert words_of(network) == set()
    close(ask(mentee, mentor))
    assert words_of(network) == {("Davit Tsereli-Ono", "2 requests closed"), ("Petra Vance", "Little time")}
    ask(mentee, make_mentor("Inês Tavaredo"))
    assert words_of(network) == {("Petra Vance", "Little time")}


def test_old_silences_and_the_askers_own_are_not_counted(network, make_mentor, make_mentee, ask):
    mentor, mentee = make_mentor("Petra Vance"), make_mentee("Davit Tsereli-Ono")
    close(ask(mentee, mentor), at=clock.now() - days(100))
    for _again in range(2):
        request = ask(mentee, mentor)
        ask_question(mentor.member, request, text="Which tide would you like to read first?")
        close(request)
    assert words_of(network) == set()


def test_who_finds_a_mentor_needs_no_word(network, make_mentor, make_mentee, ask, pair_up):
    mentor, mentee = make_mentor("Petra Vance"), make_mentee("Davit Tsereli-Ono")
    close(ask(mentee, mentor))
    close(ask(mentee, mentor))
    pair_up(mentee, make_mentor("Inês Tavaredo"))
    assert words_of(network) == {("Petra Vance", "Little time")}


def test_much_asked_and_long_in_line(network, make_mentor, make_mentee):
    full = make_mentor("Yusra Haddarine", capacity=0)
    for number in range(4):
        join_waiting_list(make_mentee(f"Waiting {number}"), full)
    assert words_of(network) == {("Yusra Haddarine", "Much asked")}
    first = WaitingEntry.objects.order_by("pk").first()
    WaitingEntry.objects.filter(pk=first.pk).update(joined_at=clock.now() - days(30))
    assert ("Waiting 0", "Long in line") in words_of(network)


# Fair to everyone


def test_groups_below_five_are_not_shown(network, make_mentor, make_mentee, pair_up):
    mentor = make_mentor("Petra Vance", capacity=8)
    other = make_mentor("Inês Tavaredo", capacity=8)
    for number in range(5):
        pair_up(make_mentee(f"Field {number}", location="Field site"), mentor)
        pair_up(make_mentee(f"Office {number}", location="Office"), other)
    pair_up(make_mentee("Lone Some", location="Lighthouse"), mentor)
    MentoringRequest.objects.filter(mentor=mentor).update(sent_at=clock.now() - days(9))
    found = fairness(network, now=clock.now())
    shown = [(group.name, group.people, group.days) for group in found.groups]
    assert shown == [
        ("Field site", 5, 9),
        ("Office", 5, 1),
    ]
    assert found.left_out == 1
    assert found.sentence == "Field site: 9 days until a yes. Office: 1 day."


def test_one_group_is_no_comparison(network):
    assert fairness(network, now=clock.now()).sentence.startswith("Cannot tell yet")


# Numbers


def test_pairs_and_new_people(network, make_mentor, make_mentee, make_member, enrol, pair_up):
    mentor = make_mentor("Petra Vance", capacity=8)
    pair_up(make_mentee("Jonas Fell"), mentor)
    enrol(make_member("No Goal"))
    now = clock.now()
    found = pairs(network, now=now)
    assert (found.at_work, found.opened_lately, found.ended_this_year, found.weeks) == (1, 1, 0, None)
    new = new_people(network, now=now)
    assert (new.joined, new.with_goal, new.asked, new.may_tell_goals) == (3, 1, 1, False)


# The pages


def test_the_first_page(manager, make_mentor, make_mentee, ask, client_for):
    ask(make_mentee("Jonas Fell"), make_mentor("Petra Vance", capacity=3))
    said = client_for(manager).get(page("overview")).content.decode()
    for words in ("Open network", "Jonas Fell asks Petra Vance", "3 of 3", "Reading tides", "Cannot tell yet"):
        assert words in said
    assert said.count("<h1") == 1


def test_people_search_filter_and_export(manager, make_mentor, make_mentee, client_for):
    make_mentor("Petra Vance", capacity=3, department="Tides")
    make_mentor("Yusra Haddarine", capacity=0)
    make_mentee("Jonas Fell")
    client = client_for(manager)
    assert "3 free places" in client.get(page("programme_people", q="tides")).content.decode()
    full = client.get(page("programme_people", show="full")).content.decode()
    assert "Yusra Haddarine" in full and "Petra Vance" not in full
    alone = client.get(page("programme_people", show="alone")).content.decode()
    assert "Jonas Fell" in alone and "Petra Vance" not in alone
    rows = read_csv(client.get(page("programme_people", format="csv")))
    assert [row[0] for row in rows[1:]] == ["Jonas Fell", "Petra Vance", "Yusra Haddarine"]
    assert client.get(page("programme_people", format="xlsx")).status_code == 200
    assert client.get(page("programme_people", format="exe")).status_code == 422


def test_people_have_the_roles_that_the_organisation_calls_them_by(manager, make_mentor, make_mentee, client_for):
    both, _mentee = make_mentor("Petra Vance"), make_mentee("Jonas Fell")
    Enrolment.objects.filter(pk=both.pk).update(is_mentee=True)
    organisation = both.organisation
    client = client_for(manager)
    usual = [row[4] for row in read_csv(client.get(page("programme_people", format="csv")))[1:]]
    assert usual == ["Mentee", "Mentor and mentee"]
    organisation.word_mentor, organisation.word_mentee = "guide", "traveller"
    organisation.save()
    own = [row[4] for row in read_csv(client.get(page("programme_people", format="csv")))[1:]]
    assert own == ["Traveller", "Guide, traveller"]
    people = client.get(page("programme_people")).content.decode()
    assert "As guide, with a free place" in people and "Mentors" not in people
    assert "Turn of the guide" in client.get(page("waiting_requests")).content.decode()


@pytest.mark.parametrize("name", PAGES[1:])
def test_every_list_exports_and_bears_nonsense(manager, make_mentor, make_mentee, ask, client_for, name):
    ask(make_mentee("Jonas Fell"), make_mentor("Petra Vance"))
    client = client_for(manager)
    assert len(read_csv(client.get(page(name, format="csv")))) >= 1
    query = {"q": "\0%_'\"" + "x" * 900, "page": "-3", "show": "?", "turn": "?"}
    assert "Nothing fits" in client.get(page(name, **query)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_only_who_runs_it(
    manager, network, make_member, other_organisation, administrator, make_mentor, client_for, name
):
    lead = make_member("Sunniva Aldershaw", is_safeguarding_lead=True)
    for other in (administrator, lead, make_mentor("Petra Vance").member):
        assert client_for(other).get(page(name)).status_code == 403
    stranger = make_member("Odalys Renner", organisation=other_organisation)
    assert client_for(stranger).get(page(name)).status_code == 404
    elsewhere = Programme.objects.create(organisation=network.organisation, name="Not theirs")
    Cohort.objects.create(organisation=network.organisation, programme=elsewhere, name="Not theirs")
    client = client_for(manager)
    assert client.get(page(name, programme=elsewhere.pk)).status_code == 404
    assert client.get(page(name, programme=network.programme.pk)).status_code == 200
    assert client.get(page(name, programme="x")).status_code == 404


@pytest.mark.parametrize(("name", "most"), list(zip(PAGES, [28, 10, 11, 10, 14, 9], strict=True)))
def test_the_database_is_asked_as_often_for_many_as_for_few(
    manager, make_mentor, make_mentee, ask, pair_up, client_for, django_assert_max_num_queries, name, most
):
    mentors = [make_mentor(f"Mentor {number}", capacity=4) for number in range(4)]
    for number in range(12):
        ask(make_mentee(f"Asking {number}"), mentors[number % 4])
        pair_up(make_mentee(f"Paired {number}"), mentors[number % 4])
    full = make_mentor("Yusra Haddarine", capacity=0)
    for number in range(5):
        join_waiting_list(make_mentee(f"Waiting {number}"), full)
    Member.objects.update(photo_version=1)
    client = client_for(manager)
    with django_assert_max_num_queries(most):
        assert client.get(page(name)).status_code == 200
