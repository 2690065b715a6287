from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NotPersonal, PersonalData, Subject


class GoalsConfig(Subject):
    name = "wayfellow.goals"
    label = "goals"
    navigation = [
        Navigation(
            area="member",
            order=40,
            label=_("Goals"),
            icon="flag",
            view="goals",
            covers=("goal", "goal_step", "close_goal", "delete_goal"),
        )
    ]
    personal_data = [
        PersonalData(
            model="goals.Goal",
            fields=("title", "why", "sign_of_success", "by_when", "obstacle", "if_moment", "then_act"),
            export="wayfellow.goals.queries.export_goals",
            erase="wayfellow.goals.actions.erase_goals",
        ),
        NotPersonal(model="goals.GoalSkill", why="Exported and erased with its goal."),
    ]
