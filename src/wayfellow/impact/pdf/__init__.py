"""A report as a PDF."""

from wayfellow.impact.pdf.making import to_pdf

__all__ = ["to_pdf"]
