"""People and what became of them, from a CSV file."""

from wayfellow.impact.people.model import Groups, People, Times
from wayfellow.impact.people.reading import read_people

__all__ = ["Groups", "People", "Times", "read_people"]
