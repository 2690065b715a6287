"""Rows and arrays become a checked `Problem`; the door is `wayfellow.matching.build`."""
