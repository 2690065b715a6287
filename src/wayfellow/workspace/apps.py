from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, Subject


class WorkspaceConfig(Subject):
    name = "wayfellow.workspace"
    label = "workspace"

    navigation = [
        Navigation(area="member", order=10, label=_("Home"), icon="house", view="home"),
        Navigation(
            area="programme",
            order=10,
            label=_("Overview"),
            icon="house",
            view="overview",
            covers=("places_by_skill", "waiting_requests", "need_a_word", "fair_to_everyone"),
        ),
        Navigation(area="programme", order=20, label=_("People"), icon="users", view="programme_people"),
        Navigation(
            area="programme",
            order=30,
            label=_("Health"),
            icon="activity",
            view="programme_health",
            covers=("relationship_health", "pulse_totals"),
        ),
    ]
