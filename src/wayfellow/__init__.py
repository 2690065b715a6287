"""Wayfellow: self-hosted mentoring."""

__version__ = "0.1.0"
