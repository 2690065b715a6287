"""Write a made-up company into a folder."""

import contextlib
import json
from pathlib import Path

from wayfellow.impact.simulate.settings import Company, SettingsRefused

FILES = ("PLAN.toml", "people.csv", "truth.json")


def write_company(company: Company, folder: Path, *, force: bool = False) -> None:
    """Write PLAN.toml, people.csv and truth.json; all of them, or none that was there before.

    Args:
        folder: made when it is missing.
        force: write over files of these names.

    Raises:
        SettingsRefused: a file is there already, or cannot be written.
    """
    there = [folder / name for name in FILES if (folder / name).exists()]
    if there and not force:
        raise SettingsRefused([f"{path} is there already; --force writes over it" for path in there])
    contents = dict(zip(FILES, (company.plan, people_csv(company), truth_json(company)), strict=True))
    begun: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in contents.items():
            part = folder / f"{name}.part"
            begun.append(part)
            part.write_text(text, encoding="utf-8", newline="\n")
        for name in contents:
            (folder / f"{name}.part").replace(folder / name)
    except OSError as error:
        for part in begun:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise SettingsRefused([f"{error.filename or folder}: {error.strerror or error}"]) from error


def people_csv(company: Company) -> str:
    """The people as CSV, a line feed at the end of each line; empty where an answer is missing."""
    names = list(company.columns)
    rows = zip(*company.columns.values(), strict=True)
    lines = [",".join(names), *(",".join("" if value is None else str(value) for value in row) for row in rows)]
    return "\n".join(lines) + "\n"


def truth_json(company: Company) -> str:
    """What having a mentor truly did, in the unit of each outcome."""
    settings = company.settings
    facts = {"design": settings.design, "effect": settings.effect, "seed": settings.seed, "truth": company.truth}
    return json.dumps(facts, indent=2) + "\n"
