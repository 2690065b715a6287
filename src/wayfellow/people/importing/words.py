"""What imports say to a person: names of fields, and the reasons of columns and rows, from their codes and facts."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wayfellow.people.importing.deciding import showable
from wayfellow.tables.errors import TableError
from wayfellow.tables.messages import MESSAGES
from wayfellow.tables.people.fields import OTHER_LABELS, PEOPLE_FIELDS

# What a column may be read as, by the names of `wayfellow.tables.people_fields`.
COLUMN_LABELS = {
    "name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail"),
    "employee_number": _("Employee number"),
    "job_title": _("Job title"),
    "department": _("Department"),
    "location": _("Office location"),
    "time_zone": _("Time zone"),
    "languages": _("Languages"),
    "manager": _("Manager"),
    "hire_date": _("Start date"),
    "grade": _("Grade or seniority"),
    "phone": _("Phone, shown to no member"),
}
COLUMN_NOTES = {
    "name": _("Name, split in two where it says “Surname, First name”"),
    "email": _("E-mail, a key"),
    "employee_number": _("Employee number, the key"),
    "manager": _("Manager, builds the reporting line"),
}
# The fields of a member, as a change names them.
FIELD_LABELS = {
    **COLUMN_LABELS,
    "full_name": _("Name"),
    "grade": _("Grade"),
    "phone": _("Phone"),
}
REASONS = {
    "two_members": _("The employee number belongs to {first}, the e-mail to {second}. One of the two must change."),
    "new_needs_email": _("Nobody here has this employee number yet, and a new person needs an e-mail."),
    "new_needs_name": _("A new person needs a name."),
    "changed_since": _("{field} was changed to “{value}” by somebody after this check. Import the file again."),
    "appeared_since": _("This person was added by somebody after this check. Import the file again."),
    "gone_since": _("This person is not here any more. Import the file again."),
    "manager_not_in_file": _("The manager “{value}” is neither in this file nor here. The rest of the row is kept."),
    "manager_refused": _("The row of the manager “{value}” is refused. The rest of this row is kept."),
    "manager_missing": _("The manager “{value}” is not here. The rest of the row was kept."),
    "manager_circle_since": _("The manager “{value}” was not set: somebody made them report the other way round."),
    "has_left": _("This person has left. An import does not bring them back."),
}
# Which fact holds the name of a field, and the names that it can be.
FIELD_IN_FACTS = {
    "could_also_be": "other",
    **dict.fromkeys(("values_do_not_fit", "values_do_not_fit_first", "by_content", "second_best"), "field"),
    "mapping_twice": "field",
}
LABELS = {*(field.label for field in PEOPLE_FIELDS), *OTHER_LABELS}


def in_words(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a reason, in the reader's language."""
    shown = dict(facts)
    if code == "changed_since":
        shown["field"] = str(FIELD_LABELS.get(shown["field"], shown["field"]))
    elif code in FIELD_IN_FACTS and shown[FIELD_IN_FACTS[code]] in LABELS:
        shown[FIELD_IN_FACTS[code]] = gettext(shown[FIELD_IN_FACTS[code]])
    template = str(REASONS[code]) if code in REASONS else gettext(MESSAGES[code])
    return template.format(**shown)


def fault_of(error: TableError) -> dict[str, Any]:
    """What is wrong with a file as it is stored: code and facts, no sentence."""
    return showable({"code": error.code, "facts": error.facts, "line": error.line, "column": error.column})


def fault_in_words(fault: Mapping[str, Any]) -> str:
    """What is wrong with a file, with its place in front."""
    words = in_words(fault["code"], fault["facts"])
    line, column = fault.get("line"), fault.get("column")
    if line and column:
        return gettext("Row %(line)s, column “%(column)s”: %(why)s") % {"line": line, "column": column, "why": words}
    if line:
        return gettext("Row %(line)s: %(why)s") % {"line": line, "why": words}
    if column:
        return gettext("Column “%(column)s”: %(why)s") % {"column": column, "why": words}
    return words


def problem_in_words(problem: Mapping[str, Any]) -> str:
    """Why a row is refused, or what to know about it, with the column as the file names it."""
    words = in_words(problem["code"], problem["facts"])
    if problem["column"]:
        return gettext("Column “%(column)s”: %(why)s") % {"column": problem["column"], "why": words}
    return words
