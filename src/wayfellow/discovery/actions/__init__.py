from wayfellow.discovery.actions.index import follow_time_zones_job, rebuild_index, reindex_members
from wayfellow.discovery.actions.marks import (
    dismiss_mentor,
    save_mentor,
    tell_me_when_back,
    tell_who_is_back_job,
    unmark_mentor,
)

__all__ = [
    "dismiss_mentor",
    "follow_time_zones_job",
    "rebuild_index",
    "reindex_members",
    "save_mentor",
    "tell_me_when_back",
    "tell_who_is_back_job",
    "unmark_mentor",
]
