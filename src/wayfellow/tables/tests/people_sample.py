"""Makes `docs/samples/people.csv`: an HR export of a fictional organisation, with faults planted in it.

The file is the same every time. To write it again: `python -m wayfellow.tables.tests.people_sample FILE`.
"""

import csv
import io
import sys
from pathlib import Path

from wayfellow.tables.words import fold

HEADERS = [
    *("Personnel no.", "Surname, first name", "Work e-mail", "Work phone", "Job title", "Business line", "Site"),
    *("Country", "Building", "Time zone", "Languages", "Mgr ID", "Mgr name", "Start date", "Band", "Salary group"),
    *("Contract type", "FTE", "Weekly hours", "Cost centre", "Legal entity", "Shift model", "Employment status"),
    "Notes",
]
ROWS = 300
TOO_LONG = 10_000
# What is planted, by line of the file.
BAD_DATE, NO_KEY, UNKNOWN_LANGUAGE, TOO_LONG_NAME, SAME_EMAIL = 14, 37, 112, 169, (45, 88)
FORMULA_TITLE, RIGHT_TO_LEFT, NO_BREAK_SPACES, QUOTED_BREAKS = 52, 70, 96, 291
REFUSED_LINES = sorted((BAD_DATE, NO_KEY, UNKNOWN_LANGUAGE, TOO_LONG_NAME, *SAME_EMAIL))

_FIRST_NAMES = """
Oluwaseun Kofi Petra Hanne Dara Signe Amara Ibrahim Maelle Tomás Ingrid Wanjiru Rohan Beatriz João Leila Nils Achieng
Priya Thiago Zeynep Matthias Solveig Kamau Ananya Rafaela Duarte Farah Eirik Njeri Vikram Camila Inês Yusuf Greta Otieno
Meera Lucas Marta Samira Anders Wambui Arjun Helena Tiago Nadia Bjørn Makena Kavya Renata Álvaro Dilan Astrid Baraka
Ishaan Luiza Catarina Hamid Torunn Zawadi
"""
_SURNAMES = """
Tremarco Asantewe Vandelroux Brugmandt Winterhalde Aldermoor Oyelunde Castellane Dunross Quintarrow Halvorsmark
Mwangaro Deshpuri Ferrandeira Montalvares Harroubi Lindqvarn Odhiamba Krishnavar Bragantell Yildirhan Steinbrugg
Fjordahaug Kimathiro Raghunesh Silvadeira Carvalhosa Benzahrin Storelvik Gathonira Malhotravi Azevedal Pintasilva
Abdirashan Moosgruber Ochiengwa Iyerswami Nogueiral Kowalbrink Haddadine Nordskaug Njorogeru Chaturvan Almeidora
Figueirão Sahinoglar Brekkesund Makorire Venkatara Barrosel Übelbacher Karimzand Høgemoen Mutuamba Sengupal
"""
_LINES = (
    *(("Networks", "N1"), ("Billing", "B2"), ("Generation", "G3"), ("Field crew", "F4"), ("Customer care", "C5")),
    *(
        ("Metering", "M6"),
        ("Grid control", "R7"),
        ("Digital", "D8"),
        ("Finance", "A9"),
        ("People", "P1"),
        ("Legal", "L2"),
    ),
)
_TITLES = ("Engineer", "Analyst", "Planner", "Technician", "Specialist", "Coordinator", "Adviser")
# Site, country, time zones as written, languages as written
_SITES = (
    ("Graz", "AT", ("Europe/Vienna", "Graz"), ("Deutsch, Englisch", "de; en", "German, English (C1)")),
    ("Tromsø", "NO", ("Europe/Oslo", "Tromsø"), ("Norwegian, English", "no, en", "Norsk; English")),
    (
        "Nairobi",
        "KE",
        ("Africa/Nairobi", "E. Africa Standard Time"),
        ("Swahili; English", "sw, en", "Swahili"),
    ),
    ("Pune", "IN", ("Asia/Kolkata", "India Standard Time"), ("Hindi, English", "hi; en", "English | Hindi")),
    ("Curitiba", "BR", ("America/Sao_Paulo", "Curitiba"), ("Portuguese, English", "pt-BR", "Português, Español")),
    ("Porto", "PT", ("Europe/Lisbon", "WET"), ("Português; Francês; English", "pt, fr", "Portuguese, French")),
)
_BREAKS = 'Moved from Metering in 2021.\nAsked for a mentor "outside the line";\nsee the review.'


def make_sample() -> bytes:
    """The file as bytes: UTF-8 with byte order mark, semicolons."""
    rows = _people()
    _plant(rows)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(HEADERS)
    writer.writerows([row[header] for header in HEADERS] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _people() -> list[dict[str, str]]:
    first_names, surnames = _FIRST_NAMES.split(), _SURNAMES.split()
    rows: list[dict[str, str]] = []
    taken: set[str] = set()
    for at in range(ROWS):
        first = first_names[(at + at // len(first_names) * 7) % len(first_names)]
        last = surnames[(at + at // len(surnames) * 3) % len(surnames)]
        number = f"{4100 + 7 * at + at % 5:06d}"
        stem, last_stem = fold(first), fold(last)
        local = next(
            candidate
            for length in range(1, len(stem) + 1)
            if (candidate := f"{stem[:length]}.{last_stem}") not in taken
        )
        taken.add(local)
        line, code = _LINES[(at * 5 + at // 11) % len(_LINES)]
        site, country, zones, languages = _SITES[(at * 7 + at // 13) % len(_SITES)]
        boss = rows[_boss(at)] if at else None
        title = "Head" if at < 12 else "Crew lead" if at < 48 else _TITLES[(at * 3) % len(_TITLES)]
        rows.append(
            {
                "Personnel no.": number,
                "Surname, first name": f"{last}, {first}",
                "Work e-mail": f"{local}@larkmoor.example",
                "Work phone": f"+999 55 {number}",
                "Job title": f"{title}, {line}" if at else "Managing director",
                "Business line": line,
                "Site": site,
                "Country": country,
                "Building": f"{site[0]}{1 + at % 4}",
                "Time zone": zones[at % 9 == 4],
                "Languages": languages[at % 3],
                "Mgr ID": boss["Personnel no."] if boss else "",
                "Mgr name": boss["Surname, first name"] if boss else "",
                "Start date": f"{1 + at * 11 % 28:02d}.{1 + at * 5 % 12:02d}.{2008 + at * 3 % 19:04d}",
                "Band": "S1" if at % 25 == 7 else str(7 if at < 12 else 6 if at < 48 else 3 + at % 3),
                "Salary group": f"{'ABC'[at % 3]}{1 + at % 5}",
                "Contract type": "Fixed term" if at % 17 == 5 else "Permanent",
                "FTE": "0.8" if at % 8 == 3 else "1.0",
                "Weekly hours": "30.8" if at % 8 == 3 else "38.5",
                "Cost centre": f"{code}-{410 + at % 6}",
                "Legal entity": f"Larkmoor Utilities {country}",
                "Shift model": "Three shifts" if line == "Grid control" else "Day",
                "Employment status": "On leave" if at % 41 == 6 else "Active",
                "Notes": "",
            }
        )
    # One person begins after November 2026; all others have begun.
    for row in rows:
        if row["Start date"].endswith("2026"):
            row["Start date"] = row["Start date"][:3] + "03.2026"
    rows[59]["Start date"] = "01.12.2026"
    return rows


def _boss(at: int) -> int:
    """Whom a person reports to: the first, one of 11 heads, or one of 36 leads, so always someone earlier."""
    if at < 12:
        return 0
    return 1 + at % 11 if at < 48 else 12 + at % 36


def _plant(rows: list[dict[str, str]]) -> None:
    def at_line(line: int) -> dict[str, str]:
        return rows[line - 2]

    def spoil(line: int, header: str, value: str) -> None:
        row = at_line(line)
        # Nobody reports to a person whose row is refused, so that it takes nobody else with it.
        for other in rows:
            if other["Mgr ID"] == row["Personnel no."]:
                other.update({"Mgr ID": row["Mgr ID"], "Mgr name": row["Mgr name"]})
        row[header] = value

    spoil(BAD_DATE, "Start date", "31.02.2024")
    at_line(BAD_DATE)["Notes"] = "=SUM(1;1)"
    spoil(NO_KEY, "Work e-mail", "")
    at_line(NO_KEY)["Personnel no."] = ""
    spoil(UNKNOWN_LANGUAGE, "Languages", "English, Elvish")
    spoil(TOO_LONG_NAME, "Surname, first name", ("Aldermoor-" * (TOO_LONG // 10))[:TOO_LONG])
    spoil(SAME_EMAIL[0], "Work e-mail", at_line(SAME_EMAIL[1])["Work e-mail"])
    spoil(SAME_EMAIL[1], "Notes", "Name changed in October")
    # Oddities that harm nobody.
    at_line(FORMULA_TITLE)["Job title"] = '=HYPERLINK("https://larkmoor.example";"Planner")'
    at_line(RIGHT_TO_LEFT)["Surname, first name"] = (
        "\u202b" + at_line(RIGHT_TO_LEFT)["Surname, first name"] + "\u202c\u200f"
    )
    at_line(NO_BREAK_SPACES)["Business line"] = "\u00a0" + at_line(NO_BREAK_SPACES)["Business line"].replace(
        " ", "\u00a0"
    )
    at_line(NO_BREAK_SPACES)["Work e-mail"] += "\u00a0"
    at_line(QUOTED_BREAKS)["Notes"] = _BREAKS
    at_line(QUOTED_BREAKS + 3)["Job title"] = "Planner,\nGrid control"


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(make_sample())
