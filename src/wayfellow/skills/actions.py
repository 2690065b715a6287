"""What happens to skills."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from wayfellow.audit.actions import record
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.people.models import Member, Organisation
from wayfellow.search.actions import AT_ONCE, touch, touch_all
from wayfellow.skills import policy
from wayfellow.skills.importing import writing
from wayfellow.skills.importing.content import Content
from wayfellow.skills.models import Level, MemberSkill, RetiredSkill, Skill
from wayfellow.skills.queries import same_name
from wayfellow.skills.starter import OWN_KEY, Written, families, write_starter_skills


@transaction.atomic
def sync_starter_skills() -> Written:
    """Bring the starter taxonomy of the table up to what this version ships. Costs two reads when it is already."""
    return write_starter_skills(Skill)


@transaction.atomic
def import_taxonomy(content: Content, *, dry_run: bool = False) -> writing.Written:
    """Merge what was read of a taxonomy with the skills that are there, all or nothing. Again changes nothing.

    Skills that people have are never deleted: what a newer release has no more is retired. No organisation is told in
    its record, since the list belongs to none.

    Args:
        dry_run: do it all, say what was different, and take it back.
    """
    if content.faults:
        # A row that could not be read must not look like one that was left out on purpose.
        content.whole = set()
    done = writing.write(content)
    if dry_run:
        transaction.set_rollback(True)
        return done
    had = set(MemberSkill.objects.order_by().values_list("skill", flat=True).distinct())
    changed = sorted(had.intersection(done.changed_skills))
    if changed:
        find_by_new_names_job.enqueue(skill_ids=changed)
    return done


@task()
def find_by_new_names_job(*, skill_ids: list[int]) -> None:
    """Write again, batch by batch, what is found of people whose skills got other names."""
    people = MemberSkill.objects.filter(skill__in=skill_ids).values_list("member", flat=True)
    ids = sorted(set(people))
    for start in range(0, len(ids), AT_ONCE):
        touch_all(ids[start : start + AT_ONCE])


@transaction.atomic
def set_member_skills(actor: Member, member: Member, *, skills: Iterable[tuple[Skill, int, bool]]) -> list[MemberSkill]:
    """Say what a member can do, in place of what they said before.

    Args:
        skills: (skill, level from 1 to 5, whether they offer to help others with it). A skill that is retired can
            stay, but cannot be added.

    Raises:
        Refused: somebody else's skills, or a member who has left.
        InvalidInput: a level that is none, a skill twice, one that cannot be chosen, or too many.
    """
    wanted = list(skills)
    member = Member.objects.lock(member.pk)
    enforce(policy.why_not_set_member_skills(actor, member))
    before = {entry.skill_id: entry for entry in member.skills.all()}
    _check_skills(member, wanted, had=set(before))

    said = {skill.pk: (level, offers) for skill, level, offers in wanted}
    gone = [entry.pk for entry in before.values() if entry.skill_id not in said]
    new = [
        MemberSkill(organisation_id=member.organisation_id, member=member, skill_id=pk, level=level, offers=offers)
        for pk, (level, offers) in said.items()
        if pk not in before
    ]
    changed = [entry for pk, entry in before.items() if pk in said and said[pk] != (entry.level, entry.offers)]
    for entry in changed:
        entry.level, entry.offers = said[entry.skill_id]
    if gone:
        member.skills.filter(pk__in=gone).delete()
    MemberSkill.objects.bulk_create(new)
    MemberSkill.objects.bulk_update(changed, ["level", "offers"])
    if gone or new or changed:
        touch(member)
        record(
            "skills_changed",
            actor=actor,
            organisation=member.organisation,
            about=member,
            details={"added": len(new), "changed": len(changed), "removed": len(gone)},
        )
    return list(member.skills.select_related("skill").order_by("-level", "skill__name"))


def _check_skills(member: Member, wanted: list[tuple[Skill, int, bool]], *, had: set[int]) -> None:
    if len(wanted) > policy.MOST_SKILLS:
        raise InvalidInput(
            "too_many_skills",
            _("Choose at most %(most)d skills. These are %(count)d.")
            % {"most": policy.MOST_SKILLS, "count": len(wanted)},
        )
    choosable = set(
        Skill.objects.choosable_by(member)
        .filter(pk__in=[skill.pk for skill, *_said in wanted])
        .values_list("pk", flat=True)
    )
    seen: set[int] = set()
    for skill, level, _offers in wanted:
        if level not in Level.values:
            raise InvalidInput("no_such_level", _("Choose a level from 1 to 5 for %(skill)s.") % {"skill": skill})
        if skill.pk in seen:
            raise InvalidInput("skill_twice", _("%(skill)s is there twice.") % {"skill": skill})
        if skill.pk not in choosable | had:
            raise InvalidInput("skill_retired", _("%(skill)s can no longer be chosen here.") % {"skill": skill})
        seen.add(skill.pk)


@transaction.atomic
def erase_member_skills(member: Member) -> None:
    """Forget what a member said they can do."""
    MemberSkill.objects.filter(member=member).delete()


@transaction.atomic
def add_skill(actor: Member, *, name: str, family: str, description: str = "", synonyms: Iterable[str] = ()) -> Skill:
    """Add a skill of the organisation's own.

    Raises:
        Refused: not an administrator, or there is a skill of this name.
        InvalidInput: no such family.
    """
    organisation = _lock_list(actor)
    enforce(policy.why_not_add_skill(actor, taken_by=same_name(actor, name)))
    _check_family(family)
    skill = Skill.objects.create(
        organisation=organisation,
        key=_free_key(organisation, name),
        name=name,
        family=family,
        description=description,
        synonyms=list(synonyms),
    )
    record("skill_added", actor=actor, organisation=organisation, about=skill, details={"name": name})
    return skill


@transaction.atomic
def change_skill(
    actor: Member, skill: Skill, *, name: str, family: str, description: str = "", synonyms: Iterable[str] = ()
) -> Skill:
    """Change a skill of the organisation's own. Its address stays.

    Raises:
        Refused: not an administrator, not the organisation's own, or another skill has this name.
        InvalidInput: no such family.
    """
    organisation = _lock_list(actor)
    enforce(policy.why_not_change_skill(actor, skill, taken_by=same_name(actor, name, other_than=skill)))
    _check_family(family)
    says = {"name": name, "family": family, "description": description, "synonyms": list(synonyms)}
    changed = [field for field, value in says.items() if getattr(skill, field) != value]
    if not changed:
        return skill
    for field in changed:
        setattr(skill, field, says[field])
    skill.save(update_fields=changed)
    touch_all(skill.members.values_list("member_id", flat=True))
    record("skill_changed", actor=actor, organisation=organisation, about=skill, details={"fields": changed})
    return skill


@transaction.atomic
def retire_skill(actor: Member, skill: Skill) -> None:
    """Take a skill out of the list to choose from. Whoever has it keeps it. Once is enough: again changes nothing.

    Raises:
        Refused: not an administrator.
    """
    organisation = _lock_list(actor)
    enforce(policy.why_not_retire_skill(actor, skill))
    _row, is_new = RetiredSkill.objects.get_or_create(organisation=organisation, skill=skill)
    if is_new:
        record("skill_retired", actor=actor, organisation=organisation, about=skill, details={"name": skill.name})


@transaction.atomic
def restore_skill(actor: Member, skill: Skill) -> None:
    """Bring a retired skill back into the list to choose from.

    Raises:
        Refused: not an administrator, or the list it came from has dropped it.
    """
    organisation = _lock_list(actor)
    enforce(policy.why_not_restore_skill(actor, skill))
    gone, _by_model = RetiredSkill.objects.filter(organisation=organisation, skill=skill).delete()
    if gone:
        record("skill_restored", actor=actor, organisation=organisation, about=skill, details={"name": skill.name})


def _lock_list(actor: Member) -> Organisation:
    """The organisation, locked, so that two administrators cannot give one name twice."""
    return Organisation.objects.lock(actor.organisation_id)


def _check_family(family: str) -> None:
    if family not in families():
        raise InvalidInput("no_such_family", _("Choose one of the families."), field="family")


def _free_key(organisation: Organisation, name: str) -> str:
    stem = f"{OWN_KEY}{slugify(name)[:60] or 'skill'}"
    taken = set(Skill.objects.filter(organisation=organisation, key__startswith=stem).values_list("key", flat=True))
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
