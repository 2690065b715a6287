"""Our own code of conduct, for organisations that have not written theirs."""

from django.utils.translation import gettext_lazy as _

from wayfellow.people.models import Organisation

DEFAULT = [
    _(
        "Treat each other with respect. Nobody is pressed, mocked, courted or put down here, and nobody owes "
        "anybody more than they agreed to."
    ),
    _(
        "What is said between you stays between you. The exception is harm: if somebody is in danger, tell "
        "the safeguarding lead."
    ),
    _("Keep your word. If you cannot come or cannot go on, say so early; you need not say why."),
    _(
        "Advice is advice. The mentee decides; the mentor does not decide about pay, grading or jobs of the "
        "person they help, and does not use what they hear for it."
    ),
    _("Nobody is favoured or left out for who they are, where they come from, what they believe or whom they love."),
    _(
        "Say it when something is wrong. A report goes to the safeguarding lead, not to your manager and not "
        "to the programme manager, and nobody may be punished for an honest one."
    ),
]


def conduct_of(organisation: Organisation) -> list[str]:
    """The code of conduct of an organisation, a paragraph each."""
    own = organisation.conduct.replace("\r\n", "\n").strip()
    if not own:
        return [str(paragraph) for paragraph in DEFAULT]
    return [paragraph.strip() for paragraph in own.split("\n\n") if paragraph.strip()]
