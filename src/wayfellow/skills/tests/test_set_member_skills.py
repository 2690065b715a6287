"""Saying what one can do."""

import pytest

from wayfellow.audit.models import Event
from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.skills.actions import erase_member_skills, retire_skill, set_member_skills
from wayfellow.skills.models import MemberSkill, Skill
from wayfellow.skills.policy import MOST_SKILLS
from wayfellow.skills.queries import export_member_skills


def skill(key):
    return Skill.objects.get(key=key)


def said(member):
    return {entry.skill.key: (entry.level, entry.offers) for entry in member.skills.select_related("skill")}


def test_replaces_what_was_said_before(member):
    set_member_skills(member, member, skills=[(skill("roadmaps"), 2, False), (skill("selling"), 3, True)])
    kept = member.skills.get(skill__key="roadmaps").pk
    set_member_skills(member, member, skills=[(skill("roadmaps"), 4, True), (skill("teaching"), 5, True)])

    assert said(member) == {"roadmaps": (4, True), "teaching": (5, True)}
    assert member.skills.get(skill__key="roadmaps").pk == kept
    assert set(member.skills.values_list("organisation", flat=True)) == {member.organisation_id}
    event = Event.objects.filter(verb="skills_changed").latest("sequence")
    assert event.details == {"added": 1, "changed": 1, "removed": 1}


def test_saying_the_same_again_is_no_event(member):
    for _ in range(2):
        set_member_skills(member, member, skills=[(skill("roadmaps"), 2, False)])
    assert Event.objects.filter(verb="skills_changed").count() == 1


def test_only_the_person_themselves(member, administrator):
    with pytest.raises(Refused) as refused:
        set_member_skills(administrator, member, skills=[(skill("roadmaps"), 2, True)])
    assert refused.value.code == "not_your_skills"
    assert said(member) == {}


def test_not_after_leaving(make_member):
    gone = make_member("Leif Holmqvarn", state="left")
    with pytest.raises(Refused) as refused:
        set_member_skills(gone, gone, skills=[])
    assert refused.value.code == "member_not_here"


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_is_one_to_five(member, level):
    with pytest.raises(InvalidInput) as wrong:
        set_member_skills(member, member, skills=[(skill("roadmaps"), level, True)])
    assert wrong.value.code == "no_such_level" and "Roadmaps" in str(wrong.value)


def test_a_skill_twice(member):
    with pytest.raises(InvalidInput) as wrong:
        set_member_skills(member, member, skills=[(skill("roadmaps"), 2, True), (skill("roadmaps"), 3, True)])
    assert wrong.value.code == "skill_twice"


def test_too_many(member):
    many = [(row, 3, True) for row in Skill.objects.order_by("key")[: MOST_SKILLS + 1]]
    with pytest.raises(InvalidInput) as wrong:
        set_member_skills(member, member, skills=many)
    assert wrong.value.code == "too_many_skills" and str(MOST_SKILLS) in str(wrong.value)
    assert said(member) == {}


def test_another_organisations_skill_cannot_be_chosen(member, other_organisation):
    theirs = Skill.objects.create(organisation=other_organisation, key="own-kites", name="Kites", family="operations")
    with pytest.raises(InvalidInput) as wrong:
        set_member_skills(member, member, skills=[(theirs, 3, True)])
    assert wrong.value.code == "skill_retired"


def test_a_retired_skill_stays_but_is_not_added(member, administrator, make_member):
    set_member_skills(member, member, skills=[(skill("roadmaps"), 2, True)])
    retire_skill(administrator, skill("roadmaps"))
    set_member_skills(member, member, skills=[(skill("roadmaps"), 3, True)])
    assert said(member) == {"roadmaps": (3, True)}
    other = make_member("Yusra Haddarine")
    with pytest.raises(InvalidInput):
        set_member_skills(other, other, skills=[(skill("roadmaps"), 3, True)])


def test_seen_by_whoever_may_see_the_member(member, make_member, other_organisation):
    entry = set_member_skills(member, member, skills=[(skill("roadmaps"), 2, True)])[0]
    colleague = make_member("Yusra Haddarine")
    guest = make_member("Pia Querolt", is_guest=True)
    stranger = make_member("Sol Brandvik", organisation=other_organisation)
    assert list(MemberSkill.objects.visible_to(colleague)) == [entry]
    assert list(MemberSkill.objects.visible_to(member)) == [entry]
    assert not MemberSkill.objects.visible_to(guest).exists()
    assert not MemberSkill.objects.visible_to(stranger).exists()


def test_taken_away_and_forgotten(member, make_member):
    other = make_member("Yusra Haddarine")
    set_member_skills(member, member, skills=[(skill("roadmaps"), 2, False)])
    set_member_skills(other, other, skills=[(skill("roadmaps"), 4, True)])
    assert export_member_skills(member) == [
        {"skill": "Roadmaps", "level": 2, "level_in_words": "I can do it with help", "offers": False}
    ]
    erase_member_skills(member)
    assert said(member) == {} and said(other) == {"roadmaps": (4, True)}
