"""Reads of a conversation."""
