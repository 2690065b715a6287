"""Who reads what of a relationship's agreement, reviews and endings: held by each model's `visible_to`."""

from django.utils.translation import gettext_lazy as _

from wayfellow.core.readers import ItemKind

READERS = [
    ItemKind(
        kind="agreement_answers",
        label=_("Your own side of the agreement"),
        readers={"me": _("Yes"), "others": _("Once all have filled in, or you show it")},
        models=("relationships.AgreementAnswers",),
    ),
    ItemKind(
        kind="agreement",
        label=_("The agreement, its versions and signatures"),
        readers={"me": _("Yes"), "others": _("Yes")},
        models=(
            "relationships.Agreement",
            "relationships.AgreementVersion",
            "relationships.AgreementProposal",
            "relationships.Signature",
        ),
    ),
    ItemKind(
        kind="review",
        label=_("How you look back"),
        readers={"me": _("Yes"), "others": _("Once all have looked back")},
        models=("relationships.ReviewAnswers",),
    ),
    ItemKind(
        kind="withheld_words",
        label=_("What you keep for after the end"),
        readers={"me": _("Yes"), "others": _("Once it is over")},
        models=("relationships.WithheldWords",),
    ),
    ItemKind(
        kind="goodbye",
        label=_("The note at the end"),
        readers={"me": _("Yes"), "others": _("Yes")},
        models=("relationships.Relationship", "relationships.Participant"),
    ),
    ItemKind(
        kind="private_reason",
        label=_("Why you stopped, for yourself"),
        readers={"me": _("Yes")},
        models=("relationships.PrivateReason",),
    ),
    ItemKind(
        kind="joining",
        label=_("Who may join you, and who agreed"),
        readers={"me": _("Yes"), "others": _("Yes")},
        models=("relationships.JoiningInvitation", "relationships.JoiningConsent"),
    ),
]
