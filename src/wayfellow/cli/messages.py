"""The catalogs of translations: `python -m wayfellow.cli.messages` brings them up to date with the code.

Everything is found that is marked for translation in code and templates, and so are the sentences that have no mark
because they are plain data: those of `wayfellow.tables`, and the starter skills. Needs GNU gettext.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from wayfellow.cli.site import set_up

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
TOOLS = ("xgettext", "msgmerge", "msgattrib", "msgfmt")
_LEFT_OUT = {"tests", "migrations", "static", "locale"}
_KEYWORDS = (
    *("gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3"),
    *("pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3", "_in_words"),
)
_HEAD = """\
# {name} translation of Wayfellow.
# What the words are and how to write them: docs/translating.md
msgid ""
msgstr ""
"Project-Id-Version: Wayfellow\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def missing_tools() -> list[str]:
    """The programs of GNU gettext that are not here."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def catalogs() -> list[Path]:
    """The .po file of each language that Wayfellow is translated to."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def extract(target: Path) -> None:
    """Write a .pot file with everything that code, templates and data say to a person."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, code in _sources():
            copy = folder / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(code, encoding="utf-8")
        files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.py"))
        listed = folder / "files"
        listed.write_text("\n".join(files), encoding="utf-8")
        _run(
            *("xgettext", "--language=Python", "--from-code=UTF-8", "--add-comments=Translators"),
            *("--add-location=file", "--no-wrap", *(f"--keyword={keyword}" for keyword in _KEYWORDS)),
            *(f"--directory={folder}", f"--files-from={listed}", f"--output={target}"),
        )
    lines = target.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith('"POT-Creation-Date:')]
    shown = [line.replace(".html.py", ".html").replace(".txt.py", ".txt").replace(".toml.py", ".toml") for line in kept]
    target.write_text("\n".join(shown) + "\n", encoding="utf-8")


def refresh(catalog: Path, template: Path) -> None:
    """Bring one .po file up to date with a .pot file: new words come in, gone ones go, changed ones become fuzzy."""
    if not catalog.exists():
        from django.conf.locale import LANG_INFO

        code = catalog.parent.parent.name
        catalog.parent.mkdir(parents=True, exist_ok=True)
        catalog.write_text(_HEAD.format(name=LANG_INFO[code]["name"], code=code), encoding="utf-8")
    _run("msgmerge", "--quiet", "--previous", "--no-wrap", "--update", "--backup=none", catalog, template)
    _run("msgattrib", "--no-obsolete", "--no-wrap", catalog, f"--output-file={catalog}")


def compile_catalog(catalog: Path, target: Path) -> None:
    """Write the .mo file of a .po file; placeholders that differ are refused."""
    _run("msgfmt", "--check-format", f"--output-file={target}", catalog)


def _sources() -> Iterator[tuple[Path, str]]:
    """Each file as Python that xgettext can read, under the path that the catalog names."""
    from django.utils.translation import templatize

    for path in sorted(PACKAGE.rglob("*")):
        inside = path.relative_to(PACKAGE)
        if _LEFT_OUT & set(inside.parts) or not path.is_file():
            continue
        if path.suffix == ".py":
            yield inside, path.read_text(encoding="utf-8")
        elif "templates" in inside.parts and path.suffix in {".html", ".txt"}:
            code = templatize(path.read_text(encoding="utf-8"), origin=str(inside))
            yield inside.with_name(f"{path.name}.py"), code
    yield from _unmarked()


def _unmarked() -> Iterator[tuple[Path, str]]:
    """What is translated though no mark stands beside it."""
    from wayfellow.skills.starter import BETWEEN_SYNONYMS, FOLDER, families
    from wayfellow.tables.messages import MESSAGES
    from wayfellow.tables.people.fields import OTHER_LABELS, PEOPLE_FIELDS

    labels = [field.label for field in PEOPLE_FIELDS] + list(OTHER_LABELS)
    yield Path("tables/messages.py"), _marked(MESSAGES.values())
    yield Path("tables/people/fields.py"), _marked(labels)
    for path, family in zip(sorted(FOLDER.glob("*.toml")), families().values(), strict=True):
        words = [family.name, family.description, *family.anchors]
        for skill in family.skills:
            words += [skill.name, skill.description, BETWEEN_SYNONYMS.join(skill.synonyms), *skill.anchors]
        yield path.relative_to(PACKAGE).with_name(f"{path.name}.py"), _marked(filter(None, words))


def _marked(sentences: Iterable[str]) -> str:
    return "".join(f"gettext({json.dumps(sentence, ensure_ascii=False)})\n" for sentence in sentences)


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, env=dict(os.environ, LC_ALL="C.UTF-8"))


def main(codes: list[str]) -> None:
    """Bring all catalogs up to date, and begin one for each code that has none."""
    missing = missing_tools()
    if missing:
        raise SystemExit(f"{', '.join(missing)} missing; they come with GNU gettext: sudo apt-get install -y gettext")
    set_up()
    begun = {LOCALE / code / "LC_MESSAGES" / "django.po" for code in codes}
    with TemporaryDirectory() as folder:
        template = Path(folder) / "django.pot"
        extract(template)
        for catalog in sorted({*catalogs(), *begun}):
            refresh(catalog, template)
            compile_catalog(catalog, catalog.with_suffix(".mo"))
            counted = subprocess.run(
                ["msgfmt", "--statistics", "--output-file=/dev/null", str(catalog)], capture_output=True, text=True
            )
            click.echo(f"{catalog.relative_to(PACKAGE.parent)}: {counted.stderr.strip()}")


if __name__ == "__main__":
    main(sys.argv[1:])
