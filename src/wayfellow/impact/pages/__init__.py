"""A report as one HTML file."""

from wayfellow.impact.pages.page import to_html

__all__ = ["to_html"]
