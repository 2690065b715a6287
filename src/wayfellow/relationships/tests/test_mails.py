"""Every notice has a mail whose two versions say the same, and a sentence for the inbox."""

import pytest
from django.utils.module_loading import import_string

from wayfellow.core.registry import contributions
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.models import Mail, Notice
from wayfellow.people.models import Member
from wayfellow.relationships import actions
from wayfellow.relationships.actions import (
    answer_question,
    ask_question,
    close_after_leaving,
    decline_request,
    end_relationship,
    join_waiting_list,
    lapse_waiting_offers,
    remind_and_expire_requests,
    send_offer,
    stop_mentoring,
    suggest_colleague,
    withdraw_request,
)
from wayfellow.relationships.apps import RelationshipsConfig
from wayfellow.relationships.tests.conftest import WHY, days, fill_in, join


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def everything(make_mentor, make_mentee, ask, pair_up, now):
    """A little of everything that can be told."""
    inês, yusra = make_mentor("Inês Tavaredo", capacity=1), make_mentor("Yusra Haddarine", capacity=5)
    amara, rafael = make_mentee("Amara Oyelunde", allows_offers=True), make_mentee("Rafael Ombrado")
    relationship = pair_up(amara, inês)
    join_waiting_list(rafael, inês)
    end_relationship(amara.member, relationship, goodbye="Thank you for our talks.")
    run_pending()
    lapse_waiting_offers(now=now + days(4))
    request = ask(amara, yusra)
    ask_question(yusra.member, request, text="Which brief is it?")
    run_pending()
    answer_question(amara.member, request, text="The one on outages.")
    remind_and_expire_requests(now=now + days(3))
    run_pending()
    decline_request(yusra.member, request, words="Not this month, with thanks.")
    suggest_colleague(yusra.member, ask(amara, yusra), colleague=inês)
    withdraw_request(amara.member, ask(amara, yusra))
    send_offer(yusra, amara, why_you=WHY)
    remind_and_expire_requests(now=now + days(8))
    run_pending()
    ask(amara, yusra)
    stop_mentoring(yusra.member, yusra)
    zofia = make_mentor("Zofia Wilk")
    pair_up(amara, zofia)
    ask(rafael, zofia)
    run_pending()
    Member.objects.filter(pk=zofia.member_id).update(state=Member.State.LEFT)
    close_after_leaving(zofia.member)
    run_pending()


@pytest.fixture
def together(everything, make_mentor, make_mentee, pair_up, manager, now):
    """What people who work together are told: agreeing, pausing, looking back, joining, leaving, the end."""
    mentee, mentor = make_mentee("Davit Ono"), make_mentor("Petra Moor", capacity=3)
    relationship, later = pair_up(mentee, mentor), now + days(60)
    one, other = mentee.member, mentor.member
    fill_in(one, relationship, agenda="Me.", review_on=later.date().isoformat())
    fill_in(other, relationship, agenda="You.", review_on=later.date().isoformat())
    proposal = actions.propose_clause(one, relationship, clause="agenda", values={"agenda": "We both."})
    actions.agree_to_clause(other, relationship, proposal=proposal.pk)
    for somebody in (one, other):
        actions.sign_agreement(somebody, relationship, number=2)
    actions.change_agreement(one, relationship, clause="agenda", values={"agenda": "Me."})
    actions.drop_change(other, relationship, number=3)
    run_pending()
    actions.pause_relationship(one, relationship, until=(now + days(30)).date())
    actions.resume_relationships(now=now + days(25))
    actions.resume_relationships(now=now + days(31))
    actions.open_due_reviews(now=now + days(61))
    review = relationship.reviews.get()
    for somebody in (one, other):
        actions.fill_in_review(somebody, review, verdicts={})
    run_pending()
    word = actions.ask_quiet_word(one, pair_up(mentee, make_mentor("Leif Holm")), wants="out", to="programme")
    actions.take_up_quiet_word(manager, word)
    actions.release_from_relationship(manager, word)
    run_pending()
    for name, role, make in (("Jonas Moos", "mentee", make_mentee), ("Noor Eddine", "mentor", make_mentor)):
        joined = make(name)
        join(relationship, joined, role, by=other)
    refused = actions.invite_to_relationship(one, relationship, enrolment=make_mentee("Pia Querolt"), role="mentee")
    actions.decline_joining(other, refused)
    actions.leave_relationship(joined.member, relationship, goodbye="Thank you all.")
    run_pending()
    relationship.refresh_from_db()
    last = (relationship.ends_on - relationship.organisation.today(now)).days
    actions.complete_relationships(now=now + days(last - 5))
    actions.complete_relationships(now=now + days(last))
    run_pending()


def test_each_kind_is_told_and_mailed(together):
    kinds = {notice.kind for notice in RelationshipsConfig.notices}
    assert set(Notice.objects.values_list("kind", flat=True)) == kinds
    sentences = {entry.kind: import_string(entry.text) for entry in contributions("notices")}
    for notice in Notice.objects.all():
        sentence = str(sentences[notice.kind](notice))
        assert "%(" not in sentence
        assert sentence.endswith(".")
    assert Mail.objects.count() >= len(kinds)
    for mail in Mail.objects.all():
        assert mail.state == Mail.State.KEPT, mail.subject
        assert mail.subject
        for text in (mail.text, mail.html):
            assert "{{" not in text
            assert "None" not in text
            for word in ("declined", "rejected", "!\n", "at risk"):
                assert word not in text.lower(), mail.subject
        assert all(len(line) <= 72 for line in mail.text.split("\n") if "http" not in line), mail.text
        assert mail.html.count("<h1") == 1


def test_words_of_a_request_are_in_both_versions(mentee, mentor, ask):
    request = ask(mentee, mentor)
    run_pending()
    mail = Mail.objects.get()
    assert mail.subject == "Amara Oyelunde asks you to mentor them"
    for words in ("analysis to product", "1 hour, once a month", "Move to associate product manager", "2 of 2 places"):
        assert words in " ".join(mail.text.split()), words
        assert words in mail.html, words
    assert mail.text.count("/a/") == 2
    assert f"/requests/{request.pk}/" in mail.text


def test_a_request_says_who_asks_and_for_how_long(mentee, mentor, ask):
    mentee.member.department, mentee.member.location = "Grid operations", "Nairobi"
    mentee.member.save()
    ask(mentee, mentor)
    run_pending()
    mail = Mail.objects.get()
    for said in (mail.text, mail.html):
        assert "Data analyst, Grid operations · Nairobi" in said
        assert "How long" in said and "6 months" in said
