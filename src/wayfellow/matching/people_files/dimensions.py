"""What people are grouped by: a column, named by its field ("department") or by its heading ("Business line")."""

from collections.abc import Sequence

from wayfellow.matching.people_files.fields import GROUPINGS, find_heading, why_not_group
from wayfellow.matching.people_files.rows import Sheet
from wayfellow.matching.people_files.rules import MatchRules, RulesError

_BY_DEFAULT = tuple(name for name in GROUPINGS if name != "job_title")


def perspective_of(rules: MatchRules, sheets: Sequence[Sheet]) -> dict[str, str]:
    """Dimension → field or heading, for all that pairs are compared by.

    Raises:
        RulesError: a dimension is no column, or one that is too private to compare people by.
    """
    asked = [
        *(("[perspective] dimensions", name) for name in rules.perspective),
        *(("[rules] must_differ", name) for name in rules.must_differ),
        *(("[rules] must_match", name) for name in rules.must_match),
    ]
    return _sources(asked, sheets, compared=True)


def groups_of(rules: MatchRules, sheets: Sequence[Sheet]) -> dict[str, str]:
    """Dimension → field or heading, for what the fairness report counts by, and the lottery's strata.

    Raises:
        RulesError: a group is no column, or one that is never read.
    """
    if rules.fairness is None:
        asked = [("[fairness] groups", name) for name in _BY_DEFAULT if any(sheet.has(name) for sheet in sheets)]
    else:
        asked = [("[fairness] groups", name) for name in rules.fairness]
    if rules.strata is not None:
        asked.append(("[lottery] strata", rules.strata))
    return _sources(asked, sheets, compared=False)


def _sources(asked: Sequence[tuple[str, str]], sheets: Sequence[Sheet], *, compared: bool) -> dict[str, str]:
    sources: dict[str, str] = {}
    faults = []
    for place, name in asked:
        source = _source(name, sheets)
        if source is None:
            headings = ", ".join(dict.fromkeys(heading for sheet in sheets for heading in sheet.headers))
            faults.append(f"{place}: no column is read as “{name}” or headed so. The headings are: {headings}.")
        elif source not in GROUPINGS and why_not_group(source, compared=compared):
            why = "too private to compare people by" if compared else "never read here"
            faults.append(f"{place}: the column “{source}” is {why}.")
        else:
            sources[name] = source
    if faults:
        raise RulesError(list(dict.fromkeys(faults)))
    return sources


def _source(name: str, sheets: Sequence[Sheet]) -> str | None:
    if name in GROUPINGS and any(sheet.has(name) for sheet in sheets):
        return name
    for sheet in sheets:
        heading = find_heading(name, sheet.headers)
        if heading:
            return heading
    return None
