"""Fewer questions, more of them, and one's own answers."""

from django.urls import reverse

from wayfellow.surveys.actions import answer_survey, ask_pulses
from wayfellow.surveys.models import SurveyChoice, SurveyInvitation


def test_stop_and_take_up_again(together, amara, ines, client_for):
    found = together(amara, ines)
    client, address = client_for(amara), reverse("choose_surveys", args=["larkmoor", found.pk])
    page = client.post(address, {"stop": "1", "after_meetings": "on"}, follow=True).content.decode()
    assert "You stopped these questions." in page
    choice = SurveyChoice.objects.get()
    assert (choice.member, choice.stopped, choice.after_meetings) == (amara, True, False)
    client.post(address, {"after_meetings": "on"})
    choice.refresh_from_db()
    assert (choice.stopped, choice.after_meetings) == (False, True)


def test_nobody_else_chooses_or_reads(together, amara, ines, make_member, client_for, now):
    found = together(amara, ines)
    ask_pulses(now=now)
    answer_survey(amara, SurveyInvitation.objects.get(member=amara), values={"candour": 1})
    stranger = client_for(make_member("Kofi Asantewe"))
    for name in ("my_pulse", "export_my_pulse", "choose_surveys"):
        address = reverse(name, args=["larkmoor", found.pk])
        assert (stranger.post if name == "choose_surveys" else stranger.get)(address).status_code == 404
    hers = client_for(ines).get(reverse("my_pulse", args=["larkmoor", found.pk])).content.decode()
    assert "Not at all" not in hers


def test_own_answers_export(together, amara, ines, client_for, now):
    found = together(amara, ines)
    ask_pulses(now=now)
    answer_survey(amara, SurveyInvitation.objects.get(member=amara), values={"candour": 1})
    reply = client_for(amara).get(reverse("export_my_pulse", args=["larkmoor", found.pk]))
    rows = b"".join(reply.streaming_content).decode().splitlines()
    assert rows[0].lstrip("\ufeff") == "answered,question,points,answer"
    assert "I can say what I really think,1,Not at all" in rows[3]


def test_the_page_takes_the_same_queries_however_long_the_history(
    together, amara, ines, client_for, now, django_assert_max_num_queries
):
    found = together(amara, ines)
    for number in range(40):
        row = SurveyInvitation.objects.create(
            organisation=found.organisation, member=amara, relationship=found, instrument="pulse", version=1,
            occasion=f"meeting_{number}", asked_at=now, closes_at=now,
        )  # fmt: skip
        row.answers.create(organisation=found.organisation, member=amara, item="worth", value=4)
        SurveyInvitation.objects.filter(pk=row.pk).update(answered_at=now)
    client = client_for(amara)
    with django_assert_max_num_queries(22):
        assert client.get(reverse("my_pulse", args=["larkmoor", found.pk])).status_code == 200
