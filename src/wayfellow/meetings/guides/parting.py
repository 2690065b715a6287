"""Closing well."""

from django.utils.translation import gettext_lazy as _

from wayfellow.meetings.guides.parts import Guide, Question

CLOSING = Guide(
    key="closing",
    name=_("Closing well"),
    when=_("At the last planned meeting, or when one of you would like to stop."),
    before=_("Each of you looks through the notes alone and marks three places. That is all."),
    questions=(
        Question(
            "brought",
            _("What did you come with, and what do you leave with?"),
            _("Change is hard to see from within. The beginning, read aloud, makes it visible."),
            _("Read the first notes together. Write down two things that are different, with an example of each."),
            10,
        ),
        Question(
            "moment",
            _("Which moment will you remember?"),
            _("It says what mattered better than any rating."),
            _("Tell it to the other in full. It is the thanks that stays."),
            6,
        ),
        Question(
            "missed",
            _("What did we not get to?"),
            _("Leaving it unsaid makes it look like a failure. Said, it is a plan."),
            _("Decide for each point: let it go, take it on alone, or take it to somebody else. Name whom."),
            6,
        ),
        Question(
            "learned-from-you",
            _("What did the mentor learn?"),
            _("Both give and both gain. A mentee seldom hears it."),
            _("Say one thing that you do differently since. If it may be told to others, say that too."),
            6,
        ),
        Question(
            "open-commitments",
            _("Which commitments are still open, and what becomes of each?"),
            _("What is left open stays a small debt between people."),
            _("Tick, drop or give each a last day now. Dropping is no reproach."),
            6,
        ),
        Question(
            "contact",
            _("Do we stay in touch, and how?"),
            _("“Let us stay in touch” without a form means no more contact, and leaves both unsure."),
            _("Say it plainly: a talk in half a year, a line now and then, or a warm good-bye. Each is fine."),
            4,
        ),
        Question(
            "pass-on",
            _("What would you tell the next person who begins this?"),
            _("It turns what you learned into something that can be given."),
            _(
                "Write it in three sentences. Think about whether you would like to mentor somebody; it asks less "
                "than people fear."
            ),
            6,
        ),
    ),
)
