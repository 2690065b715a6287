"""Verbs of people, by noun. Named here are those that other doors call."""

from wayfellow.people.actions.organisations import create_organisation, make_setup_link

__all__ = ["create_organisation", "make_setup_link"]
