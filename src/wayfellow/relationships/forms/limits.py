"""A mentor's limits, and whether mentors may offer to me."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.people.own_words import in_own_words
from wayfellow.programmes.models import Enrolment, Programme
from wayfellow.web.forms import ModelForm


class LimitsForm(ModelForm):
    """What a mentor offers, and how much. Numbers are checked by the action, beside their fields."""

    class Meta:
        model = Enrolment
        fields = [
            "capacity",
            "takes_requests",
            "away_until",
            "waiting_list_open",
            "offer_minutes",
            "offer_every_weeks",
            "offer_months",
            "asks_of_mentee",
            "preferred_channel",
        ]
        labels = {
            "capacity": _("How many people can you work with at once?"),
            "takes_requests": _("People may ask me"),
            "away_until": _("Away until"),
            "waiting_list_open": _("When I am full, people may wait for a place"),
            "offer_minutes": _("Minutes a meeting"),
            "offer_every_weeks": _("Weeks between meetings"),
            "offer_months": _("For how many months"),
            "preferred_channel": _("How do you prefer to meet?"),
        }
        help_texts = {
            "takes_requests": _("Without this you are still found, and it says that you take no requests now."),
            "away_until": _("Nobody can ask you until this day."),
            "offer_every_weeks": _("4 is once a month."),
            "asks_of_mentee": _("They read this before they ask. “Come with something you have tried.”"),
            "preferred_channel": _("Video, Thursdays"),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enrolment: Enrolment = self.instance
        taken = enrolment.places_taken + enrolment.places_held
        self.fields["asks_of_mentee"].label = in_own_words(enrolment.organisation, "what_do_you_ask")
        capacity = self.fields["capacity"]
        capacity.help_text = _("From %(least)d to %(most)d. You set this limit, and nobody can go over it.") % {
            "least": max(1, taken),
            "most": max(programme.max_capacity, enrolment.capacity),
        }

    def validate_constraints(self) -> None:
        """Those across fields are the action's to check: its words say how many places are taken."""


class OffersForm(ModelForm):
    """Whether mentors may write first."""

    class Meta:
        model = Enrolment
        fields = ["allows_offers"]
        help_texts = {
            "allows_offers": _(
                "Mentors then see your name, your job title and the skills of your main goal, not the goal itself."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allows_offers"].label = in_own_words(self.instance.organisation, "may_offer")

    def validate_constraints(self) -> None:
        """Nothing across fields is changed here."""
