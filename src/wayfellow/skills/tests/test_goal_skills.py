"""The picker of a goal: from which level to which."""

from wayfellow.skills.forms import GoalSkills
from wayfellow.skills.models import Skill


def data(**levels):
    sent = {"skills-skill": list(levels), "skills-find": ""}
    for key, (begin, end) in levels.items():
        sent[f"skills-from-{key}"], sent[f"skills-to-{key}"] = begin, end
    return sent


def test_gives_skills_with_both_levels(member):
    picker = GoalSkills(data(roadmaps=("1", "3"), selling=("2", "5")), member=member)
    assert not picker.is_picking and picker.is_valid()
    assert [(skill.key, begin, end) for skill, begin, end in picker.chosen_skills()] == [
        ("roadmaps", 1, 3),
        ("selling", 2, 5),
    ]


def test_shows_what_is_chosen(member):
    picker = GoalSkills(member=member, chosen=[(Skill.objects.get(key="roadmaps"), 2, 4)])
    (entry,) = picker.entries
    assert [field.value() for field in entry.fields] == [2, 4]


def test_needs_one_skill(member):
    picker = GoalSkills(data(), member=member)
    assert not picker.is_valid() and "Choose at least 1 skill." in str(picker.errors)


def test_at_most_five(member):
    six = {skill.key: ("1", "2") for skill in Skill.objects.order_by("key")[:6]}
    picker = GoalSkills(data(**six), member=member)
    assert not picker.is_valid() and "Choose at most 5 skills." in str(picker.errors)
    five = dict(list(six.items())[:5])
    picker = GoalSkills({**data(**five), "skills-add": "roadmaps"}, member=member)
    assert picker.is_picking and len(picker.skills) == 5 and picker.word == "Choose at most 5 skills."


def test_the_aim_lies_above_the_beginning(member):
    for begin, end in [("3", "3"), ("4", "2")]:
        picker = GoalSkills(data(roadmaps=(begin, end)), member=member)
        assert not picker.is_valid()
        assert picker.errors["to-roadmaps"] == ["“Roadmaps”: choose a level above where you are now."]


def test_both_levels_are_needed(member):
    picker = GoalSkills(data(roadmaps=("", "7")), member=member)
    assert not picker.is_valid() and set(picker.errors) == {"from-roadmaps", "to-roadmaps"}
