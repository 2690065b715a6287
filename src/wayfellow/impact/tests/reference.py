"""Where the published examples lie: those that may be carried here, and the folder with the others."""

import csv
import os
from pathlib import Path

import pytest

CARRIED = Path(__file__).with_name("data")
BESIDE = Path(__file__).resolve().parents[5] / "shared" / "impact-data"


def reference(path: str) -> Path:
    """A file such as `data/pbc.csv` or `plans/pbc_rmst.toml`; skips the test where it is not."""
    elsewhere = Path(os.environ.get("WAYFELLOW_REFERENCE_DATA") or BESIDE)
    for folder in (CARRIED, elsewhere):
        if (folder / path).is_file():
            return folder / path
    pytest.skip(f"{path} may not be carried in the repository; WAYFELLOW_REFERENCE_DATA names the folder that has it")


def columns(path: str, *names: str) -> list[list[str]]:
    """Cells of some columns of a CSV file of the published examples."""
    with reference(path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [[row[name] for row in rows] for name in names]
