"""The staff list of Larkmoor, drawn from a seed: who works where, as what, for whom, and since when."""

import csv
import io
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from wayfellow.demo import persons
from wayfellow.demo.lines import BY_NAME, LINES, Line
from wayfellow.demo.names import BY_CITY, SITES, Site
from wayfellow.search.words import fold

DOMAIN = "larkmoor.example"
SAFEGUARDING = "Sunniva Hartmoor"
SIZE = 235
NEW = 11
LEVELS = (5, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1)
GRADES = ("", "L1", "L2", "L3", "L4", "L5")
HEADERS = (
    "Employee number",
    "Name",
    "E-mail",
    "Job title",
    "Business line",
    "Location",
    "Time zone",
    "Languages",
    "Manager e-mail",
    "Hire date",
    "Grade",
)


@dataclass(eq=False)
class Employee:
    """One row of the staff list."""

    name: str
    email: str
    line: Line
    site: Site
    level: int
    title: str
    languages: tuple[str, ...]
    hired: date
    number: str = ""
    manager: "Employee | None" = None

    def row(self) -> tuple[str, ...]:
        """As the file of the personnel system has it, in the order of HEADERS."""
        return (
            self.number,
            self.name,
            self.email,
            self.title,
            self.line.name,
            self.site.city,
            self.site.zone,
            ", ".join(self.languages),
            self.manager.email if self.manager else "",
            self.hired.isoformat(),
            GRADES[self.level],
        )


# name, e-mail where it is not of the usual form, line, city, level, title, languages besides English
KNOWN = (
    (persons.MENTEE.full_name, persons.MENTEE.email, "Grid operations", "Nairobi", 2, "Data analyst", "pt sw"),
    (persons.MENTOR.full_name, persons.MENTOR.email, "Customer tools", "Lisbon", 4, "Head of product", "pt"),
    (persons.MANAGER.full_name, persons.MANAGER.email, "People and learning", "Halifax", 4, "Mentoring lead", "fr"),
    (persons.ADMIN.full_name, persons.ADMIN.email, "People and learning", "Graz", 3, "People systems partner", "de"),
    (SAFEGUARDING, persons.SAFEGUARDING_EMAIL, "Safety", "Tromsø", 4, "Safeguarding lead", "no"),
    ("Leif Holmqvarn", "", "Grid operations", "Tromsø", 3, "Principal engineer, Grid planning", "no"),
    ("Yusra Haddarine", "", "Billing", "Amman", 3, "Product manager", "ar"),
    ("Benedikt Auersloh", "", "Service design", "Graz", 5, "Director", "de"),
    ("Rafael Ombrado", "", "Field products", "Lisbon", 4, "Lead, Field products", "pt"),
    ("Tomasz Vellingrad", "", "Finance", "Graz", 4, "Finance lead", "de"),
    ("Dara Quillfeather", "", "Grid operations", "Nairobi", 4, "Control room lead", "sw"),
    ("Kofi Asantewe", "", "Networks", "Nairobi", 3, "Senior network engineer", "sw"),
    ("Davit Tsereli-Ono", "", "Networks", "Graz", 2, "Network technician", "de"),
    ("Liora Finkelmoor", "", "Customer service", "Halifax", 2, "Case handler", "fr"),
    ("Jonas Moosgruben", "", "Water", "Graz", 2, "Water quality analyst", "de"),
    ("Petra Vandermoor", "", "Water", "Graz", 4, "Plant lead", "de"),
    ("Tendai Adjeimah", "", "Field products", "Nairobi", 2, "Product analyst", "sw"),
    ("Emil Thalbrenner", "", "Billing", "Graz", 2, "Billing analyst", "de"),
    ("Solveig Fjellvarg", "", "Customer service", "Tromsø", 3, "Senior case handler", "no"),
    ("Jorun Haldsted", "", "Billing", "Tromsø", 1, "Billing assistant", "no"),
    ("Mikael Strandholt", "", "Water", "Tromsø", 1, "Plant operator", "no"),
    ("Nilufar Azamova-Reed", "", "Networks", "Halifax", 1, "Field technician", "fr"),
)


def draw_staff(draw: random.Random, *, today: date) -> list[Employee]:
    """Everybody, heads first, each with a manager from their own line where there is one."""
    staff: list[Employee] = []
    taken = Counter[str]()
    for name, email, line_name, city, level, title, languages in KNOWN:
        staff.append(
            Employee(
                name=name,
                email=email or _email(name, taken),
                line=BY_NAME[line_name],
                site=BY_CITY[city],
                level=level,
                title=title,
                languages=("en", *languages.split()),
                hired=_hired(draw, level, today),
            )
        )
    names = {person.name for person in staff}
    levels = Counter((person.line.name, person.level) for person in staff)
    for place in range(SIZE - len(staff)):
        line = LINES[place % len(LINES)]
        level = next((one for one in LEVELS if levels[line.name, one] < LEVELS.count(one)), draw.choice((1, 2)))
        levels[line.name, level] += 1
        staff.append(_draw_employee(draw, line, level, names, taken, today))
    for number, person in enumerate(staff, start=1):
        person.number = f"LU{1000 + number}"
        person.manager = _manager(draw, person, staff)
    return staff


def draw_newcomers(draw: random.Random, staff: list[Employee], *, today: date) -> list[Employee]:
    """Some more people, who are not on the list yet."""
    names, taken = {person.name for person in staff}, Counter(_box(person.name) for person in staff)
    new = [_draw_employee(draw, draw.choice(LINES), 1, names, taken, today) for _place in range(NEW)]
    for number, person in enumerate(new, start=len(staff) + 1):
        person.number = f"LU{1000 + number}"
        person.manager = _manager(draw, person, staff)
    return new


def as_csv(staff: list[Employee]) -> bytes:
    """The staff list as its personnel system exports it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    writer.writerows(person.row() for person in staff)
    return out.getvalue().encode()


def _draw_employee(
    draw: random.Random, line: Line, level: int, names: set[str], taken: Counter[str], today: date
) -> Employee:
    site = draw.choices(SITES, [one.weight for one in SITES])[0]
    name = _new_name(draw, site, names)
    names.add(name)
    return Employee(
        name=name,
        email=_email(name, taken),
        line=line,
        site=site,
        level=level,
        title=line.titles[level - 1],
        languages=("en", *_languages(draw, site)),
        hired=_hired(draw, level, today),
    )


def _new_name(draw: random.Random, site: Site, names: set[str]) -> str:
    while (name := f"{draw.choice(site.given)} {draw.choice(site.family)}") in names:
        pass
    return name


def _email(name: str, taken: Counter[str]) -> str:
    box = _box(name)
    taken[box] += 1
    return f"{box}{taken[box] if taken[box] > 1 else ''}@{DOMAIN}"


def _box(name: str) -> str:
    first, *rest = fold(name).replace("-", "").split()
    return f"{first[0]}.{''.join(rest)}"


def _languages(draw: random.Random, site: Site) -> list[str]:
    spoken = [site.languages[0], *(one for one in site.languages[1:] if draw.random() < 0.4)]
    others = sorted({language for one in SITES for language in one.languages} - set(spoken))
    return spoken + ([draw.choice(others)] if draw.random() < 0.2 else [])


def _hired(draw: random.Random, level: int, today: date) -> date:
    return today - timedelta(days=draw.randrange(200, 900) + (level - 1) * draw.randrange(300, 1100))


def _manager(draw: random.Random, person: Employee, staff: list[Employee]) -> Employee | None:
    above = [other for other in staff if other.line is person.line and other.level > person.level]
    if not above:
        return None
    nearest = [other for other in above if other.level >= 4] if person.level < 4 else above
    near = [other for other in nearest if other.level == min(one.level for one in nearest)]
    if person.email == persons.MENTEE.email:
        return next(other for other in near if other.name == "Dara Quillfeather")
    same_site = [other for other in near if other.site is person.site]
    return draw.choice(same_site or near)
