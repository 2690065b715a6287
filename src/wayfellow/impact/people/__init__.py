"""People and what became of them, from a CSV file."""

from wayfellow.impact.people.model import Groups, People, Times

__all__ = ["Groups", "People", "Times"]
