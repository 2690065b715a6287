"""The merge never loses a line that either side wrote."""

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from wayfellow.meetings.merging import differences, from_lines, join, merge, to_lines

LINES = st.lists(st.sampled_from(["", "a", "b", "c", "d", "Test with two crews.", "x y"]), max_size=8)
ANY = st.lists(st.text(alphabet=st.characters(blacklist_characters="\r\n", codec="utf-8"), max_size=5), max_size=8)


def written(side, base):
    """The lines that a side has and the base has not: what it wrote."""
    return Counter(side) - Counter(base)


@given(LINES, LINES, LINES)
@example(["a", "b"], ["a", "c"], ["a", "d"])
@example(["a"], [], ["a", "b"])
@example([], ["a"], ["b"])
def test_each_line_somebody_wrote_is_in_the_text_or_in_a_clash(base, theirs, mine):
    merged = merge(base, theirs, mine)
    kept = Counter(merged.lines) + sum((Counter(clash.mine) for clash in merged.clashes), Counter())
    for line in written(theirs, base):
        assert line in merged.lines
    for line in written(mine, base):
        assert line in kept


@given(ANY, ANY)
def test_who_changed_nothing_changes_nothing(base, other):
    assert merge(base, other, base).lines == tuple(other)
    assert merge(base, base, other).lines == tuple(other)
    assert merge(base, other, other).lines == tuple(other)
    assert not merge(base, other, base).clashes


@given(LINES, LINES, LINES)
def test_joined_holds_what_both_wrote(base, theirs, mine):
    joined = join(base, theirs, mine)
    assert not [line for line in written(theirs, base) | written(mine, base) if line not in joined]


@given(LINES, LINES, LINES)
def test_a_clash_says_where_its_lines_stand(base, theirs, mine):
    merged = merge(base, theirs, mine)
    for clash in merged.clashes:
        assert merged.lines[clash.at : clash.at + len(clash.theirs)] == clash.theirs
        assert clash.base and clash.theirs != clash.mine


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8), st.data())
def test_a_line_that_both_left_alone_stays(base, data):
    theirs = [line for line in base if line != "a"]
    mine = [line for line in base if line != "b"]
    merged = merge(base, theirs, mine)
    assert merged.lines.count("c") == base.count("c") or merged.clashes


@given(ANY)
def test_texts_and_lines_are_the_same(lines):
    assert to_lines(from_lines(lines)) == (lines if any(lines) or len(lines) > 1 else [])
    assert to_lines("one\r\ntwo\rthree") == ["one", "two", "three"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_differences_hold_both_texts(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "taken") == after


def test_lines_added_at_the_same_place_both_stand():
    assert merge(["a"], ["a", "theirs"], ["a", "mine"]).lines == ("a", "theirs", "mine")


def test_the_same_line_changed_twice_is_a_clash():
    merged = merge(["a", "b", "c"], ["a", "b one", "c"], ["a", "b two", "c", "d"])
    assert merged.lines == ("a", "b one", "c", "d")
    (clash,) = merged.clashes
    assert (clash.at, clash.theirs, clash.mine) == (1, ("b one",), ("b two",))


def test_one_takes_out_what_the_other_changes_is_a_clash():
    merged = merge(["a", "b"], ["a"], ["a", "b!"])
    assert merged.lines == ("a",)
    assert merged.clashes[0].mine == ("b!",)
