"""Every word that a person reads is translated, as docs/translating.md says."""

import gettext
import re

import pytest

from tests.catalogs import placeholders, read
from wayfellow.cli.messages import catalogs, extract, missing_tools

CATALOGS = pytest.mark.parametrize("catalog", catalogs(), ids=lambda path: path.parts[-3])
TAG = re.compile(r"<[^<>]+>")
MEND = "run ./dev messages, then translate what it lists; docs/translating.md says how"


def test_each_language_has_a_catalog(settings):
    assert {path.parts[-3] for path in catalogs()} == {code for code, _name in settings.LANGUAGES} - {"en"}


@CATALOGS
def test_every_message_is_translated(catalog):
    entries = read(catalog)
    assert len(entries) > 1000
    missing = [
        entry.one for entry in entries if len(entry.said) != (2 if entry.many else 1) or not all(entry.said.values())
    ]
    assert missing == [], MEND
    assert [entry.one for entry in entries if entry.is_fuzzy] == [], MEND


@CATALOGS
def test_placeholders_agree(catalog):
    faults = []
    for entry in read(catalog):
        wanted = placeholders(entry.many or entry.one)
        for number, said in entry.said.items():
            found = placeholders(said)
            # One of a thing may say its number in words.
            fits = found == wanted or (entry.many and number == 0 and set(found) < set(wanted))
            faults += [] if fits else [f"{entry.one!r}: {said!r}"]
    assert faults == []


@CATALOGS
def test_spaces_at_the_ends_agree(catalog):
    def ends(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [said for entry in read(catalog) for said in entry.said.values() if ends(said) != ends(entry.one)] == []


@CATALOGS
def test_german_style(catalog):
    if catalog.parts[-3] != "de":
        pytest.skip("for German")
    words = [TAG.sub("", said) for entry in read(catalog) for said in entry.said.values()]
    assert [said for said in words if "!" in said or '"' in said or "“" in said.split("„")[0]] == []


@CATALOGS
def test_the_compiled_catalog_says_the_same(catalog):
    with catalog.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    wanted = {}
    for entry in read(catalog):
        key = f"{entry.context}\x04{entry.one}" if entry.context else entry.one
        wanted |= {(key, number): said for number, said in entry.said.items()} if entry.many else {key: entry.said[0]}
    compiled.pop("")
    assert compiled == wanted, MEND


@CATALOGS
def test_the_catalog_holds_what_the_code_says(catalog, tmp_path):
    missing = missing_tools()
    if missing:
        pytest.skip(f"needs GNU gettext: {', '.join(missing)}")
    extract(tmp_path / "django.pot")
    wanted = {entry.key for entry in read(tmp_path / "django.pot")}
    found = {entry.key for entry in read(catalog)}
    assert len(wanted) > 1000
    assert (sorted(wanted - found), sorted(found - wanted)) == ([], []), MEND


def test_what_is_plain_data_is_found_too(tmp_path):
    if missing_tools():
        pytest.skip("needs GNU gettext")
    extract(tmp_path / "django.pot")
    found = {entry.one for entry in read(tmp_path / "django.pot")}
    assert {"“{name}” is empty.", "office location", "Delegating", "Leading people"} <= found
