"""Each fills in their own side first, and nobody reads it before all have, or one shows it."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.relationships.actions import end_relationship, fill_in_agreement, show_answers
from wayfellow.relationships.models import Agreement, AgreementAnswers, AgreementVersion
from wayfellow.relationships.tests.conftest import fill_in
from wayfellow.safety.actions import block_member


def read_by(member):
    return AgreementAnswers.objects.visible_to(member).count()


def test_a_side_is_its_writers_until_both_are_in(mentee, mentor, pair_up, told, events, stranger):
    relationship = pair_up(mentee, mentor)
    fill_in(mentee.member, relationship)
    assert (read_by(mentee.member), read_by(mentor.member)) == (1, 0)
    assert told(mentor.member)[-1] == "agreement_filled_in"
    assert not AgreementVersion.objects.exists()
    fill_in(mentor.member, relationship)
    assert (read_by(mentee.member), read_by(mentor.member), read_by(stranger)) == (2, 2, 0)
    assert told(mentee.member)[-1] == "agreement_compared"
    assert events()[-1] == "agreement_filled_in"


def test_a_draft_counts_for_nothing(mentee, mentor, pair_up, told):
    relationship = pair_up(mentee, mentor)
    fill_in(mentor.member, relationship)
    fill_in_agreement(mentee.member, relationship, values={"purpose": "A draft"}, done=False)
    assert read_by(mentor.member) == 1
    assert not AgreementVersion.objects.exists()


def test_what_both_say_alike_is_in_the_text(mentee, mentor, pair_up):
    relationship = pair_up(mentee, mentor)
    fill_in(mentee.member, relationship, brings="News from the field", agenda="The mentee,  two days before we meet")
    fill_in(mentor.member, relationship, brings="Two years as a lead", every_weeks=2, purpose="")
    version = AgreementVersion.objects.get()
    assert version.values["purpose"] == "Ready to lead a crew"
    assert "every_weeks" not in version.values
    assert sorted(version.values["brings"].values()) == ["News from the field", "Two years as a lead"]
    assert version.values["feedback"] is None  # as the template has it, in whatever language one reads it


def test_the_templates_words_are_the_same_in_every_language(mentee, mentor, pair_up):
    from django.utils.translation import override

    from wayfellow.relationships.clauses import text_of

    relationship = pair_up(mentee, mentor)
    for one, language in ((mentee, "en"), (mentor, "de")):
        with override(language):
            fill_in(one.member, relationship, feedback=text_of("one_to_one", "feedback"))
    assert AgreementVersion.objects.get().values["feedback"] is None


def test_show_answers_before_the_others_are_in(mentee, mentor, pair_up, events):
    relationship = pair_up(mentee, mentor)
    with pytest.raises(Refused) as refused:
        show_answers(mentee.member, relationship)
    assert refused.value.code == "nothing_to_show"
    fill_in(mentee.member, relationship)
    show_answers(mentee.member, relationship)
    assert read_by(mentor.member) == 1
    assert events()[-1] == "agreement_answers_shown"
    with pytest.raises(Refused) as refused:
        fill_in(mentee.member, relationship)
    assert refused.value.code == "answers_shown"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"purpose": "x" * 1001}, "purpose"),
        ({"every_weeks": 0.5}, "every_weeks"),
        ({"minutes": 5}, "minutes"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"ends_on": "2999-01-01"}, "ends_on"),
        ({"ends_on": "2027-02-01", "review_on": "2027-03-01"}, "review_on"),
    ],
)
def test_bad_input(mentee, mentor, pair_up, values, field):
    relationship = pair_up(mentee, mentor)
    with pytest.raises(InvalidInput) as invalid:
        fill_in_agreement(mentee.member, relationship, values=values)
    assert invalid.value.field == field
    assert not Agreement.objects.exists()
    with pytest.raises(InvalidInput):
        fill_in_agreement(mentee.member, relationship, values={}, template="nonsense")
    with pytest.raises(TypeError):
        fill_in_agreement(mentee.member, relationship, values={"salary": "much"})


def test_who_may_not(mentee, mentor, pair_up, stranger, foreigner):
    relationship = pair_up(mentee, mentor)
    for somebody in (stranger, foreigner):
        with pytest.raises(Refused) as refused:
            fill_in(somebody, relationship)
        assert refused.value.code == "not_yours"
    block_member(mentor.member, mentee.member)
    for one in (mentee, mentor):
        with pytest.raises(Refused) as refused:
            fill_in(one.member, relationship)
        assert refused.value.code == "not_just_now"
        assert "block" not in str(refused.value).lower()
    end_relationship(mentee.member, relationship, goodbye="Thank you.")
    with pytest.raises(Refused) as refused:
        fill_in(mentee.member, relationship)
    assert refused.value.code == "already_ended"


def test_pages(client_for, mentee, mentor, pair_up, stranger):
    relationship = pair_up(mentee, mentor)
    page = reverse("agreement", args=["larkmoor", relationship.pk])
    address = reverse("fill_in_agreement", args=["larkmoor", relationship.pk])
    client = client_for(mentee.member)
    assert "Fill in my side" in client.get(page).content.decode()
    form = client.get(address).content.decode()
    assert "Three lines: tried, learned, stuck." in form
    assert "Move to associate product manager" in form
    assert '<option value="4" selected>Once a month</option>' in form
    peer = client.get(address, {"template": "peer"}).content.decode()
    assert "Half of the time is yours" in peer
    bad = client.post(address, {"purpose": "x" * 1001, "ends_on": "soon"})
    assert bad.status_code == 422 and "Write a date like" in bad.content.decode()
    kept = client.post(address, {"purpose": "A draft of mine", "later": "1"}, follow=True).content.decode()
    assert "Kept. Only you read it." in kept
    assert "A draft of mine" in client.get(address).content.decode()
    theirs = client_for(mentor.member).get(page).content.decode()
    assert "A draft of mine" not in theirs
    client.post(address, {"purpose": "<b>Ready</b>"})
    client_for(mentor.member).post(address, {"purpose": "Ready", "template": "one_to_one"})
    both = client.get(page).content.decode()
    assert "&lt;b&gt;Ready&lt;/b&gt;" in both and "<b>Ready</b>" not in both
    assert client.get(address, follow=True).redirect_chain
    for url in (page, address):
        assert client_for(stranger).get(url).status_code == 404


def test_the_page_asks_the_same_number_of_queries_for_many_versions(
    client_for, mentee, signed, django_assert_max_num_queries
):
    from wayfellow.relationships.actions import change_agreement

    relationship = signed()
    for n in range(12):
        change_agreement(mentee.member, relationship, clause="purpose", values={"purpose": f"Number {n}"})
    client = client_for(mentee.member)
    with django_assert_max_num_queries(32):
        client.get(reverse("agreement", args=["larkmoor", relationship.pk]))
