import pytest

from wayfellow.search.words import distance, fold, query_words, spell, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Inês", "ines"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("Łódź", "lodz"), ("Ørsted", "orsted")],
)
def test_case_and_accents_are_folded(written, folded):
    assert fold(written) == folded


def test_nothing_but_letters_and_digits_is_left():
    assert words('a"b*c:d\x00e (NEAR) x_y') == ["a", "b", "c", "d", "e", "near", "x", "y"]


def test_a_long_query_is_cut():
    assert len(query_words(" ".join(f"w{n}" for n in range(500)))) <= 8
    assert len(query_words("a" * 10_000)[0]) <= 40


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("product", "product", 0), ("produkt", "product", 1), ("prodcut", "product", 1), ("managment", "management", 1)],
)
def test_distance_counts_slips(one, other, far):
    assert distance(one, other, at_most=2) == far


def test_distance_gives_up_early():
    assert distance("abc", "xyzuvw", at_most=2) == 3
    assert distance("abcdef", "uvwxyz", at_most=2) == 3


def test_spell_finds_what_was_meant():
    known = ["product", "management", "manager", "data", "roadmaps"]
    assert spell("produkt", known) == "product"
    assert spell("managment", known) == "management"
    assert spell("dsta", known) == "data"


def test_short_words_and_beginnings_are_left_alone():
    known = ["product", "data"]
    assert spell("dat", known) == "dat"
    assert spell("prod", known) == "prod"
    assert spell("dza", known) == "dza"
    assert spell("quantum", known) == "quantum"
