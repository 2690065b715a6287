"""Catalogs of translations, read without GNU gettext."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

BETWEEN = re.compile(r"\n\s*\n")
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? )?(".*")$')
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|{\w*}|<[^>]*>|https?://\S+")


@dataclass
class Entry:
    """One message: its words in English, and in the language of the catalog."""

    context: str = ""
    one: str = ""
    many: str = ""
    said: dict[int, str] = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def key(self):
        return self.context, self.one, self.many


def read(path: Path) -> list[Entry]:
    """The entries of a .po or .pot file, without its head."""
    entries = [_read_entry(block) for block in BETWEEN.split(path.read_text(encoding="utf-8").strip())]
    return [entry for entry in entries if entry.one]


def placeholders(text: str) -> list[str]:
    """What must be the same in every language: what is filled in, mark-up, and addresses."""
    return sorted(PLACEHOLDER.findall(text))


def _read_entry(block: str) -> Entry:
    entry = Entry()
    part, number = "", 0
    for line in block.splitlines():
        if line.startswith("#,"):
            entry.is_fuzzy = "fuzzy" in line
        found = None if line.startswith("#") else LINE.match(line)
        if not found:
            continue
        if found[1]:
            part, number = found[1], int(found[2] or 0)
        text = ast.literal_eval(found[3])
        if part == "msgstr":
            entry.said[number] = entry.said.get(number, "") + text
        else:
            name = {"msgctxt": "context", "msgid": "one", "msgid_plural": "many"}[part]
            setattr(entry, name, getattr(entry, name) + text)
    return entry
