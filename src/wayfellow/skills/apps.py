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
        NotPersonal(model="skills.Taxonomy", why="Which public taxonomies were imported."),
        NotPersonal(model="skills.ImportedFamily", why="Groups of a public taxonomy."),
        NotPersonal(model="skills.Concept", why="Entries of a public taxonomy."),
        NotPersonal(model="skills.ConceptLink", why="How entries of a public taxonomy belong together."),
        NotPersonal(model="skills.Role", why="Occupations of a public taxonomy; nobody's job."),
        NotPersonal(model="skills.RoleNeed", why="What an occupation of a public taxonomy asks for."),
        NotPersonal(model="skills.SkillWords", why="Names of imported skills, folded for search."),
    ]
