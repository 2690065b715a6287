"""The safeguarding desk: take up, answer, close; the person who raised it reads and adds."""

import pytest
from django.urls import reverse

from wayfellow.audit.models import Event
from wayfellow.core.errors import Refused
from wayfellow.notifications.composing import compose_notice
from wayfellow.notifications.models import Notice
from wayfellow.people.actions.accounts import forget_member, take_data_away
from wayfellow.safety import actions
from wayfellow.safety.models import Concern, ConcernMessage

pytestmark = pytest.mark.django_db
WORDS = "Leif Holmqvarn kept calling me at night"


@pytest.fixture
def concern(amara, leif, lead):
    return actions.report_concern(amara, text=WORDS, about=leif)


def at(verb, concern):
    return reverse(verb, args=["larkmoor", concern.pk])


def test_taking_it_up_tells_the_person_once(concern, amara, lead, second_lead, told):
    actions.take_up_concern(lead, concern)
    concern.refresh_from_db()
    assert (concern.state, concern.handled_by) == ("seen", lead)
    with pytest.raises(Refused) as refused:
        actions.take_up_concern(lead, concern)
    assert refused.value.code == "already_yours"
    actions.take_up_concern(second_lead, concern)
    assert told(amara) == ["concern_answered"]
    assert Event.objects.filter(verb="concern_taken_up").count() == 2


def test_an_answer_reaches_the_person_and_no_mail_says_it(concern, amara, lead, client_for):
    client = client_for(lead)
    page = client.post(at("concern", concern), {"answer-text": "Thank you for telling us."}, follow=True)
    assert "Thank you for telling us." in page.content.decode()
    mail = compose_notice(Notice.objects.get(member=amara), links={"page": "/there"})
    assert "Thank you" not in mail.text + mail.html and "Leif" not in mail.text + mail.html
    mine = client_for(amara).get(at("my_concern", concern)).content.decode()
    assert "Thank you for telling us." in mine and "Sunniva Aldershaw" in mine
    concern.refresh_from_db()
    assert concern.state == "seen"


def test_an_empty_answer_is_shown_beside_the_field(concern, lead, client_for):
    response = client_for(lead).post(at("concern", concern), {"answer-text": " "})
    assert response.status_code == 422
    assert "Write something here" in response.content.decode()


def test_closing_with_a_last_word_and_opening_again(concern, amara, lead, client_for, told):
    client_for(lead).post(at("close_concern", concern), {"closing-text": "We spoke to him."})
    concern.refresh_from_db()
    assert concern.is_closed and concern.closed_at
    with pytest.raises(Refused) as refused:
        actions.close_concern(lead, concern)
    assert refused.value.code == "already_closed"
    page = client_for(amara).post(at("my_concern", concern), {"text": "It went on."}, follow=True).content.decode()
    assert "We spoke to him." in page and "It went on." in page
    concern.refresh_from_db()
    assert (concern.state, concern.closed_at) == ("new", None)
    assert told(lead) == ["concern_raised", "concern_added"]


def test_only_a_lead_may(concern, amara, leif, administrator, manager, client_for):
    for other in (amara, leif, administrator, manager):
        client = client_for(other)
        assert client.get(reverse("concerns", args=["larkmoor"])).status_code == 403
        assert client.get(at("concern", concern)).status_code == 403
        assert client.post(at("take_up_concern", concern)).status_code == 403
        with pytest.raises(Refused) as refused:
            actions.close_concern(other, concern)
        assert refused.value.code == "not_your_desk"
    for other in (leif, administrator, manager):
        assert client_for(other).get(at("my_concern", concern)).status_code == 404
        with pytest.raises(Refused):
            actions.add_to_concern(other, concern, text="Me too")


def test_the_desk_searches_and_pages(concern, amara, lead, client_for, django_assert_max_num_queries):
    for number in range(25):
        actions.report_concern(amara, text=f"Something else, number {number}")
    client = client_for(lead)
    url = reverse("concerns", args=["larkmoor"])
    with django_assert_max_num_queries(13):
        page = client.get(url).content.decode()
    assert "Showing 1–20 of 26" in page
    found = client.get(url, {"q": "holmqvarn night"}).content.decode()
    assert "Showing 1–1 of 1" in found and "About Leif Holmqvarn" in found
    assert "No reports here" in client.get(url, {"tab": "closed"}).content.decode()
    assert client.get(url, {"tab": "nonsense", "q": "\0" + "x" * 900, "page": "zero"}).status_code == 200


def test_who_raised_it_is_forgotten_and_the_report_stays(concern, amara, lead):
    actions.add_to_concern(amara, concern, text="I, amara oyelunde, say so.")
    assert WORDS.encode() in take_data_away_text(amara)
    forget_member(amara)
    concern.refresh_from_db()
    assert concern.raised_by is None and concern.text == WORDS
    assert ConcernMessage.objects.get().text == "I, —, say so."
    with pytest.raises(Refused) as refused:
        actions.reply_to_concern(lead, concern, text="Thank you")
    assert refused.value.code == "nobody_to_tell"
    actions.close_concern(lead, concern)


def test_whom_it_is_about_is_forgotten_and_not_told(concern, leif):
    assert WORDS.encode() not in take_data_away_text(leif)
    forget_member(leif)
    concern.refresh_from_db()
    assert (concern.about, concern.text) == (None, "— kept calling me at night")


def take_data_away_text(member):
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(take_data_away(member))) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_report_stays_out_of_the_queries_of_those_it_is_hidden_from(concern, lead, second_lead):
    concern.kept_from.add(second_lead)
    assert list(Concern.objects.visible_to(lead)) == [concern]
    assert not Concern.objects.visible_to(second_lead).exists()
    assert not ConcernMessage.objects.visible_to(second_lead).exists()


def test_who_is_no_lead_any_more_cannot_though_their_page_was_open(concern, lead, make_member):
    type(lead).objects.filter(pk=lead.pk).update(is_safeguarding_lead=False)
    assert lead.is_safeguarding_lead
    with pytest.raises(Refused) as refused:
        actions.take_up_concern(lead, concern)
    assert refused.value.code == "not_your_desk"
