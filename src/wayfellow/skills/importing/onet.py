"""Reads the files of the O*NET database, as text or Excel, of releases before and after 30.3.

Release 30.3 split Skills into Essential Skills and Transferable Skills, and Technology Skills became Software Skills:
https://www.onetcenter.org/database.html, with a data dictionary for each format.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from wayfellow.search.words import fold
from wayfellow.skills.importing.content import LONGEST_NAME, Content, Known, ReadConcept, ReadNeed, shortened
from wayfellow.skills.importing.files import Kind, Progress, Row, open_files, rows
from wayfellow.skills.models import Concept, RoleNeed, Source

CODE, ELEMENT, NAME = "O*NET-SOC Code", "Element ID", "Element Name"
FAMILIES = {
    Concept.Kind.SKILL: "onet-skills",
    Concept.Kind.KNOWLEDGE: "onet-knowledge",
    Concept.Kind.SOFTWARE: "onet-software",
}
_NAMES = {"onet-skills": "O*NET skills", "onet-knowledge": "O*NET knowledge", "onet-software": "O*NET software"}
_LANGUAGE = "en"
_RELEASE = re.compile(r"db_(\d+)_(\d+)")
_CODE = re.compile(r"\d{2}-\d{4}\.\d{2}")
_ELEMENT = re.compile(r"2\.[ABC](\.\w+)+")
_KINDS = {"A": Concept.Kind.SKILL, "B": Concept.Kind.SKILL, "C": Concept.Kind.KNOWLEDGE}
_LIMITS = {"IM": (1, 5), "LV": (0, 7)}

Ratings = dict[tuple[str, str], dict[str, float]]
"""Occupation, element → scale → value."""

MODEL = Kind("Content Model Reference", (ELEMENT, NAME, "Description"), lacks=(CODE,), may_be_empty=("Description",))
OCCUPATIONS = Kind("Occupation Data", (CODE, "Title", "Description"), lacks=(ELEMENT,))
RATINGS = Kind(
    "Skills, Essential Skills, Transferable Skills, Knowledge",
    (CODE, ELEMENT, NAME, "Scale ID", "Data Value"),
    lacks=("Category",),
    fits=lambda row: bool(_ELEMENT.fullmatch(row["element id"])),
)
SOFTWARE = Kind("Software Skills", (CODE, ELEMENT, NAME, "Workplace Example"))
TECHNOLOGY = Kind("Technology Skills", (CODE, "Example", "Commodity Code", "Commodity Title"))
KINDS = (MODEL, OCCUPATIONS, RATINGS, SOFTWARE, TECHNOLOGY)


def read_onet(paths: Sequence[Path], *, known: Known, progress: Progress, release: str = "") -> Content:
    """Read files of the database; what is wrong in them is in `faults`.

    Raises:
        InvalidInput: none of the files is of use.
    """
    content = Content(str(Source.ONET), release=release or _release(paths), languages={_LANGUAGE})
    files = open_files(paths, KINDS, content=content)
    described: dict[str, tuple[str, str]] = {}
    ratings: Ratings = {}
    for file in files:
        for row in rows(file, content, progress):
            if file.kind is MODEL:
                described[row[ELEMENT]] = (row[NAME], row["Description"])
            elif file.kind is OCCUPATIONS:
                _occupation(row, content)
            elif file.kind is RATINGS:
                _rating(row, content, known, ratings=ratings, described=described)
            else:
                _software(row, content, known)
    if not any(file.kind is RATINGS for file in files):
        _elements_of_model(content, described)
    for (code, element), values in ratings.items():
        if "IM" in values:
            need = ReadNeed(RoleNeed.Relation.RATED, importance=values["IM"], level=values.get("LV"))
            content.needs[code, element] = need
    content.whole = {concept.kind for concept in content.concepts.values()}
    content.needed = content.whole if any(file.kind in (RATINGS, SOFTWARE, TECHNOLOGY) for file in files) else set()
    content.families = {FAMILIES[kind]: {_LANGUAGE: _NAMES[FAMILIES[kind]]} for kind in sorted(content.whole, key=str)}
    if content.needs and not (content.roles or known.roles):
        content.notes.append("Profiles of occupations are left out: Occupation Data is not among the files.")
        content.needs, content.needed = {}, set()
    return content


def _release(paths: Sequence[Path]) -> str:
    """30.3 where a folder is called `db_30_3_text`, as those that are published are."""
    for path in paths:
        found = _RELEASE.search(str(path.resolve()))
        if found:
            return ".".join(found.groups())
    return ""


def _occupation(row: Row, content: Content) -> None:
    code = row[CODE]
    if not _CODE.fullmatch(code):
        content.faults.append(row.fault(CODE, f"“{code}” is no code such as 11-1011.00."))
    elif code in content.roles:
        content.faults.append(row.fault(CODE, f"{code} is there twice."))
    else:
        content.roles[code] = {_LANGUAGE: {"name": row["Title"], "about": shortened(row["Description"])}}


def _rating(
    row: Row, content: Content, known: Known, *, ratings: Ratings, described: dict[str, tuple[str, str]]
) -> None:
    code, element, scale, value = _code(row, content, known), row[ELEMENT], row["Scale ID"], row["Data Value"]
    if code is None:
        return
    if not _ELEMENT.fullmatch(element):
        content.faults.append(row.fault(ELEMENT, f"“{element}” is no skill or knowledge; theirs begin 2.A to 2.C."))
        return
    if scale not in _LIMITS:
        content.faults.append(row.fault("Scale ID", f"“{scale}” is neither IM (importance) nor LV (level)."))
        return
    low, high = _LIMITS[scale]
    try:
        rated = float(value)
    except ValueError:
        rated = -1.0
    if not low <= rated <= high:
        content.faults.append(row.fault("Data Value", f"“{value}” is no number from {low} to {high}."))
        return
    values = ratings.setdefault((code, element), {})
    if scale in values:
        content.faults.append(row.fault("Scale ID", f"{code}, {element} and {scale} are there twice."))
        return
    if row.get("Recommend Suppress") != "Y" and row.get("Not Relevant") != "Y":
        values[scale] = rated
    if element not in content.concepts:
        name, about = described.get(element, (row[NAME], ""))
        _add_element(content, element, name, about)


def _elements_of_model(content: Content, described: dict[str, tuple[str, str]]) -> None:
    """The skills of the content model: what nothing stands under."""
    above = {element.rpartition(".")[0] for element in described}
    for element, (name, about) in described.items():
        if _ELEMENT.fullmatch(element) and element not in above:
            _add_element(content, element, name, about)


def _add_element(content: Content, element: str, name: str, about: str) -> None:
    kind = _KINDS[element[2]]
    content.concepts[element] = ReadConcept(
        kind=kind,
        labels={_LANGUAGE: {"name": name[:LONGEST_NAME], "about": shortened(about), "also": []}},
        family=FAMILIES[kind],
        group=element.rpartition(".")[0],
    )


def _software(row: Row, content: Content, known: Known) -> None:
    code = _code(row, content, known)
    name = row["Example"] if row.file.kind is TECHNOLOGY else row["Workplace Example"]
    group = row["Commodity Title"] if row.file.kind is TECHNOLOGY else row[NAME]
    column = "Example" if row.file.kind is TECHNOLOGY else "Workplace Example"
    if code is None:
        return
    if len(name) > LONGEST_NAME:
        content.faults.append(row.fault(column, f"has {len(name)} letters; {LONGEST_NAME} are the most."))
        return
    identifier = " ".join(fold(name).split())
    if identifier not in content.concepts:
        content.concepts[identifier] = ReadConcept(
            kind=Concept.Kind.SOFTWARE,
            labels={_LANGUAGE: {"name": name, "about": group, "also": []}},
            family=FAMILIES[Concept.Kind.SOFTWARE],
            group=" ".join(fold(group).split()),
        )
    in_demand = row.get("In Demand") == "Y"
    need = ReadNeed(RoleNeed.Relation.IN_DEMAND if in_demand else RoleNeed.Relation.USED)
    if in_demand or (code, identifier) not in content.needs:
        content.needs[code, identifier] = need


def _code(row: Row, content: Content, known: Known) -> str | None:
    """The occupation of a row; None, and a fault, where there is no such. Files of occupations are read first."""
    code = row[CODE]
    if not _CODE.fullmatch(code):
        content.faults.append(row.fault(CODE, f"“{code}” is no code such as 11-1011.00."))
        return None
    if (content.roles or known.roles) and code not in content.roles and code not in known.roles:
        content.faults.append(row.fault(CODE, f"{code} is not in Occupation Data."))
        return None
    return code
