from django.utils.translation import gettext_lazy as _

from wayfellow.core.registry import Navigation, NotPersonal, PersonalData, Subject


class SkillsConfig(Subject):
    name = "wayfellow.skills"
    label = "skills"
    navigation = [
        Navigation(
            area="organisation",
            order=25,
            label=_("Skills"),
            icon="list",
            view="manage_skills",
            covers=("add_skill", "change_skill"),
        ),
    ]
    personal_data = [
        PersonalData(
            model="skills.MemberSkill",
            fields=("member", "level", "offers"),
            export="wayfellow.skills.queries.export_member_skills",
            erase="wayfellow.skills.actions.erase_member_skills",
        ),
        NotPersonal(model="skills.Skill", why="The list of skills; it names nobody."),
        NotPersonal(model="skills.RetiredSkill", why="Which skills an organisation no longer uses; it names nobody."),
    ]
