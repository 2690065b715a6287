"""Matching of mentees and mentors: exact, fair, explained, reproducible. No web framework."""
