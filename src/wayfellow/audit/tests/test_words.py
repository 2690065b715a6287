"""Every verb that some action records reads in words on the page Records."""

import ast
from pathlib import Path

import wayfellow
from wayfellow.audit.words import WORDS

SOURCE = Path(wayfellow.__file__).parent
COMPUTED = {"administrator_made", "administrator_unmade", "safeguarding_lead_made", "safeguarding_lead_unmade"}
COMPUTED |= {"network_joined", "limits_changed", "job_run_again", "job_cancelled"}


def verbs_in(text: str) -> set[str]:
    """The verbs that are written out in calls of `record`."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and node.args]
    return {
        node.args[0].value
        for node in calls
        if isinstance(node.func, ast.Name) and node.func.id == "record" and isinstance(node.args[0], ast.Constant)
    }


def test_every_verb_has_words() -> None:
    modules = [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts]
    verbs = set().union(*(verbs_in(path.read_text(encoding="utf-8")) for path in modules))
    assert len(verbs) > 40
    assert sorted((verbs | COMPUTED) - WORDS.keys()) == []
