"""Small extracts, written by hand in the formats that O*NET and ESCO publish, for tests of the import.

Headings and their order are those of the O*NET database 30.2 and 30.3 (text) and of ESCO 1.2.1 (CSV). The rows are made
up for these tests: identifiers look like published ones but the texts are ours.
"""

import csv
from collections.abc import Callable
from pathlib import Path

RATING = (
    "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\t"
    "Upper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source"
)
MODEL = """Element ID\tElement Name\tDescription
2\tWorker Requirements\tWhat is learned.
2.A\tBasic Skills\tWhat helps to learn.
2.A.1\tContent\tBackground to work with.
2.A.1.a\tReading Comprehension\tUnderstanding what is written at work.
2.A.1.b\tActive Listening\tPaying attention to what others say.
2.B\tCross-Functional Skills\tWhat helps across jobs.
2.B.1\tSocial Skills\tWorking with people.
2.B.1.d\tNegotiating\tBringing others together and reconciling differences.
2.B.1.e\tInstructing\tTeaching others how to do something.
2.C\tKnowledge\tOrganised principles.
2.C.10\tTransportation\tMoving people or goods.
1.A.1.a.1\tOral Comprehension\tAn ability, not a skill.
"""
OCCUPATIONS = """O*NET-SOC Code\tTitle\tDescription
11-1011.00\tChief Executives\tDecide where an organisation goes.
15-1252.00\tSoftware Developers\tWrite and mend software.
"""
RATED = [
    ("11-1011.00", "2.A.1.a", "Reading Comprehension", "4.12", "4.75"),
    ("11-1011.00", "2.B.1.d", "Negotiating", "4.38", "4.88"),
    ("11-1011.00", "2.B.1.e", "Instructing", "3.12", "3.50"),
    ("15-1252.00", "2.A.1.a", "Reading Comprehension", "3.75", "4.00"),
    ("15-1252.00", "2.A.1.b", "Active Listening", "3.62", "3.88"),
    ("15-1252.00", "2.C.10", "Transportation", "1.20", "0.50"),
]
TECHNOLOGY = """O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand
11-1011.00\tTableau\t43232314\tBusiness intelligence and data analysis software\tY\tN
15-1252.00\tC\t43232405\tObject or component oriented development software\tY\tN
15-1252.00\tC++\t43232405\tObject or component oriented development software\tY\tY
15-1252.00\tTableau\t43232314\tBusiness intelligence and data analysis software\tY\tN
"""
SOFTWARE = """O*NET-SOC Code\tElement ID\tElement Name\tWorkplace Example\tHot Technology\tIn Demand
15-1252.00\t2.E.5.b\tObject or component oriented development software\tC\tY\tN
15-1252.00\t2.E.5.b\tObject or component oriented development software\tC++\tY\tY
"""


def write_onet(folder: Path, **changed: str) -> Path:
    """The text files of a release up to 30.2, in a folder named as published ones are. `changed` gives other texts."""
    folder = folder / "db_30_2_text"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"model": MODEL, "occupations": OCCUPATIONS, "skills": ratings(RATED), "technology": TECHNOLOGY} | changed
    names = {"model": "Content Model Reference", "occupations": "Occupation Data", "technology": "Technology Skills"}
    for key, text in texts.items():
        (folder / f"{names.get(key, key.title())}.txt").write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig")
    return folder


def ratings(rows: list[tuple[str, str, str, str, str]]) -> str:
    """Skills.txt: importance and level of each element for each occupation."""
    lines = [RATING]
    for code, element, name, importance, level in rows:
        for scale, value, relevant in (("IM", importance, "n/a"), ("LV", level, "N")):
            lines.append(
                f"{code}\t{element}\t{name}\t{scale}\t{value}\t8\t0.1250\t3.8750\t4.3650\tN\t{relevant}\t"
                "08/2025\tAnalyst"
            )
    return "\n".join(lines) + "\n"


SKILL = "http://data.europa.eu/esco/skill/"
JOB = "http://data.europa.eu/esco/occupation/"
BARGAIN, TALK, SEW, WELD, LAW, TALK_LOW = (f"{SKILL}{tail}" for tail in ("aa1", "aa2", "bb1", "bb2", "cc1", "aa3"))
SKILLS_HEAD = [
    "conceptType",
    "conceptUri",
    "skillType",
    "reuseLevel",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "modifiedDate",
    "scopeNote",
    "definition",
    "inScheme",
    "description",
]
SKILLS_EN = [
    (BARGAIN, "skill/competence", "cross-sector", "negotiate", "bargain\nnegotiating\nhaggle", "Come to an agreement."),
    (
        TALK,
        "skill/competence",
        "transversal",
        "present ideas",
        "pitch a thought",
        "Say what you think in front of others.",
    ),
    (TALK_LOW, "skill/competence", "occupation-specific", "present ideas on stage", "", "The same on a stage."),
    (SEW, "skill/competence", "sector-specific", "sew by hand", "stitch\nneedlework", "Join fabric with a needle."),
    (WELD, "skill/competence", "sector-specific", "weld pipes", "join pipes", "Join pipes by melting them."),
    (LAW, "knowledge", "cross-sector", "maritime law", "law of the sea", "Rules at sea. " * 60),
]
SKILLS_DE = [
    (BARGAIN, "skill/competence", "cross-sector", "verhandeln", "feilschen", "Sich einigen."),
    (TALK, "skill/competence", "transversal", "Ideen vortragen", "", "Sagen, was man denkt."),
    (TALK_LOW, "skill/competence", "occupation-specific", "Ideen auf der Bühne vortragen", "", ""),
    (SEW, "skill/competence", "sector-specific", "von Hand nähen", "Näharbeit", "Stoff verbinden."),
    (WELD, "skill/competence", "sector-specific", "Rohre schweißen", "", ""),
    (LAW, "knowledge", "cross-sector", "Seerecht", "Recht des Meeres", ""),
]
HIERARCHY_HEAD = [
    "Level 0 URI",
    "Level 0 preferred term",
    "Level 1 URI",
    "Level 1 preferred term",
    "Level 2 URI",
    "Level 2 preferred term",
    "Level 3 URI",
    "Level 3 preferred term",
    "Description",
    "Scope note",
    "Level 0 code",
    "Level 1 code",
    "Level 2 code",
    "Level 3 code",
]
BROADER_HEAD = ("conceptType", "conceptUri", "conceptLabel", "broaderType", "broaderUri", "broaderLabel")
ONE, GROUP = "KnowledgeSkillCompetence", "SkillGroup"
BROADER = [
    (GROUP, f"{SKILL}S1.1", "", GROUP, f"{SKILL}S1", ""),
    (ONE, BARGAIN, "", GROUP, f"{SKILL}S1.1", ""),
    (ONE, TALK, "", GROUP, f"{SKILL}S1.1", ""),
    (ONE, TALK_LOW, "", ONE, TALK, ""),
    (ONE, SEW, "", GROUP, f"{SKILL}S6", ""),
    (ONE, WELD, "", GROUP, f"{SKILL}S6", ""),
    (ONE, LAW, "", GROUP, "http://data.europa.eu/esco/isced-f/04", ""),
]
OCCUPATIONS_HEAD = [
    "conceptType",
    "conceptUri",
    "iscoGroup",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "modifiedDate",
    "regulatedProfessionNote",
    "scopeNote",
    "definition",
    "inScheme",
    "description",
    "code",
    "naceCode",
]


def write_esco(folder: Path, *, language: str = "en", skills: list | None = None, needs: list | None = None) -> Path:
    """The CSV files of one language, in a folder named as published ones are."""
    folder = folder / f"ESCO dataset - v1.2.1 - classification - {language} - csv"
    folder.mkdir(parents=True, exist_ok=True)
    german = language == "de"
    rows = skills if skills is not None else SKILLS_DE if german else SKILLS_EN
    table(
        folder / f"skills_{language}.csv",
        SKILLS_HEAD,
        [(ONE, uri, kind, reuse, name, also, "", "released", "", "", "", "", about)
         for uri, kind, reuse, name, also, about in rows],
    )  # fmt: skip
    names = (
        ("Kommunikation", "Umgang mit Material", "Wirtschaft und Recht")
        if german
        else ("communication", "handling materials", "business and law")
    )
    table(
        folder / f"skillsHierarchy_{language}.csv",
        HIERARCHY_HEAD,
        [
            (f"{SKILL}S", "skills", *[""] * 12),
            (f"{SKILL}S", "skills", f"{SKILL}S1", names[0], *[""] * 10),
            (f"{SKILL}S", "skills", f"{SKILL}S1", names[0], f"{SKILL}S1.1", "talking", *[""] * 8),
            (f"{SKILL}S", "skills", f"{SKILL}S6", names[1], *[""] * 10),
            ("k", "knowledge", "http://data.europa.eu/esco/isced-f/04", names[2], *[""] * 10),
        ],
    )
    table(folder / f"broaderRelationsSkillPillar_{language}.csv", BROADER_HEAD, BROADER)
    table(
        folder / f"skillSkillRelations_{language}.csv",
        ("originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"),
        [(BARGAIN, "skill/competence", "optional", "knowledge", LAW)],
    )
    tailor = ("Schneider/Schneiderin", "Fertigt Kleidung.") if german else ("tailor", "Makes clothes.")
    table(
        folder / f"occupations_{language}.csv",
        OCCUPATIONS_HEAD,
        [("Occupation", f"{JOB}1", "7531", tailor[0], "", "", "released", "", "", "", "", "", tailor[1], "7531.1", "")],
    )
    table(
        folder / f"occupationSkillRelations_{language}.csv",
        ("occupationUri", "occupationLabel", "relationType", "skillType", "skillUri", "skillLabel"),
        needs
        or [
            (f"{JOB}1", "tailor", "essential", "skill/competence", SEW, "sew by hand"),
            (f"{JOB}1", "tailor", "optional", "skill/competence", BARGAIN, "negotiate"),
        ],
    )
    table(folder / f"greenSkillsCollection_{language}.csv", ("conceptType", "conceptUri", "broaderConceptUri"), [])
    return folder


def table(path: Path, head: list[str] | tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A CSV file as ESCO writes it: UTF-8, commas, line feeds inside quoted cells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Give a file another text."""
    path.write_text(change(path.read_text(encoding="utf-8-sig")), encoding="utf-8")
