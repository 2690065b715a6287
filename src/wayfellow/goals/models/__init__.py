from wayfellow.goals.models.commitments import Commitment, CommitmentStep
from wayfellow.goals.models.goals import Goal, GoalQuerySet, GoalSkill, GoalSkillQuerySet
from wayfellow.goals.models.sharing import GoalShare

__all__ = ["Commitment", "CommitmentStep", "Goal", "GoalQuerySet", "GoalShare", "GoalSkill", "GoalSkillQuerySet"]
