"""What a job may raise."""


class LostLease(Exception):
    """The worker was away for longer than its lease, and somebody else has the job now."""


class Permanent(Exception):
    """Trying again would not help: the job goes to the dead letters at once."""
