"""What the templates suggest, for the people to make their own. Our own text."""

from typing import Any

from django.utils.translation import gettext_lazy as _

BLAMELESS = _("Whoever stops says so in a line or two. We thank each other, and nobody asks for a reason.")

TEXTS: dict[str, dict[str, Any]] = {
    "one_to_one": {
        "channel": _("We write on our page here. An answer comes within three working days."),
        "agenda": _("The mentee, two days before we meet."),
        "preparation": _("Three lines: tried, learned, stuck."),
        "confidentiality": _("What we say stays between us. Pay and named colleagues are off limits."),
        "feedback": _("Both ways, at the end of each meeting: one thing that helped, one to do differently."),
        "ending": BLAMELESS,
    },
    "group": {
        "channel": _("We write on our page here, so that all of us read it. An answer comes within a week."),
        "agenda": _("In turn. Whoever has the turn sends two questions three days before."),
        "preparation": _("Everybody reads the two questions and brings one example of their own."),
        "confidentiality": _("What is said in the group stays in the group. Nobody speaks for somebody who is absent."),
        "feedback": _("A round at the end of each meeting: what helped me today, what I missed."),
        "third_party": _("Whoever of the programme looks after groups."),
        "ending": _("Whoever leaves says so to all, in a line or two. The rest of us decide how to go on."),
    },
    "peer": {
        "channel": _("We write on our page here, whenever something works or does not. No need to answer at once."),
        "agenda": _("Half of the time is yours, half is mine. We begin in turn."),
        "preparation": _("Each brings one real situation, as it is."),
        "confidentiality": _("What we say stays between us. We do not discuss each other with our managers."),
        "feedback": _("We ask before we advise. At the end each says what they will try."),
        "ending": BLAMELESS,
    },
    "flash": {
        "agenda": _("One question, sent beforehand."),
        "preparation": _("The question in two lines, and what was tried so far."),
        "confidentiality": _("What we say stays between us."),
        "feedback": _("At the end: was the question answered, and what comes next?"),
        "ending": _("After this talk we owe each other nothing but thanks."),
    },
}
