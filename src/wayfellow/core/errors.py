"""What can go wrong in a way a person should read.

Doors translate: a form shows the message beside `field`, the command line exits with `exit_code`.
"""

from dataclasses import dataclass, field
from typing import Any


class DomainError(Exception):
    """Something a person can understand and act on.

    Args:
        code: stable identifier, snake_case.
        message: a sentence for the person, already translated (or lazily so).
        field: name of the form field, column or option it belongs to, if any.
    """

    exit_code = 2
    status = 422

    def __init__(self, code: str, message: Any, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class InvalidInput(DomainError):
    """What was typed cannot be used."""


class Refused(DomainError):
    """A rule says no."""

    exit_code = 3
    status = 403


class NotFound(DomainError):
    """It is not there, or not for you to see."""

    exit_code = 4
    status = 404


class Conflict(DomainError):
    """Somebody else was faster, or it was done already."""

    exit_code = 5
    status = 409


@dataclass(frozen=True)
class Refusal:
    """The answer of a policy function that says no.

    `code` names the rule, `message` says it to a person, `instead` names the verb that is possible instead.
    """

    code: str
    message: Any
    instead: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def enforce(refusal: Refusal | None) -> None:
    """Raise `Refused` if a policy function returned a refusal."""
    if refusal is not None:
        raise Refused(refusal.code, refusal.message)
