from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.discovery.actions import dismiss_mentor
from wayfellow.discovery.queries import cards, read_reader, recommendations
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import MentoringRequest, Participant, Relationship

pytestmark = pytest.mark.django_db

BRIEFS = {"Writing briefs": 4}


def names(member):
    return [candidate.hit.name for candidate in recommendations(read_reader(member, now=clock.now()))]


def card_of(member, name):
    reader = read_reader(member, now=clock.now())
    [card] = [card for card in cards(reader, recommendations(reader)) if card.mentor.full_name == name]
    return card


def ask(member, mentor, **fields):
    now = clock.now()
    mentee = Enrolment.objects.get(member=member)
    defaults = {"state": "pending", "awaiting": "mentor", "awaiting_since": now, "expires_at": now + timedelta(days=7)}
    return MentoringRequest.objects.create(
        organisation=member.organisation,
        cohort=mentor.cohort,
        mentee=mentee,
        mentor=mentor,
        sent_at=now,
        **{**defaults, **fields},
    )


def work_together(member, mentor, **fields):
    relationship = Relationship.objects.create(
        organisation=member.organisation, cohort=mentor.cohort, opened_at=clock.now(), **fields
    )
    for enrolment, role in ((mentor, "mentor"), (Enrolment.objects.get(member=member), "mentee")):
        Participant.objects.create(
            organisation=member.organisation, relationship=relationship, enrolment=enrolment, role=role
        )


def test_at_most_ten_the_best_first_and_the_same_every_time(seeker, make_mentor):
    make_mentor("Best Person", skills={"Writing briefs": 4, "Discovery interviews": 4})
    for number in range(12):
        make_mentor(f"Person {number:02}", skills=BRIEFS)
    first = names(seeker)
    assert len(first) == 10
    assert first == ["Best Person", *(f"Person {number:02}" for number in range(9))]
    assert names(seeker) == first


def test_left_out_are_the_dismissed_the_asked_the_own_line_and_those_without_the_skill(
    seeker, make_mentor, make_member
):
    make_mentor("Fits Well", skills=BRIEFS)
    make_mentor("No Skill")
    dismiss_mentor(seeker, make_mentor("Set Aside", skills=BRIEFS))
    ask(seeker, make_mentor("Asked Already", skills=BRIEFS))
    work_together(seeker, make_mentor("Works Together", skills=BRIEFS))
    boss, top = make_mentor("Direct Boss", skills=BRIEFS), make_mentor("Top Boss", skills=BRIEFS)
    make_mentor("Reports Here", skills=BRIEFS, manager=seeker)
    boss.member.manager = top.member
    boss.member.save()
    top.member.manager = boss.member
    top.member.save()
    seeker.manager = boss.member
    seeker.save()
    make_mentor("Away Person", skills=BRIEFS, limits={"away_until": clock.now().date() + timedelta(days=9)})
    assert names(seeker) == ["Fits Well"]


def test_reasons_are_drawn_from_data(seeker, make_mentor, make_member, enrol):
    mentor = make_mentor("Inês Tavaredo", skills={"Writing briefs": 4, "Discovery interviews": 2}, department="Tools")
    other = make_member("Earlier Mentee")
    enrol(other)
    work_together(other, mentor, state="ended_early", ended_at=clock.now())
    card = card_of(seeker, "Inês Tavaredo")
    assert [str(reason) for reason in card.reasons.why] == [
        "Has mentored 1 person here",
        "Strong in a skill your goal names: <b>Writing briefs (level 4)</b>",
        "Some way ahead of you in <b>Discovery interviews (level 2)</b>",
        "Speaks English and Portuguese, as you do",
    ]
    assert card.reasons.but == "Works in Tools, so you would explain your side."


@pytest.mark.parametrize(
    ("fields", "but"),
    [
        ({"languages": ["no"]}, "Names no language that you name, only Norwegian."),
        ({"availability": [{"weekday": 0, "start": 540, "end": 720}]}, "You share no free hour in the week."),
        ({"availability": [{"weekday": 3, "start": 1080, "end": 1140}]}, "You share only one hour a week."),
        ({"availability": []}, "Has not said when they are free."),
        ({"limits": {"capacity": 1, "places_taken": 1}}, "All places are taken, so Inês cannot be asked now."),
        ({}, "Has not mentored here before."),
    ],
)
def test_one_honest_but(seeker, make_mentor, fields, but):
    make_mentor("Inês Tavaredo", skills=BRIEFS, **fields)
    assert card_of(seeker, "Inês Tavaredo").reasons.but == but


def test_names_from_data_are_escaped(seeker, make_mentor, skill, client_for):
    skill("Writing briefs")
    from wayfellow.skills.models import Skill

    Skill.objects.filter(name="Writing briefs").update(name="<script>alert(1)</script>")
    mentor = make_mentor("<b>Inês</b> Tavaredo")
    from wayfellow.search.actions import touch
    from wayfellow.skills.models import MemberSkill

    MemberSkill.objects.create(
        organisation=seeker.organisation, member=mentor.member, skill=Skill.objects.get(name__startswith="<s"), level=5
    )
    touch(mentor.member)
    page = client_for(seeker).get(reverse("recommendations", args=["larkmoor"])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; (level 5)" in page


def test_a_full_mentor_shows_line_and_wait_instead(seeker, make_mentor, client_for):
    make_mentor("Yusra Haddarine", skills=BRIEFS, limits={"capacity": 1, "places_taken": 1})
    labels = {str(fact.label): str(fact.value) for fact in card_of(seeker, "Yusra Haddarine").facts}
    assert labels["You would be"] == "Number 1"
    assert labels["Expected wait"] == "Too few to say"
    assert labels["Places"] == "0 of 1 free"


def test_much_asked_people_come_a_little_later(seeker, make_mentor, make_member, enrol):
    busy = make_mentor("Busy Person", skills=BRIEFS, limits={"capacity": 8})
    make_mentor("Calm Person", skills=BRIEFS, limits={"capacity": 8})
    assert names(seeker)[0] == "Busy Person"
    for number in range(6):
        asker = make_member(f"Asker {number}")
        enrol(asker)
        ask(asker, busy, state="withdrawn", awaiting="")
    assert names(seeker) == ["Calm Person", "Busy Person"]


def test_the_page_without_a_goal_or_anybody(make_member, client_for, network):
    page = client_for(make_member("Leif Holmqvarn")).get(reverse("recommendations", args=["larkmoor"])).content.decode()
    assert "Write your goal" in page
    assert "Nobody to suggest just now" in page
    assert page.count("<h1") == 1


def test_another_persons_goal_is_not_looked_for(seeker, make_member, make_mentor, client_for):
    other = make_member("Leif Holmqvarn")
    goal = seeker.goals.get()
    page = client_for(other).get(reverse("find", args=["larkmoor"]), {"goal": goal.pk}).content.decode()
    assert "Move into product management" not in page


def test_who_waits_sees_the_place_and_people_alike_with_room(seeker, make_mentor, client_for):
    from wayfellow.relationships.models import WaitingEntry

    full = make_mentor("Yusra Haddarine", skills=BRIEFS, limits={"capacity": 1, "places_taken": 1})
    make_mentor("Inês Tavaredo", skills=BRIEFS)
    client = client_for(seeker)
    url = reverse("find", args=["larkmoor"])
    assert "Wait for Yusra" in client.get(url).content.decode()
    WaitingEntry.objects.create(
        organisation=seeker.organisation,
        mentor=full,
        mentee=Enrolment.objects.get(member=seeker),
        joined_at=clock.now(),
    )
    page = client.get(url).content.decode()
    assert "You are in line" in page
    assert "See your place in line" in page
    assert "Wait for Yusra" not in page
    alike = client.get(url, {"help": "free", "skill": list(full.member.skills.values_list("skill", flat=True))})
    assert "Yusra" not in alike.content.decode()
    assert "Inês Tavaredo" in alike.content.decode()


def test_a_kept_place_can_be_asked_for(seeker, make_mentor, client_for):
    from wayfellow.relationships.models import WaitingEntry

    mentor = make_mentor("Yusra Haddarine", skills=BRIEFS, limits={"capacity": 1, "places_held": 1})
    WaitingEntry.objects.create(
        organisation=seeker.organisation,
        mentor=mentor,
        mentee=Enrolment.objects.get(member=seeker),
        state="offered",
        joined_at=clock.now(),
    )
    page = client_for(seeker).get(reverse("find", args=["larkmoor"])).content.decode()
    assert "A place is kept for you" in page
    assert "Ask Yusra" in page


def test_what_was_asked_or_agreed_leads_on(seeker, make_mentor, client_for):
    request = ask(seeker, make_mentor("Asked Already", skills=BRIEFS))
    work_together(seeker, make_mentor("Works Together", skills=BRIEFS))
    page = client_for(seeker).get(reverse("find", args=["larkmoor"])).content.decode()
    assert reverse("answer", args=["larkmoor", request.pk]) in page
    assert "You work together" in page
    assert "Ask Works" not in page
    assert "Ask Asked" not in page
