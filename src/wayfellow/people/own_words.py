"""Sentences that say mentor, mentee or mentoring, as an organisation says it.

Whole sentences, each twice: a word put into the usual one breaks where it has another article, or a verb.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

USUAL_AND_OWN = {
    "find": (_("Find a mentor"), _("Find your %(mentor)s")),
    "become": (_("Become a mentor"), _("Offer yourself as %(mentor)s")),
    "become_first": (_("Become a mentor first."), _("Say first that people may ask you to be their %(mentor)s.")),
    "become_to_be_asked": (
        _("Become a mentor to be asked, or allow mentors to offer to you."),
        _("Say that you could be somebody’s %(mentor)s, or allow others to offer to be yours."),
    ),
    "offer_to_mentor": (_("Offer to mentor"), _("Offer yourself as %(mentor)s")),
    "you_offer": (_("You offer to mentor now. Thank you."), _("You offer yourself as %(mentor)s now. Thank you.")),
    "ask_heading": (_("Ask %(name)s to mentor you"), _("Ask %(name)s to be your %(mentor)s")),
    "offer_heading": (_("Offer to mentor %(name)s"), _("Offer %(name)s to be their %(mentor)s")),
    "asks_you": (_("%(name)s asks you to mentor them"), _("%(name)s asks you to be their %(mentor)s")),
    "offers_you": (_("%(name)s offers to mentor you"), _("%(name)s offers to be your %(mentor)s")),
    "asks_you_too": (_("asks you to mentor them"), _("asks you to be their %(mentor)s")),
    "offers_you_too": (_("offers to mentor you"), _("offers to be your %(mentor)s")),
    "mentors_you": (_("mentors you"), _("your %(mentor)s")),
    "mentored_by_you": (_("is mentored by you"), _("your %(mentee)s")),
    "you_mentor": (_("You mentor"), _("You are the %(mentor)s")),
    "you_are_mentored": (_("You are mentored"), _("You are the %(mentee)s")),
    "what_is_offered": (_("what the mentor offers"), _("what the %(mentor)s offers")),
    "asks_of_mentee": (_("What %(name)s asks of a mentee"), _("What %(name)s asks of their %(mentee)s")),
    "what_do_you_ask": (_("What do you ask of a mentee?"), _("What do you ask of your %(mentee)s?")),
    "as_mentor": (_("Mentors"), _("As %(mentor)s")),
    "as_mentee": (_("Mentees"), _("As %(mentee)s")),
    "with_a_place": (_("Mentors with a free place"), _("As %(mentor)s, with a free place")),
    "without_a_place": (_("Mentors without a free place"), _("As %(mentor)s, without a free place")),
    "alone": (_("Mentees without a mentor"), _("As %(mentee)s, no %(mentor)s yet")),
    "has_one": (_("Has a mentor"), _("Has their %(mentor)s")),
    "has_none": (_("No mentor yet"), _("No %(mentor)s yet")),
    "turn_of_mentor": (_("The mentor’s"), _("Turn of the %(mentor)s")),
    "turn_of_mentee": (_("The mentee’s"), _("Turn of the %(mentee)s")),
    "may_offer": (_("Mentors may offer to me"), _("People may offer to be my %(mentor)s")),
    "no_place": (
        _("When a mentor has no free place, you can wait for one."),
        _("When your %(mentor)s of choice has no free place, you can wait for one."),
    ),
    "can_help_with": (
        _(
            "Five short steps turn “I want to grow” into something a mentor can help with. Then we show you who could, "
            "and why."
        ),
        _(
            "Five short steps turn “I want to grow” into something your %(mentor)s can help with. Then we show you who "
            "could, and why."
        ),
    ),
}


def in_own_words(organisation: Any, sentence: str, **names: Any) -> str:
    """One of the sentences above: the usual one, or with the organisation's words if it has any for these two.

    Args:
        organisation: None where nobody is signed in, for the usual words.
        names: what else the sentence holds.
    """
    usual, own = USUAL_AND_OWN[sentence]
    if organisation is None or not (organisation.word_mentor or organisation.word_mentee):
        return str(usual) % names
    return str(own) % {**names, "mentor": organisation.mentor_word, "mentee": organisation.mentee_word}
