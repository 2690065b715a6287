from wayfellow.goals.views.commitments import (
    add_commitment,
    agree_to_commitment,
    commitments,
    drop_commitment,
    move_commitment,
    my_commitments,
    tick_commitment,
    undo_commitment,
)
from wayfellow.goals.views.goals import (
    close_goal,
    delete_goal,
    goal,
    goal_step,
    goals,
    make_main_goal,
    reopen_goal,
    start_goal,
)
from wayfellow.goals.views.sharing import goal_sharing, goals_together, share_goal, stop_sharing_goal

__all__ = [
    "add_commitment",
    "agree_to_commitment",
    "close_goal",
    "commitments",
    "delete_goal",
    "drop_commitment",
    "goal",
    "goal_sharing",
    "goal_step",
    "goals",
    "goals_together",
    "make_main_goal",
    "move_commitment",
    "my_commitments",
    "reopen_goal",
    "share_goal",
    "start_goal",
    "stop_sharing_goal",
    "tick_commitment",
    "undo_commitment",
]
