"""Matching of mentees and mentors: exact, fair, explained, reproducible. No web framework."""

from wayfellow.matching.solve import match
from wayfellow.matching.verify import Verdict, verify

__all__ = ["Verdict", "match", "verify"]
