"""The first meeting, and working on a goal."""

from django.utils.translation import gettext_lazy as _

from wayfellow.meetings.guides.parts import Guide, Question

FIRST_MEETING = Guide(
    key="first-meeting",
    name=_("A first meeting"),
    when=_("When you talk for the first time, or when somebody new joins a group."),
    before=_(
        "Each of you notes one thing you hope for and one thing you would rather avoid. Nobody needs to prepare more."
    ),
    questions=(
        Question(
            "path",
            _("How did you come to where you are, with one turn you had not planned?"),
            _(
                "A career told with its accidents shows more of a person than a list of posts, and it lowers the "
                "stakes."
            ),
            _("Note the turn the other mentions with most energy. Ask about it again in a later talk."),
            8,
        ),
        Question(
            "why-now",
            _("Why now? What made you ask for this, or say yes to it?"),
            _("The reason of this month is usually smaller and truer than the goal on the form."),
            _("Write both reasons into the notes. At the mid-point you can see whether they still hold."),
            6,
        ),
        Question(
            "good-help",
            _("Think of somebody who helped you well. What exactly did they do?"),
            _("People want quite different things: to be asked, to be told, to be shown, to be left to think."),
            _("Agree on which of these you will try first, and say that it can change."),
            6,
        ),
        Question(
            "not-helpful",
            _("What kind of help has not worked for you?"),
            _("It is easier to say before anybody has done it."),
            _("Turn it into one sentence that starts with “Please do not”, and keep it in the notes."),
            5,
        ),
        Question(
            "between-us",
            _("What stays between us, and what may be told to whom?"),
            _("Openness follows from knowing the limits. Managers and programmes are where doubts arise."),
            _("Put the answer into your agreement. If one thing is unclear, treat it as private until you have asked."),
            5,
        ),
        Question(
            "rhythm",
            _("How often do we meet, who sets the agenda, and what do we do when a date does not work?"),
            _("Most relationships that fade do so over dates, not over content."),
            _("Choose the next two dates before you part. Let the mentee set the agenda unless you agree otherwise."),
            6,
        ),
        Question(
            "first-step",
            _("What could each of us do before the next time that would take under an hour?"),
            _("A small thing done builds trust faster than a large plan."),
            _("Write each down as a commitment with a day. Start the next meeting with them."),
            6,
        ),
    ),
)

GOALS = Guide(
    key="goals",
    name=_("Working on a goal"),
    when=_("When a goal is still a wish, or when it has not moved for a while."),
    before=_("The person whose goal it is writes one line about where it stands today, without polishing it."),
    questions=(
        Question(
            "changed",
            _("What has changed since we last spoke about this?"),
            _("It starts from facts and gives room for news that overtakes the plan."),
            _("If the goal itself has changed, say so now and rewrite its first line together."),
            6,
        ),
        Question(
            "seen",
            _("If it had worked, what would other people see you do that they do not see now?"),
            _("“Grow” and “be more visible” cannot be noticed. An act can."),
            _("Write the act down as the sign of success. If you cannot name one, the goal is still two goals."),
            8,
        ),
        Question(
            "cost",
            _("What would you have to stop doing, or do less well for a while?"),
            _("A goal without a price is usually a goal that waits."),
            _("Decide who needs to know about the price: often a manager, sometimes a family."),
            6,
        ),
        Question(
            "smallest",
            _("What is the smallest version of this that you could try within two weeks?"),
            _("A trial tells more than another hour of planning, and failing at it is cheap."),
            _("Make it a commitment with a day. Agree on what you would call a useful result, success or not."),
            8,
        ),
        Question(
            "obstacle",
            _("What usually gets in the way, and at what moment do you notice it?"),
            _(
                "People who decide beforehand what to do when it gets hard keep going more often than those who only "
                "want to."
            ),
            _("Write an if-then plan: if this happens, then I will do that. One is enough."),
            8,
        ),
        Question(
            "who-else",
            _("Who else could help with a part of this, and what exactly would you ask them?"),
            _("A mentor is one person. Some parts need a colleague, a course, a sponsor."),
            _("Draft the question here and now. A request that is written gets sent."),
            6,
        ),
        Question(
            "progress",
            _("How will we both know in a month whether this moves?"),
            _("It replaces the feeling of being behind with something one can look at."),
            _(
                "Note the one number, piece of work or conversation you will look at, and put the date on the next "
                "agenda."
            ),
            5,
        ),
    ),
)
