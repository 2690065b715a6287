"""The fairness report gives nobody away."""

from hypothesis import given
from hypothesis import strategies as st

from wayfellow.matching.build import Mentee, Mentor, Pair, problem_from_pairs
from wayfellow.matching.people_files.fairness import FEWEST, GroupRow, fairness, too_small
from wayfellow.matching.solve import match


def run(sizes, matched):
    """Groups of these sizes, of which so many are matched with a score of 100 each."""
    mentees, pairs, groups, score = [], [], {}, 0
    for group, size in sizes.items():
        for at in range(size):
            mentee = f"{group}{at}"
            mentees.append(Mentee(mentee))
            groups[mentee] = {"site": group}
            if at < matched[group]:
                pairs.append(Pair(mentee, "m", 100))
                score += 100
    problem = problem_from_pairs(mentees, [Mentor("m", capacity=1000)], pairs)
    return {row.group: row for row in fairness(match(problem), groups, ["site"])}


def test_shares_and_means():
    rows = run({"a": 6, "b": 10}, {"a": 6, "b": 5})
    assert rows["Everybody"] == GroupRow("", "Everybody", 16, 11 / 16, 100.0)
    assert rows["a"] == GroupRow("site", "a", 6, 1.0, 100.0)
    assert rows["b"] == GroupRow("site", "b", 10, 0.5, 100.0)


def test_a_small_group_is_hidden_and_the_next_one_with_it():
    rows = run({"a": 4, "b": 6, "c": 9}, {"a": 4, "b": 6, "c": 9})
    assert [rows[group].mentees for group in "abc"] == [None, None, 9]
    assert rows["a"].matched_share is rows["b"].matched_share is None


def test_a_mean_of_few_is_hidden():
    rows = run({"a": 8, "b": 9, "c": 9}, {"a": 3, "b": 9, "c": 8})
    assert [rows[group].mentees for group in "abc"] == [8, 9, 9]
    assert [rows[group].mean_score for group in "abc"] == [None, 100.0, None]


def test_nobody_matched_has_no_mean():
    assert run({"a": 8}, {"a": 0})["a"] == GroupRow("site", "a", 8, 0.0, None, unmatched_all=True)


def test_a_cohort_under_five_is_hidden_as_a_whole():
    assert run({"a": 4}, {"a": 4})["Everybody"].mentees is None


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12)))
def test_what_is_hidden_cannot_be_worked_out(people):
    hidden = too_small(people)
    assert all(people[group] >= FEWEST for group in people if group not in hidden)
    if hidden and hidden != people.keys():
        assert len(hidden) > 1
        assert sum(people[group] for group in hidden) >= FEWEST
