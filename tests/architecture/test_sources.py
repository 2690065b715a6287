"""House rules that a linter does not know."""

import re

import pytest

from tests.architecture.places import SOURCE, modules, name_of, templates

LONGEST = 500
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|coming soon", re.IGNORECASE)
SAFE = re.compile(r"\bmark_safe\b|\|\s*safe\b|\bSafeString\((?!\"\"\))|@html_safe")


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_module_is_short(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{lines} lines: split it by noun"


@pytest.mark.parametrize("path", [*modules(), *templates()], ids=name_of)
def test_nothing_is_unfinished_or_unescaped(path):
    text = path.read_text(encoding="utf-8")
    assert not UNFINISHED.search(text)
    assert not SAFE.search(text)
    assert path.suffix == ".txt" or not re.search(r"{%\s*autoescape\s+off", text)


HIDDEN = re.compile(
    r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->|<style\b.*?</style>|<script\b.*?</script>"
    r"|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}",
    re.DOTALL,
)
CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
READ_ATTRIBUTE = re.compile(r"\b(?:aria-label|title|placeholder|alt|data-confirm)=\"([^\"]*)\"")
TAG = re.compile(r"<[^<>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# Names, which no language translates: ours, and a mail header's.
NAMES = {"Wayfellow", "Subject"}


def untranslated(text: str) -> list[str]:
    """The words of a template that a person reads and gettext never sees."""
    text = CODE.sub("", re.sub(r"&\w+;", "", HIDDEN.sub("", text)))
    read = " ".join(READ_ATTRIBUTE.findall(text)) + " " + TAG.sub(" ", text)
    return [word for word in WORD.findall(read) if word not in NAMES]


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_word_goes_through_gettext(path):
    assert untranslated(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Hello there</p>", ["Hello", "there"]),
        ('<p class="wide">{% translate "Hello there" %}</p>', []),
        ("<p>{% blocktranslate %}Hello <b>there</b>{% endblocktranslate %}</p>", []),
        ('<button aria-label="Close">×</button>', ["Close"]),
        ("{# A note. #}<p>{{ member.name }}</p>&nbsp;", []),
    ],
)
def test_untranslated_words_are_found(text, words):
    assert untranslated(text) == words


def test_each_subject_keeps_its_templates_under_its_own_name():
    strays = [
        name_of(path)
        for path in SOURCE.glob("*/templates/*")
        if path.name not in {path.parent.parent.name, "account", "django"} and path.is_dir()
    ]
    assert strays == []
