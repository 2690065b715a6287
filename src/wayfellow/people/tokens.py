"""Tokens of links in mails. Only their digests are stored."""

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """A token nobody can guess, and its digest."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
