"""People files: `read_people` gives their columns and their rows, checked."""

from wayfellow.tables.people.file import PeopleFile, PersonRow, read_people, recognise_people
from wayfellow.tables.people.reporting_lines import KnownPerson

__all__ = ["KnownPerson", "PeopleFile", "PersonRow", "read_people", "recognise_people"]
