"""What a page says, and what of it people have typed: the rest is ours to translate."""

import json
import re
import sqlite3
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO

WORD = re.compile(r"[A-Za-z][a-z]{2,}")
# Which of two languages a text is in, told by the words that no sentence is without.
ENGLISH = re.compile(
    r"\b(the|and|you|your|of|to|is|are|with|for|from|not|who|what|when|this|that|they|their|has|have|can|will|by|yet)\b",
    re.IGNORECASE,
)
READ_OUT = {"aria-label", "placeholder", "title", "alt", "data-confirm"}
SILENT = {"script", "style", "svg"}
# What the database holds in English though nobody typed it: the skills are ours to translate; a job has codes.
OURS = ("skills_skill", "search_", "jobs_", "django_", "auth_", "sqlite_", "shared_cache")
PARTS = re.compile(r"[·,.:/|()„“”\"]")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.found += [value for name, value in attrs if name in READ_OUT and value and not self.silent]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.found.append(data)


def words_of(html: str) -> list[str]:
    """Each piece of text on a page once, also those that are only read out."""
    parser = _Words()
    parser.feed(html)
    return list(dict.fromkeys(" ".join(text.split()) for text in parser.found))


class Typed:
    """What people have typed into the demo, and names: of places, of languages, ours."""

    def __init__(self, home: Path) -> None:
        texts = [part for zone in available_timezones() for part in (zone, *zone.split("/"))]
        texts = [text.replace("_", " ") for text in texts]
        texts += [name for info in LANG_INFO.values() for name in (info.get("name", ""), info.get("name_local", ""))]
        texts += ["Wayfellow", "Pseudo", "https", "CSV", "XLSX", "JSON"]
        with sqlite3.connect(home / "wayfellow.sqlite3") as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                columns = '"to", subject' if table == "notifications_mail" else "*"
                if not table.startswith(OURS):
                    rows = database.execute(f'SELECT {columns} FROM "{table}"').fetchall()  # noqa: S608  our own names
                    texts += [text for row in rows for value in row for text in _texts(value)]
            for row in database.execute("SELECT name, description FROM skills_skill WHERE organisation_id IS NOT NULL"):
                texts += row
        self.all = "\n".join(" ".join(text.split()) for text in texts).casefold()

    def holds(self, text: str) -> bool:
        """Whether a text, or each part of it that reads as English, stands in what people typed."""
        plain = text.strip(" .…").casefold()
        parts = [part.strip(" .…").casefold() for part in PARTS.split(text) if WORD.search(part)]
        if any(ENGLISH.search(part) for part in parts):
            parts = [part for part in parts if ENGLISH.search(part)]
        return plain in self.all or all(part in self.all for part in parts)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        try:
            value = json.loads(value)
        except ValueError:
            pass
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
