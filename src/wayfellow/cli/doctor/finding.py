"""What a check says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: what was looked at.
        words: what was found.
        mend: what to do about it; empty when all is well.
        is_wrong: whether it must be mended (a hint otherwise).
    """

    subject: str
    words: str
    mend: str = ""
    is_wrong: bool = False
