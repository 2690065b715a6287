"""Who reads what of the questions. `visible_to`, `queries.answers.worthwhile` and `policy.is_shown` hold it."""

from django.utils.translation import gettext_lazy as _

from wayfellow.core.readers import ItemKind

READERS = [
    ItemKind(
        kind="pulse",
        label=_("Pulse answers"),
        readers={
            "me": _("Yes"),
            "manager": _("Whether all of you call it worthwhile"),
            "administrator": _("Totals of 5 or more"),
        },
        models=("surveys.SurveyAnswer", "surveys.SurveyInvitation", "surveys.SurveyChoice"),
    ),
]
