"""A name is found as a name, and nothing else is taken for it."""

import pytest

from wayfellow.core.naming import pattern_of


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Zofia Wilk", "I saw zofia wilk there."),
        ("Zofia Wilk", "Zofia Wilk"),
        ("jo@larkmoor.example", "Write to JO@larkmoor.example."),
        ("Bo", "Bo called."),
        ("Sukarno", "“Sukarno” said so"),
        ("李娜", "我和李娜说"),
        ("Inês D'Ávila", "from Inês D'Ávila"),
    ],
)
def test_finds(name: str, text: str) -> None:
    pattern = pattern_of(name)
    assert pattern is not None
    assert pattern.search(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [("Ann Lee", "Joann Leeman"), ("Bo", "Border, about, bo"), ("jo@a.example", "xjo@a.example"), ("Will", "I will")],
)
def test_takes_nothing_else_for_it(name: str, text: str) -> None:
    pattern = pattern_of(name)
    assert pattern is not None
    assert not pattern.search(text)


@pytest.mark.parametrize("name", ["", "a", "A", "en", "administrator", "notice_id"])
def test_some_words_are_nobodys_name(name: str) -> None:
    assert pattern_of(name) is None
