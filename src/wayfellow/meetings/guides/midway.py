"""Looking back half-way, and talking when it is difficult."""

from django.utils.translation import gettext_lazy as _

from wayfellow.meetings.guides.parts import Guide, Question

MID_POINT = Guide(
    key="mid-point",
    name=_("Mid-point: look back"),
    when=_("Half-way through, or whenever the talks have become routine."),
    before=_("Each of you reads the agreement and the notes of your first meeting alone, for ten minutes."),
    questions=(
        Question(
            "best",
            _("Which of our talks was of most use, and what made it so?"),
            _("What worked once can be done on purpose."),
            _(
                "Name the cause: the preparation, the question, the place, the honesty. Keep it, and drop what it "
                "replaces."
            ),
            8,
        ),
        Question(
            "done-differently",
            _("What have you done differently because of something said here?"),
            _("Use shows in acts. If there are none, that is worth knowing now rather than at the end."),
            _("Write each into the notes with its date. They are what you can show for this time."),
            8,
        ),
        Question(
            "agreement",
            _("Which part of our agreement do we keep, and which do we only pretend to keep?"),
            _("Agreements are written before one knows how it will be."),
            _("Change the wording to what you will really do, and sign it again."),
            6,
        ),
        Question(
            "goal-still",
            _("Is the goal still the right one?"),
            _("Half of good mentoring is finding out that the question was another."),
            _("If not, close it without reproach and write the new one down today."),
            6,
        ),
        Question(
            "more-less",
            _("What should each of us do more of, and what less?"),
            _("It gives both sides a turn, so that nobody is the only one examined."),
            _("Choose one of each for the next three meetings. More than one will be forgotten."),
            8,
        ),
        Question(
            "unasked",
            _("Is there something you have wanted to ask and have not?"),
            _("The second half is safer than the first: you know each other by now."),
            _(
                "Ask it, or say that you would rather not yet. Silence is a fair answer; wait a moment before you go "
                "on."
            ),
            8,
        ),
        Question(
            "rest",
            _("What would make the remaining months well spent?"),
            _("It turns looking back into a plan while there is time for one."),
            _("Agree on two things, with the meeting at which you will look at each."),
            6,
        ),
    ),
)

DIFFICULT = Guide(
    key="difficult",
    name=_("When it is difficult"),
    when=_("When something went wrong between you, or when one of you brings something hard."),
    before=_(
        "Say beforehand what it will be about, so that nobody is surprised. Choose a time with half an hour to spare "
        "behind it, and no third person in the room."
    ),
    questions=(
        Question(
            "what-happened",
            _("What happened, as a camera would have seen it?"),
            _("Separating what was seen from what it meant keeps the talk from becoming a trial."),
            _("Each tells it once without being interrupted. Note only what both versions share."),
            10,
        ),
        Question(
            "meant-to-you",
            _("What did it mean to you?"),
            _("The same event is small for one and large for the other. Both are true."),
            _("Say back what you heard before you answer it. Ask whether you have understood it."),
            8,
        ),
        Question(
            "my-part",
            _("What part in this is mine?"),
            _("Whoever begins with their own part makes it possible for the other to do so."),
            _("Name it in one sentence, without a “but”. Then be quiet."),
            6,
        ),
        Question(
            "need",
            _("What would you need in order to go on, and what would you need in order to stop?"),
            _("Both are decent outcomes. Asking about both takes the pressure from the first."),
            _("If stopping is the better one, use the kind ending on your page. It asks nobody for a reason."),
            8,
        ),
        Question(
            "listen-or-think",
            _("Do you want me to listen, to think along, or to do something?"),
            _("When somebody brings a hard thing, help of the wrong kind feels like being left alone."),
            _("Do only what was asked for. You can ask again in ten minutes; the answer may have changed."),
            4,
        ),
        Question(
            "beyond-us",
            _("Is this something that is beyond the two or more of us?"),
            _("A mentor is neither a counsellor nor a judge. Knowing the limit is part of the help."),
            _(
                "Look together at who is there: a safeguarding lead, a doctor, a counsellor. If somebody could come to "
                "harm, report a concern today; it never goes to the programme."
            ),
            6,
        ),
        Question(
            "next-small",
            _("What is one thing that would make the next week easier?"),
            _("After a hard talk people need something they can do."),
            _("Agree on when you will be in touch again, even if it is only a line. Keep that promise above all."),
            5,
        ),
    ),
)
