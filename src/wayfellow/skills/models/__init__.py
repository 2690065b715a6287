from wayfellow.skills.models.skills import Level, MemberSkill, RetiredSkill, Skill, SkillQuerySet, Source
from wayfellow.skills.models.taxonomies import (
    Concept,
    ConceptLink,
    ImportedFamily,
    Role,
    RoleNeed,
    SkillWords,
    Taxonomy,
)

__all__ = [
    "Concept",
    "ConceptLink",
    "ImportedFamily",
    "Level",
    "MemberSkill",
    "RetiredSkill",
    "Role",
    "RoleNeed",
    "Skill",
    "SkillQuerySet",
    "SkillWords",
    "Source",
    "Taxonomy",
]
