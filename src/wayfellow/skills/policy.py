"""Who may change skills, and when."""

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.skills.models import Skill

MOST_SKILLS = 30
"""More than this, and a list says nothing any more."""


def why_not_set_member_skills(actor: Member, member: Member) -> Refusal | None:
    """What a member can do is said by that member alone."""
    if actor.pk != member.pk:
        return Refusal("not_your_skills", _("Only the person themselves says what they can do."))
    if not member.is_active:
        return Refusal("member_not_here", _("You have left this organisation, so this can no longer be changed."))
    return None


def why_not_add_skill(actor: Member, *, taken_by: Skill | None = None) -> Refusal | None:
    """Administrators, if no skill is called the same (`taken_by`)."""
    if not actor.is_administrator:
        return Refusal("administrators_only", _("Only an administrator changes the list of skills."))
    if taken_by is not None:
        return Refusal(
            "skill_name_taken",
            _("There is a skill called “%(name)s” already. Use another name.") % {"name": taken_by},
        )
    return None


def why_not_change_skill(actor: Member, skill: Skill, *, taken_by: Skill | None = None) -> Refusal | None:
    """Administrators, for the organisation's own skills."""
    if skill.organisation_id != actor.organisation_id:
        return Refusal("starter_skill", _("Only skills that you added can be changed. This one can be retired here."))
    return why_not_add_skill(actor, taken_by=taken_by)


def why_not_retire_skill(actor: Member, skill: Skill) -> Refusal | None:
    """Administrators."""
    return why_not_add_skill(actor)


def why_not_restore_skill(actor: Member, skill: Skill) -> Refusal | None:
    """Administrators, unless the list it came from has dropped the skill."""
    if skill.retired:
        return Refusal("skill_dropped", _("This skill has left the list it came from, so it cannot come back."))
    return why_not_add_skill(actor)
