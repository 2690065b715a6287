"""The part that the page of a relationship shows, rendered as that page will."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from wayfellow.conversations.actions import keep_letter, send_message
from wayfellow.conversations.queries.panel import read_panel
from wayfellow.core import clock
from wayfellow.relationships.models import Relationship
from wayfellow.safety.actions import block_member


@pytest.fixture
def show(rf: RequestFactory):
    def render(relationship, member):
        request = rf.get("/")
        request.member, request.organisation, request.user = member, member.organisation, member.account
        rows = Relationship.objects.prefetch_related("participants__enrolment__member__organisation")
        found = rows.get(pk=relationship.pk)
        context = {"found": found, "talk": read_panel(found, member, now=clock.now())}
        return render_to_string("conversations/_parts/panel.html", context, request)

    return render


def test_the_last_three_letters_and_a_box_to_write(pair, ines, amara, show):
    assert "No letters yet." in show(pair, amara)
    for words in ("One", "Two", "Three", "Four"):
        send_message(ines, pair, text=words)
    keep_letter(amara, pair, text="Begun")
    shown = show(pair, amara)
    assert "<p>One</p>" not in shown and shown.index("<p>Two</p>") < shown.index("<p>Four</p>")
    assert "4 letters you have not read yet" in shown
    assert "Begun" in shown and "for Inês in Lisbon." in shown
    assert f"/relationships/{pair.pk}/conversation/send" in shown
    assert 'name="seen" value="0"' in shown  # the first is unread and not shown


def test_what_is_closed_has_no_box(pair, ines, amara, show):
    send_message(ines, pair, text="One")
    block_member(ines, amara)
    shown = show(pair, amara)
    assert "One" in shown and "This conversation is closed." in shown and "<textarea" not in shown
