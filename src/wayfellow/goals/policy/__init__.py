from wayfellow.goals.policy.commitments import (
    may_read_commitments,
    why_not_add_commitment,
    why_not_agree_to_commitment,
    why_not_change_commitment,
    why_not_drop_commitment,
    why_not_undo_commitment,
)
from wayfellow.goals.policy.goals import (
    MOST_OPEN_GOALS,
    OPEN,
    missing_for_activation,
    why_not_activate_goal,
    why_not_edit_goal,
    why_not_reopen_goal,
    why_not_start_goal,
)
from wayfellow.goals.policy.sharing import audiences_for, may_read_item, why_not_share_goal, why_not_stop_sharing_goal
from wayfellow.goals.policy.together import why_not_write_together

__all__ = [
    "MOST_OPEN_GOALS",
    "OPEN",
    "audiences_for",
    "may_read_commitments",
    "may_read_item",
    "missing_for_activation",
    "why_not_activate_goal",
    "why_not_add_commitment",
    "why_not_agree_to_commitment",
    "why_not_change_commitment",
    "why_not_drop_commitment",
    "why_not_edit_goal",
    "why_not_reopen_goal",
    "why_not_share_goal",
    "why_not_start_goal",
    "why_not_stop_sharing_goal",
    "why_not_undo_commitment",
    "why_not_write_together",
]
