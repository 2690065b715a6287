from wayfellow.goals.actions.commitments import (
    add_commitment,
    agree_to_commitment,
    drop_commitment,
    move_commitment,
    tick_commitment,
    undo_commitment,
)
from wayfellow.goals.actions.goals import (
    MOST_SKILLS,
    STEPS,
    activate_goal,
    close_goal,
    delete_goal,
    erase_goals,
    make_main_goal,
    reopen_goal,
    save_goal_step,
    set_goal_skills,
    start_goal,
)
from wayfellow.goals.actions.sharing import share_goal, stop_sharing_goal

__all__ = [
    "MOST_SKILLS",
    "STEPS",
    "activate_goal",
    "add_commitment",
    "agree_to_commitment",
    "close_goal",
    "delete_goal",
    "drop_commitment",
    "erase_goals",
    "make_main_goal",
    "move_commitment",
    "reopen_goal",
    "save_goal_step",
    "set_goal_skills",
    "share_goal",
    "start_goal",
    "stop_sharing_goal",
    "tick_commitment",
    "undo_commitment",
]
