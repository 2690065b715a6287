"""What a job may raise."""

from datetime import timedelta


class LostLease(Exception):
    """The worker was away for longer than its lease, and somebody else has the job now."""


class NotYet(Exception):
    """It cannot be done now, and nothing is wrong with it: the job waits, and this was no attempt.

    Attributes:
        wait: how long until it is looked at again.
    """

    def __init__(self, words: str, *, wait: timedelta) -> None:
        super().__init__(words)
        self.wait = wait


class Permanent(Exception):
    """Trying again would not help: the job goes to the dead letters at once."""
