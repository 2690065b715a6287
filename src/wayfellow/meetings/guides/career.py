"""A career move, and where a line of work is going."""

from django.utils.translation import gettext_lazy as _

from wayfellow.meetings.guides.parts import Guide, Question

CAREER_MOVE = Guide(
    key="career-move",
    name=_("A career move"),
    when=_("When an opening, an offer or a restlessness is on the table."),
    before=_("Bring the advertisement, the offer or one page about what you do on a good day. Rough is fine."),
    questions=(
        Question(
            "away-or-towards",
            _("Is this more away from something, or towards something?"),
            _("Away is a good reason to leave and a poor one to choose where to go."),
            _("If it is away, list what must not be there again. If it is towards, list what must be."),
            8,
        ),
        Question(
            "good-day",
            _(
                "Describe a working day that you would be glad to have twice a week. What do you do on it, hour by "
                "hour?"
            ),
            _("Titles hide the work. Hours do not."),
            _(
                "Compare it with an ordinary day in the new post. Ask somebody who holds it, not somebody who hires "
                "for it."
            ),
            8,
        ),
        Question(
            "strengths",
            _("What do people come to you for, and what do they go to others for?"),
            _("It is evidence about strengths that does not depend on confidence."),
            _(
                "Choose three stories that show the first, with what you did and what became of it. Practise one "
                "aloud now."
            ),
            8,
        ),
        Question(
            "gap",
            _("What does the new post ask that you have never done, and how could you do a small piece of it before?"),
            _("A trial persuades others more than an intention, and may change your mind."),
            _("Find one task within your present job that contains it, and ask for it by name."),
            8,
        ),
        Question(
            "who-decides",
            _("Who decides, who advises them, and what do they worry about?"),
            _("Applications are often written to nobody."),
            _(
                "Write the first three sentences for the person who worries. A mentor who knows them may say what "
                "they heard; "
                "an introduction needs the yes of both."
            ),
            6,
        ),
        Question(
            "worth",
            _("What would make you say no to it?"),
            _("Pay, place, hours and people are easier to name before there is an offer."),
            _("Write the limits down with numbers, and keep them private. Read them again before you negotiate."),
            6,
        ),
        Question(
            "if-not",
            _("If it does not work out, what will you have gained by trying?"),
            _("A move that teaches something either way is easier to begin."),
            _("Put it into the goal as a second sign of success. Decide now on what you would try next."),
            5,
        ),
    ),
)

INDUSTRY_TRENDS = Guide(
    key="industry-trends",
    name=_("Where our line of work is going"),
    when=_("When the daily work leaves no time to look up, or when both of you read different things."),
    before=_("Each of you brings one thing you read, saw or were asked in the last month that would not leave you."),
    questions=(
        Question(
            "noticed",
            _("What did you notice lately that people here do not talk about yet?"),
            _(
                "Change is seen at the edges first: in a customer’s question, a supplier’s price, a new colleague’s "
                "surprise."
            ),
            _("Note the source, and who else would know. One of you asks that person before the next time."),
            8,
        ),
        Question(
            "believed",
            _("What did you believe about this line of work five years ago that you no longer believe?"),
            _("It shows how wrong one can be with good reasons, which makes the next question honest."),
            _("Ask what changed your mind: data, a person or a failure. Look for the same kind of sign today."),
            8,
        ),
        Question(
            "both-ways",
            _("What speaks for this lasting, and what speaks against it?"),
            _("Excitement and fear both make a trend look surer than it is."),
            _("Write two sentences for each side. If one side stays empty, you know what to read next."),
            8,
        ),
        Question(
            "whose-work",
            _("Whose work changes first, and whose hardly at all?"),
            _("Trends arrive in tasks, not in industries."),
            _("Mark the tasks in your own week that would change. They are the ones to learn something about."),
            8,
        ),
        Question(
            "worth-learning",
            _("What would be worth learning even if the trend turns out to be a fashion?"),
            _("It finds the skill that pays either way, so the choice needs no prophet."),
            _(
                "Choose one, with a first hour in the diary. Add it to your skills when you have done something with "
                "it."
            ),
            6,
        ),
        Question(
            "teach-me",
            _("Which of us knows more about this, and can they show it on something real?"),
            _("Here the younger often teaches the older. Say so, and swap the roles for a quarter of an hour."),
            _("Agree on who shows what at the next meeting. Thank each other for it."),
            10,
        ),
        Question(
            "look-again",
            _("When do we look at this again, and what would have to be true by then?"),
            _("A view with a date can be checked; one without turns into an opinion."),
            _("Write the sentence into the notes with the date. Read it aloud when the day has come."),
            4,
        ),
    ),
)
