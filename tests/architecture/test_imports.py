"""Who may import whom."""

import importlinter.cli
import pytest

from tests.architecture.places import IMPACT_ONLY, ROOT, SERVER_ONLY, SOURCE, run_without

PURE_PACKAGES = ["tables", "matching", "impact"]


def test_import_contracts_hold(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(ROOT / "src")
    assert importlinter.cli.lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


@pytest.mark.parametrize("package", PURE_PACKAGES)
def test_pure_package_imports_without_web_framework(package):
    folder = SOURCE / package
    files = [path for path in folder.rglob("*.py") if "tests" not in path.relative_to(folder).parts]
    dotted = [".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in files]
    code = "import importlib\nfor name in sys.argv[1:]: importlib.import_module(name)"
    done = run_without(SERVER_ONLY, code, *(name.removesuffix(".__init__") for name in dotted))
    assert done.returncode == 0, done.stderr


def test_impact_loads_no_library_of_its_extra_before_it_needs_one():
    folder = SOURCE / "impact"
    files = [path for path in folder.rglob("*.py") if "tests" not in path.relative_to(folder).parts]
    dotted = [".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in files]
    code = "import importlib\nfor name in sys.argv[1:]: importlib.import_module(name)"
    heavy = (*SERVER_ONLY, *IMPACT_ONLY, "pandas")
    done = run_without(heavy, code, *(name.removesuffix(".__init__") for name in dotted))
    assert done.returncode == 0, done.stderr
