"""Matching of mentees and mentors: exact, fair, explained, reproducible. Needs numpy, scipy and OR-Tools, no web framework."""
