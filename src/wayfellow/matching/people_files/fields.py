"""What a column of a mentoring sheet may be, and what its values look like."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wayfellow.matching.people_files.availability import looks_like_availability
from wayfellow.matching.people_files.cells import looks_like_count, looks_like_role, looks_like_yes_no
from wayfellow.matching.people_files.wordings import wordings
from wayfellow.tables.columns import Column, Confidence, Field, LeftOut, normalise_heading, recognise_columns
from wayfellow.tables.errors import reason, table_error
from wayfellow.tables.people.cells import EMPTY_WORDS
from wayfellow.tables.people.fields import EMAIL as HR_EMAIL
from wayfellow.tables.people.fields import LANGUAGES as HR_LANGUAGES
from wayfellow.tables.people.fields import TIME_ZONE as HR_TIME_ZONE
from wayfellow.tables.people.fields import is_words
from wayfellow.tables.people.left_out import LEFT_OUT as HR_LEFT_OUT
from wayfellow.tables.reading import Table
from wayfellow.tables.words import fold

FIELDS = (
    Field("role", "role", wordings("role"), fits=looks_like_role, alone=looks_like_role),
    Field("capacity", "capacity", wordings("capacity"), fits=looks_like_count),
    Field("minimum", "minimum", wordings("minimum"), fits=looks_like_count),
    Field("wants", "mentors wanted", wordings("wants"), fits=looks_like_count),
    Field("skills_offered", "skills offered", wordings("skills_offered")),
    Field("skills_wanted", "skills wanted", wordings("skills_wanted")),
    Field("skills", "skills", wordings("skills")),
    Field("goals", "goals", wordings("goals")),
    Field("interests", "interests", wordings("interests")),
    Field("ways_of_working", "ways of working", wordings("ways_of_working")),
    Field("availability", "availability", wordings("availability"), fits=looks_like_availability),
    Field("trained", "training done", wordings("trained"), fits=looks_like_yes_no),
    Field("function", "function", wordings("function"), fits=is_words),
    Field("industry", "industry", wordings("industry"), fits=is_words),
    Field("country", "country", wordings("country"), fits=is_words),
    Field("name", "name", wordings("name"), fits=is_words),
    Field("first_name", "first name", wordings("first_name"), fits=is_words),
    Field("last_name", "last name", wordings("last_name"), fits=is_words),
    replace(HR_EMAIL, wordings=wordings("email"), cautious=False),
    Field("id", "ID", wordings("id")),
    Field("manager", "manager", wordings("manager")),
    Field("department", "department", wordings("department"), fits=is_words),
    Field("site", "site", wordings("site"), fits=is_words),
    Field("grade", "grade", wordings("grade")),
    Field("job_title", "job title", wordings("job_title"), fits=is_words),
    replace(HR_LANGUAGES, wordings=wordings("languages")),
    replace(HR_TIME_ZONE, wordings=wordings("time_zone")),
)
FIELD_BY_NAME = {field.name: field for field in FIELDS}
# Columns by which people may be grouped, compared or kept apart.
GROUPINGS = ("department", "site", "function", "industry", "country", "grade", "job_title")
NOT_GROUPED = ("left_out_secret", "left_out_pay")
_USED_HERE = ("left_out_manager_name",)
LEFT_OUT = tuple(known for known in HR_LEFT_OUT if known.code not in _USED_HERE)
_ROLE_OR_TITLE = frozenset(
    normalise_heading(heading) for heading in ("Role", "Rolle", "Rol", "Rôle", "Papel", "Función")
)
_FIRST_NAMES = frozenset(normalise_heading(heading) for listed in wordings("first_name").values() for heading in listed)
_KNOWN = frozenset(
    normalise_heading(heading).replace(" ", "")
    for field in FIELDS
    for listed in field.wordings.values()
    for heading in listed
)
_EMAILS = frozenset(
    normalise_heading(heading).replace(" ", "") for listed in wordings("email").values() for heading in listed
)
_REMARK = re.compile(r"\(([^)]*)\)")
_SKILL = re.compile(r"skill|competenc|kompetenz|fahigkeit|habilidad|expertise|strength|starken|kenntnis")
_OFFER = re.compile(
    r"\b(?:offer|share|teach|bring|bieten?|anbiet|angebot|weitergeb|ofrec|compart|ensen|offr|propos|partag|oferec|ensin)"
)
_WANT = re.compile(
    r"\b(?:want|learn|develop|need|improv|gain|grow|seek|lern|entwick|verbesser|such|brauch|aprend|desarroll|mejor"
    r"|busc|necesit|apprend|amelior|cherch|desenvolv|melhor|procur)"
)
# Questions of sign-up forms that say what somebody would learn, or help with, and never "skills".
_LEARN = re.compile(
    r"\b(?:to learn|to develop|to improve|(?:want|need|like) (?:help|support)|lernen|aprender|apprendre"
    r"|brauche hilfe|necesito ayuda|besoin d aide|preciso de ajuda)\b"
)
_HELP = re.compile(
    r"\b(?:help|mentor (?:on|in|others)|helfen|unterstutzen|anbieten|ayudar|ofrecer|ensenar|aider|offrir|enseigner"
    r"|ajudar|oferecer|ensinar)\b"
)
_HELP_FOR_ONESELF = re.compile(
    r"\b(?:(?:help|support) (?:you|me)|(?:dir|dich|ihnen|sie|mir|mich) (?:helfen|unterstutzen)|ayudarte|ayudarle"
    r"|ayudarme|(?:vous|t|te|m|me) (?:aider|ajudar)|ajudar voce)\b"
)
_HAS_HELP = re.compile(r"\b(?:can|could|able|kann|kannst|konnen|puedes?|puedo|peux|pouvez|pode|posso)\b")
_OF_GOALS = re.compile(r"goal|objecti|objeti|ziel|meta\b|metas\b|style|stil|estilo")


def recognise(table: Table, mapping: Mapping[str, str | None]) -> list[Column]:
    """Say what each column of a table is.

    Args:
        table: what was read.
        mapping: heading → field, or None to leave the column out; headings not in it are recognised.

    Raises:
        TableError: the mapping gives one field to two columns, or asks for what is never read.
    """
    sample = table.sample()
    values = [
        [row.cells[at] for row in sample if row.cells[at].casefold() not in EMPTY_WORDS]
        for at in range(len(table.headers))
    ]
    context = _context(table.headers, values)
    columns = recognise_columns(table.headers, values, fields=FIELDS, left_out=LEFT_OUT, context=context)
    columns = [_not_by_accident(column) for column in columns]
    return _skills_by_side(_mapped(columns, mapping), mapping)


def _context(headers: Sequence[str], values: Sequence[Sequence[str]]) -> dict[str, str]:
    """Headings whose meaning depends on their neighbours or on what stands below them."""
    context: dict[str, str] = {}
    headings = {normalise_heading(header) for header in headers}
    if headings & _FIRST_NAMES:
        context.update(name="last_name", nom="last_name")
    elif "nom" in headings:
        context["nom"] = "name"
    if headings & {"apellidos", "apellido", "primer apellido"}:
        context["nombre"] = "first_name"
    elif "nombre" in headings:
        context["nombre"] = "name"
    if headings & {"sobrenome", "apelido"}:
        context["nome"] = "first_name"
    for header, column in zip(headers, values, strict=True):
        question = normalise_heading(header)
        if _is_email(header):
            context[question] = "email"
        if any(known.never and known.pattern.search(question) for known in HR_LEFT_OUT):
            continue
        if _SKILL.search(question) and bool(_OFFER.search(question)) != bool(_WANT.search(question)):
            context[question] = "skills_offered" if _OFFER.search(question) else "skills_wanted"
        elif question.replace(" ", "") not in _KNOWN and not _OF_GOALS.search(question) and not _only_yes_or_no(column):
            if _HELP_FOR_ONESELF.search(question) or (_LEARN.search(question) and not _HAS_HELP.search(question)):
                context[question] = "skills_wanted"
            elif _HELP.search(question) and _HAS_HELP.search(question) and not _WANT.search(question):
                context[question] = "skills_offered"
        if normalise_heading(header) in _ROLE_OR_TITLE and column and not any(map(looks_like_role, column)):
            context[normalise_heading(header)] = "job_title"
    return context


def _is_email(heading: str) -> bool:
    """Whether it is an e-mail, but for a remark in brackets; “address” alone reads as a private one."""
    bare, remark = _REMARK.sub(" ", heading), " ".join(_REMARK.findall(heading))
    private = any(known.pattern.search(normalise_heading(remark)) for known in HR_LEFT_OUT)
    return bool(remark) and not private and normalise_heading(bare).replace(" ", "") in _EMAILS


def _only_yes_or_no(column: Sequence[str]) -> bool:
    return bool(column) and all(map(looks_like_yes_no, column))


def _not_by_accident(column: Column) -> Column:
    """A heading that only resembles a wording is no reason to read a column whose values do not fit."""
    if column.reason is None or column.reason.code != "values_do_not_fit" or column.field is None:
        return column
    compact = normalise_heading(column.header).replace(" ", "")
    field = FIELD_BY_NAME[column.field]
    exact = {normalise_heading(wording).replace(" ", "") for listed in field.wordings.values() for wording in listed}
    if compact in exact:
        return column
    return replace(column, field=None, candidate=field.name, confidence=Confidence.LEFT_OUT)


def _mapped(columns: list[Column], mapping: Mapping[str, str | None]) -> list[Column]:
    """Put what a person chose in place of what was recognised."""
    chosen: dict[str, str] = {}
    mapped = list(columns)
    for at, column in enumerate(columns):
        if column.header not in mapping:
            continue
        name = mapping[column.header]
        if name is not None and column.never:
            raise table_error("mapping_never", column=column.header)
        if name is not None and chosen.setdefault(name, column.header) != column.header:
            label = FIELD_BY_NAME[name].label
            raise table_error("mapping_twice", first=chosen[name], second=column.header, field=label)
        confidence = Confidence.SURE if name else Confidence.LEFT_OUT
        mapped[at] = replace(column, field=name, confidence=confidence, reason=reason("chosen"), candidate=None)
    for at, column in enumerate(mapped):
        if column.field in chosen and chosen[column.field] != column.header:
            why = reason("second_best", other=chosen[column.field], field=FIELD_BY_NAME[column.field].label)
            mapped[at] = replace(column, field=None, confidence=Confidence.LEFT_OUT, reason=why)
    return mapped


def _skills_by_side(columns: list[Column], mapping: Mapping[str, str | None]) -> list[Column]:
    """A column that says only “skills” is what the column of the other side leaves over."""
    taken = {column.field for column in columns}
    for at, column in enumerate(columns):
        if column.field != "skills" or column.header in mapping:
            continue
        if "skills_offered" not in taken and "skills_wanted" in taken:
            columns[at] = replace(column, field="skills_offered")
        elif "skills_wanted" not in taken and "skills_offered" in taken:
            columns[at] = replace(column, field="skills_wanted")
    return columns


def find_heading(wanted: str, headers: Sequence[str]) -> str | None:
    """The heading that somebody means, however they type it."""
    return next((header for header in headers if header == wanted), None) or next(
        (header for header in headers if fold(header) == fold(wanted)), None
    )


def why_not_group(heading: str, *, compared: bool) -> LeftOut | None:
    """What forbids to group people by a column; private ones may be reported on and never compared."""
    folded = normalise_heading(heading)
    for known in HR_LEFT_OUT:
        if known.never and known.pattern.search(folded) and (compared or known.code in NOT_GROUPED):
            return known
    return None
