from wayfellow.core.registry import Subject


class SkillsConfig(Subject):
    name = "wayfellow.skills"
    label = "skills"
