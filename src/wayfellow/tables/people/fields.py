"""What a column of a people file may be, in the wordings of common HR systems in English, German and Spanish."""

import re
from collections import Counter
from collections.abc import Sequence

from wayfellow.tables.columns import Field, normalise_heading
from wayfellow.tables.errors import Reason, reason, shown
from wayfellow.tables.people.cells import EMPTY_WORDS, looks_like_email, looks_like_number, manager_key
from wayfellow.tables.people.wordings import wordings
from wayfellow.tables.values.dates import date_order, parse_date
from wayfellow.tables.values.languages import parse_languages
from wayfellow.tables.values.time_zones import parse_time_zone

_HAS_LETTER = re.compile(r"[^\W\d_]")
_SHAPE = (re.compile(r"[^\W\d_]"), re.compile(r"\d+"))


def is_words(value: str) -> bool:
    """Text that a person would call a name of something: it has letters and is no address."""
    return bool(_HAS_LETTER.search(value)) and "@" not in value


def _is_date(value: str) -> bool:
    read = parse_date(value)
    return not isinstance(read, Reason) or read.code == "date_impossible"


def _is_time_zone(value: str) -> bool:
    return isinstance(parse_time_zone(value), str)


def _is_iana(value: str) -> bool:
    return "/" in value and _is_time_zone(value)


def _is_language_list(value: str) -> bool:
    return isinstance(parse_languages(value), tuple)


def _is_language_name(value: str) -> bool:
    return len(value) > 3 and _is_language_list(value)


def _is_manager(value: str) -> bool:
    return value.casefold() in EMPTY_WORDS or manager_key(value) is not None


def _date_doubt(values: Sequence[str]) -> Reason | None:
    return date_order(values).doubt


def _grade_doubt(values: Sequence[str]) -> Reason | None:
    """Say when a few values are of another shape than nearly all: they may mean something else."""
    shapes = Counter(_SHAPE[1].sub("0", _SHAPE[0].sub("A", value)) for value in values)
    most, count = shapes.most_common(1)[0]
    odd = [value for value in values if _SHAPE[1].sub("0", _SHAPE[0].sub("A", value)) != most]
    if not odd or count < 0.8 * len(values):
        return None
    value, rows = Counter(odd).most_common(1)[0]
    return reason("odd_values", count=rows, value=shown(value, length=40))


OTHER_LABELS = ("language of the screens",)
"""What a column may be besides the fields below, as `could_also_be` says it."""

FULL_NAME = Field(
    name="name",
    label="name",
    wordings=wordings("name"),
    doubtful={
        "preferred name": reason("could_also_be", other="first name"),
        "nombre": reason("could_also_be", other="first name"),
    },
    fits=is_words,
)
FIRST_NAME = Field(
    name="first_name",
    label="first name",
    wordings=wordings("first_name"),
    doubtful={"legal name first name": reason("could_also_be", other="name")},
    fits=is_words,
)
LAST_NAME = Field(
    name="last_name",
    label="last name",
    wordings=wordings("last_name"),
    fits=is_words,
)
EMAIL = Field(
    name="email",
    label="e-mail",
    wordings=wordings("email"),
    doubtful=dict.fromkeys(
        (
            *("personal e-mail", "private e-mail", "home e-mail", "personal e-mail address", "private e-mail address"),
            *("e-mail private", "e-mail home", "home e-mail address", "email personal", "correo personal"),
            *(
                "private e-mail-adresse",
                "e-mail privat",
                "privat e-mail",
                "correo electrónico personal",
                "correo privado",
            ),
        ),
        reason("private_address"),
    ),
    fits=looks_like_email,
    alone=looks_like_email,
    cautious=True,
)
EMPLOYEE_NUMBER = Field(
    name="employee_number",
    label="employee number",
    wordings=wordings("employee_number"),
    doubtful=dict.fromkeys(
        ("id", "number", "no", "nr", "nummer", "número", "position id"), reason("resembles", wording="employee number")
    ),
    fits=looks_like_number,
    cautious=True,
)
JOB_TITLE = Field(
    name="job_title",
    label="job title",
    wordings=wordings("job_title"),
    fits=is_words,
)
DEPARTMENT = Field(
    name="department",
    label="department",
    wordings=wordings("department"),
    fits=is_words,
)
LOCATION = Field(
    name="location",
    label="office location",
    wordings=wordings("location"),
    doubtful={"site": reason("could_also_be", other="department"), "l": reason("resembles", wording="location")},
    fits=is_words,
)
TIME_ZONE = Field(
    name="time_zone",
    label="time zone",
    wordings=wordings("time_zone"),
    fits=_is_time_zone,
    alone=_is_iana,
)
LANGUAGES = Field(
    name="languages",
    label="languages",
    wordings=wordings("languages"),
    doubtful=dict.fromkeys(
        ("preferred language", "bevorzugte sprache", "idioma preferido", "korrespondenzsprache", "default locale"),
        reason("could_also_be", other=OTHER_LABELS[0]),
    ),
    fits=_is_language_list,
    alone=_is_language_name,
)
MANAGER = Field(
    name="manager",
    label="manager",
    wordings=wordings("manager"),
    fits=_is_manager,
    cautious=True,
    misfit="left_out_manager_name",
)
HIRE_DATE = Field(
    name="hire_date",
    label="hire date",
    wordings=wordings("hire_date"),
    fits=_is_date,
    doubt=_date_doubt,
)
GRADE = Field(
    name="grade",
    label="grade",
    wordings=wordings("grade"),
    doubtful={"band": reason("could_be_pay"), "job band": reason("could_be_pay"), "banda": reason("could_be_pay")},
    doubt=_grade_doubt,
)
PHONE = Field(
    name="phone",
    label="phone",
    wordings=wordings("phone"),
    fits=lambda value: sum(letter.isdigit() for letter in value) >= 3,
)
PEOPLE_FIELDS = (
    *(FULL_NAME, FIRST_NAME, LAST_NAME, EMAIL, EMPLOYEE_NUMBER, JOB_TITLE, DEPARTMENT, LOCATION),
    *(TIME_ZONE, LANGUAGES, MANAGER, HIRE_DATE, GRADE, PHONE),
)
FIELD_BY_NAME = {field.name: field for field in PEOPLE_FIELDS}


_FIRST_NAMES, _LAST_NAMES = (
    {normalise_heading(heading) for headings in field.wordings.values() for heading in headings}
    for field in (FIRST_NAME, LAST_NAME)
)


def people_context(headers: Sequence[str]) -> dict[str, str]:
    """Headings whose meaning depends on their neighbours: “Name” beside “Vorname” is the last name."""
    headings = {normalise_heading(header) for header in headers}
    context: dict[str, str] = {}
    if headings & _FIRST_NAMES and not headings & _LAST_NAMES:
        context["name"] = "last_name"
    if headings & _FIRST_NAMES and headings & _LAST_NAMES:
        context["preferred name"] = "first_name"
    if {"userid", "empid"} <= headings:
        # SuccessFactors: managers are named by USERID.
        context["userid"] = "employee_number"
    if headings & {"apellidos", "apellido", "primer apellido"}:
        context["nombre"] = "first_name"
    elif "nombre" in headings:
        context["nombre"] = "name"
    return context
