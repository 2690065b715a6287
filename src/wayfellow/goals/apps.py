from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NoticeKind, NotPersonal, PersonalData, Subject


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
            covers=("goal", "goal_step", "close_goal", "delete_goal", "goal_sharing", "share_goal"),
        )
    ]
    notices = [
        NoticeKind(
            kind="commitment_proposed",
            label=_("Somebody asks for your yes to a commitment"),
            why=_("You get this because you work together."),
            text="wayfellow.goals.notices.commitment_proposed",
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
        PersonalData(
            model="goals.GoalShare",
            fields=("item", "audience"),
            export="wayfellow.goals.queries.sharing.export_shares",
            erase="wayfellow.goals.personal.erase_shares",
        ),
        PersonalData(
            model="goals.Commitment",
            fields=("owner", "written_by", "what", "by_when", "if_moment", "then_act"),
            export="wayfellow.goals.queries.commitments.export_commitments",
            erase="wayfellow.goals.personal.erase_commitments",
        ),
        PersonalData(
            model="goals.CommitmentStep",
            fields=("by",),
            export="wayfellow.goals.queries.commitments.export_commitment_steps",
            erase="wayfellow.goals.personal.erase_commitment_steps",
        ),
    ]
