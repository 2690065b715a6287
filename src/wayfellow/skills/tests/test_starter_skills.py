"""The starter taxonomy: what the files say, and how it reaches the table."""

from collections import Counter

import pytest

from wayfellow.skills.actions import sync_starter_skills
from wayfellow.skills.models import Skill
from wayfellow.skills.queries import anchors_of
from wayfellow.skills.starter import Written, families, read_families, starter_skills

SKILL = """
key = "tea"
name = "Tea"
description = "About tea."
anchors = ["a", "b", "c", "d", "e"]

[[skills]]
key = "brewing"
name = "Brewing"
description = "Making tea."
synonyms = ["steeping"]
neighbours = []
"""


def test_is_rich_and_without_gaps():
    assert len(families()) >= 12
    assert len(starter_skills()) >= 120
    assert sum(bool(skill.anchors) for skill in starter_skills().values()) >= 30
    for skill in starter_skills().values():
        assert len(skill.synonyms) >= 3 and skill.neighbours and skill.description.endswith("."), skill.key
        assert len(skill.description) <= 300 and len(skill.name) <= 120, skill.key
    for sentence, times in Counter(
        sentence for item in (*families().values(), *starter_skills().values()) for sentence in item.anchors
    ).items():
        assert times == 1 and sentence.endswith("."), sentence


def test_knows_the_skills_everybody_names():
    names = {skill.name for skill in starter_skills().values()}
    assert names >= {
        "Discovery interviews",
        "Writing briefs",
        "Roadmaps",
        "Stakeholder conversations",
        "Leading a crew",
        "Data for decisions",
    }


def test_no_word_means_two_skills():
    words = [word.casefold() for skill in starter_skills().values() for word in {skill.name, *skill.synonyms}]
    assert [word for word, times in Counter(words).items() if times > 1] == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('"d", "e"]', '"d"]'), "five anchors"),
        (("neighbours = []", 'neighbours = ["coffee"]'), "tea.toml, brewing: 'coffee' cannot be its neighbour"),
        (('key = "brewing"', 'key = "own-brewing"'), "do not start with"),
        (('description = "Making tea."\n', ""), "tea.toml: 'description'"),
    ],
)
def test_a_wrong_file_is_named(tmp_path, change, complaint):
    (tmp_path / "tea.toml").write_text(SKILL.replace(*change))
    with pytest.raises(ValueError, match=complaint):
        read_families(tmp_path)


@pytest.mark.django_db
def test_migrating_loads_it_with_neighbours_both_ways():
    assert Skill.objects.filter(organisation=None, retired=False).count() == len(starter_skills())
    briefs = Skill.objects.get(key="writing-briefs")
    for key in starter_skills()["writing-briefs"].neighbours:
        neighbour = Skill.objects.get(key=key)
        assert neighbour in briefs.neighbours.all() and briefs in neighbour.neighbours.all()


@pytest.mark.django_db
def test_sync_changes_nothing_when_all_is_right(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert sync_starter_skills() == Written(0, 0, 0)


@pytest.mark.django_db
def test_sync_mends_adds_and_retires(organisation):
    Skill.objects.filter(key="roadmaps").update(name="Maps", synonyms=["atlas"])
    Skill.objects.filter(key="selling").delete()
    gone = Skill.objects.create(key="telegraphy", name="Telegraphy", family="engineering")
    own = Skill.objects.create(organisation=organisation, key="own-kites", name="Kites", family="operations")
    gone.neighbours.add(Skill.objects.get(key="debugging"))

    assert sync_starter_skills() == Written(added=1, changed=1, retired=1)

    assert Skill.objects.get(key="roadmaps").name == "Roadmaps"
    assert Skill.objects.get(key="selling").neighbours.filter(key="negotiating").exists()
    gone.refresh_from_db()
    own.refresh_from_db()
    assert gone.retired and not gone.neighbours.exists()
    assert not own.retired
    assert sync_starter_skills() == Written(0, 0, 0)


@pytest.mark.django_db
def test_anchors_are_the_skills_own_or_its_familys(organisation):
    interviews = anchors_of(Skill.objects.get(key="discovery-interviews"))
    assert [rung.level for rung in interviews] == [1, 2, 3, 4, 5]
    assert interviews[2].label == "I do it on my own"
    assert interviews[2].anchor == "Plans and runs an interview alone and can say what it changed."
    own = Skill(organisation=organisation, key="own-kites", name="Kites", family="operations")
    assert [rung.anchor for rung in anchors_of(own)] == list(families()["operations"].anchors)
