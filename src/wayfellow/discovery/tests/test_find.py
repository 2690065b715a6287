import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.discovery.queries import Wanted, find, read_reader
from wayfellow.relationships.actions import send_offer
from wayfellow.safety.models import Block
from wayfellow.search.actions import touch

pytestmark = pytest.mark.django_db


def names(member, **wanted):
    reader = read_reader(member, now=clock.now())
    return [candidate.hit.name for candidate in find(reader, Wanted(**wanted)).found]


def chosen(**facets):
    return {name: frozenset(values) for name, values in facets.items()}


def test_best_fit_comes_first(seeker, make_mentor):
    make_mentor("Leif Holmqvarn", skills={"Writing briefs": 4})
    make_mentor("Inês Tavaredo", skills={"Writing briefs": 4, "Discovery interviews": 4})
    make_mentor("Zoe Nobody")
    assert names(seeker) == ["Inês Tavaredo", "Leif Holmqvarn", "Zoe Nobody"]


def test_search_finds_skills_synonyms_titles_and_names(seeker, make_mentor, skill):
    skill("Roadmaps of things", synonyms=["Planning quarters"])
    make_mentor("Inês Tavaredo", skills={"Roadmaps of things": 4}, job_title="Product manager")
    for text in ("ines", "prod man", "roadm", "planning quart", "produkt managr"):
        assert names(seeker, text=text) == ["Inês Tavaredo"], text
    assert names(seeker, text="plumbing") == []


def test_oneself_blocked_people_left_people_and_other_organisations_are_not_found(
    seeker, make_mentor, make_member, other_organisation, enrol
):
    from wayfellow.programmes.models import Cohort, Enrolment, Programme

    blocked, blocker = make_mentor("Leif Holmqvarn"), make_mentor("Yusra Haddarine")
    left = make_mentor("Benedikt Auersloh")
    Block.objects.create(organisation=seeker.organisation, blocker=seeker, blocked=blocked.member)
    Block.objects.create(organisation=seeker.organisation, blocker=blocker.member, blocked=seeker)
    left.member.state = "left"
    left.member.save()
    Enrolment.objects.filter(member=seeker).update(is_mentor=True, capacity=1)
    touch(seeker)
    programme = Programme.objects.create(organisation=other_organisation, name="Theirs", is_open_network=True)
    cohort = Cohort.objects.create(organisation=other_organisation, programme=programme, name="Theirs")
    stranger = make_member("Other Person", organisation=other_organisation)
    enrol(stranger, mentor=True, cohort=cohort)
    touch(stranger)
    assert names(seeker) == []
    assert names(stranger) == []


def test_places_and_leave_are_read_live(seeker, make_mentor):
    ines = make_mentor("Inês Tavaredo")
    assert names(seeker, chosen=chosen(help=["free"])) == ["Inês Tavaredo"]
    ines.capacity, ines.places_taken = 1, 1
    ines.save()
    assert names(seeker, chosen=chosen(help=["free"])) == []
    assert names(seeker, chosen=chosen(help=["waitlist"])) == ["Inês Tavaredo"]
    ines.away_until = clock.now().date().replace(year=clock.now().year + 1)
    ines.save()
    assert names(seeker, chosen=chosen(help=["away"])) == ["Inês Tavaredo"]


def test_shared_hours_are_mine(seeker, make_mentor):
    make_mentor("Inês Tavaredo")
    make_mentor("Leif Holmqvarn", availability=[{"weekday": 0, "start": 540, "end": 720}])
    assert names(seeker, chosen=chosen(time=["1"])) == ["Inês Tavaredo"]


def test_facets_and_line(seeker, make_mentor):
    make_mentor("Inês Tavaredo", department="Field operations", languages=["pt"], profile={"seniority": 4})
    make_mentor("Leif Holmqvarn", department="Grid planning", languages=["no"], profile={"function": "design"})
    assert names(seeker, chosen=chosen(line=["same"])) == ["Inês Tavaredo"]
    assert names(seeker, chosen=chosen(language=["no"])) == ["Leif Holmqvarn"]
    assert names(seeker, chosen=chosen(seniority=["4"])) == ["Inês Tavaredo"]
    assert names(seeker, chosen=chosen(function=["design"])) == ["Leif Holmqvarn"]
    assert names(seeker, chosen=chosen(department=["Grid planning"], language=["pt"])) == []


def test_orders(seeker, make_mentor):
    make_mentor("Zoe Abara", skills={"Writing briefs": 5})
    make_mentor("Inês Tavaredo", availability=[])
    assert names(seeker, sort="name") == ["Inês Tavaredo", "Zoe Abara"]
    assert names(seeker, sort="soonest") == ["Zoe Abara", "Inês Tavaredo"]
    assert names(seeker, sort="reply") == ["Inês Tavaredo", "Zoe Abara"]
    assert names(seeker, sort="nonsense") == ["Zoe Abara", "Inês Tavaredo"]


def test_the_page_shows_cards_with_reasons_and_facts(seeker, make_mentor, client_for):
    make_mentor(
        "Inês Tavaredo", skills={"Writing briefs": 4, "Discovery interviews": 5}, job_title="Head of product",
        department="Customer tools", location="Lisbon",
    )  # fmt: skip
    page = client_for(seeker).get(reverse("find", args=["larkmoor"])).content.decode()
    assert page.count("<h1") == 1
    assert "Move into product management" in page
    assert "1 person in the open network offers what it asks for" in page
    assert "Head of product, Customer tools · Lisbon" in page
    assert "Strong in 2 skills your goal names" in page
    assert "Speaks English and Portuguese, as you do" in page
    assert "Free Thursdays 21:00–00:00 your time" in page
    assert "Too few to say" in page
    assert "2 of 2 free" in page
    assert "1 hour, once a month" in page
    assert "Has not mentored here before." in page


def test_typing_errors_are_said(seeker, make_mentor, client_for):
    make_mentor("Inês Tavaredo", job_title="Product manager")
    page = client_for(seeker).get(reverse("find", args=["larkmoor"]), {"q": "produkt managr"}).content.decode()
    assert "Showing results for <b>product manager</b>" in page
    assert "Inês Tavaredo" in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00%22*NEAR(&skill=abc&skill=999999999999999999999&language=%00&time=9&page=-4&sort=%27&goal=x",
        "q=" + "a" * 5000,
        "page=9999&skill=²&goal=99999999999999999999",
        "language=<script>alert(1)</script>&q=<b>x</b>",
        "q=!!!",
    ],
)
def test_no_address_breaks_the_page(seeker, make_mentor, client_for, query):
    make_mentor("Inês Tavaredo")
    response = client_for(seeker).get(reverse("find", args=["larkmoor"]) + "?" + query)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_no_match_says_what_to_let_go_of(seeker, make_mentor, client_for):
    make_mentor("Inês Tavaredo", languages=["pt"])
    page = client_for(seeker).get(reverse("find", args=["larkmoor"]), {"language": "ar", "q": "ines"}).content.decode()
    assert "Nobody fits all of this" in page
    assert "Without “Language”" in page
    assert "Without the words “ines”" in page


def test_nobody_at_all(seeker, client_for):
    page = client_for(seeker).get(reverse("find", args=["larkmoor"])).content.decode()
    assert "Nobody offers to mentor yet" in page


def test_queries_do_not_grow_with_people(seeker, make_mentor, client_for, django_assert_max_num_queries):
    for number in range(25):
        make_mentor(f"Person {number:02}", skills={"Writing briefs": 3}, limits={"capacity": number % 2})
    client = client_for(seeker)
    with django_assert_max_num_queries(28):
        client.get(reverse("find", args=["larkmoor"]), {"q": "persn", "sort": "reply"})


def test_reply_times_are_read_once(seeker, make_mentor, client_for, django_assert_max_num_queries):
    for number in range(3):
        make_mentor(f"Person {number:02}")
    client, url = client_for(seeker), reverse("find", args=["larkmoor"])
    for order in ("name", "reply"):
        with django_assert_max_num_queries(28) as read:
            assert b"Person 02" in client.get(url, {"sort": order}).content
        asked = [query["sql"] for query in read.captured_queries if '"asked_at"' in query["sql"]]
        assert len(asked) == 1, (order, asked)


def test_a_guest_finds_only_mentors_of_what_they_were_invited_to(make_member, make_mentor, enrol, client_for):
    make_mentor("Inês Tavaredo")
    guest = make_member("Guest Person", is_guest=True)
    assert names(guest) == []
    enrol(guest)
    assert names(guest) == ["Inês Tavaredo"]


def test_signed_out_people_are_sent_to_sign_in(client, organisation):
    assert client.get(reverse("find", args=["larkmoor"])).status_code == 302


def test_who_has_made_an_offer_is_answered_not_asked(seeker, make_mentor, client_for):
    mentor = make_mentor("Rafael Ombrado", skills={"Writing briefs": 4})
    mine = seeker.enrolments.get()
    mine.allows_offers = True
    mine.save()
    offer = send_offer(mentor, mine, why_you="I read your page on the outage map and saw a brief in it.")
    page = client_for(seeker).get(reverse("find", args=["larkmoor"])).content.decode()
    assert "Has made you an offer" in page and "Answer Rafael" in page and "You have asked" not in page
    assert reverse("answer", args=["larkmoor", offer.pk]) in page


def test_the_address_of_a_search_does_not_tell_what_another_organisation_calls_its_skills(
    seeker, make_mentor, client_for, other_organisation
):
    from wayfellow.skills.models import Skill

    make_mentor("Inês Tavaredo", skills={"Writing briefs": 4})
    theirs = Skill.objects.create(
        key="own-x", name="Secret reactors", family="leading", organisation=other_organisation
    )
    page = client_for(seeker).get(reverse("find", args=["larkmoor"]), {"skill": theirs.pk}).content.decode()
    assert "Secret reactors" not in page
    assert "A skill that is not here any more" in page
