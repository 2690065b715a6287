"""What is erased when a member is forgotten, besides their goals."""

from wayfellow.goals.models import Commitment, CommitmentStep, GoalShare
from wayfellow.people.models import Member


def erase_shares(member: Member) -> None:
    """What they shared; the goals themselves go by themselves."""
    GoalShare.objects.filter(goal__member=member).delete()


def erase_commitments(member: Member) -> None:
    """What they promised. What they wrote for others is the others' to keep, without their name."""
    Commitment.objects.filter(owner=member).delete()
    Commitment.objects.filter(written_by=member).update(written_by=None)


def erase_commitment_steps(member: Member) -> None:
    """That it was they who changed something."""
    CommitmentStep.objects.filter(by=member).update(by=None)
