"""Where things are in the checkout."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wayfellow"


def modules() -> list[Path]:
    """All Python files of the package."""
    return sorted(path for path in SOURCE.rglob("*.py") if "__pycache__" not in path.parts)


def templates() -> list[Path]:
    """All templates of the package: pages and mails."""
    return sorted(path for path in SOURCE.glob("*/templates/**/*.*") if path.suffix in {".html", ".txt"})


def name_of(path: Path) -> str:
    """The path as a test's id."""
    return path.relative_to(ROOT).as_posix()


BLOCKER = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {blocked}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocker())
"""
SERVER_ONLY = ("django", "allauth", "csp", "django_htmx", "django_tasks", "granian", "psycopg", "PIL", "whitenoise")
IMPACT_ONLY = ("statsmodels", "diff_diff", "typst")


def run_without(packages: tuple[str, ...], code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in a new interpreter in which these packages are not installed."""
    return subprocess.run(
        [sys.executable, "-c", BLOCKER.format(blocked=set(packages)) + code, *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
