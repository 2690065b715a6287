"""A report as a document: the same words, tables and charts for the page and for the PDF."""

from wayfellow.impact.document.building import document
from wayfellow.impact.document.model import Document

__all__ = ["Document", "document"]
