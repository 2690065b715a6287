from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, Subject


class WorkspaceConfig(Subject):
    name = "wayfellow.workspace"
    label = "workspace"

    navigation = [
        Navigation(area="member", order=10, label=_("Home"), icon="house", view="home"),
    ]
