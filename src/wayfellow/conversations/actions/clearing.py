"""Files that no letter knows go by themselves: a relationship was erased, or a transaction did not come through."""

from wayfellow.conversations import shelf
from wayfellow.conversations.models import MessageFile
from wayfellow.jobs.tasks import task


def clear_files() -> int:
    """Remove files that belong to no letter and are older than a day. Returns how many."""
    known = set(MessageFile.objects.values_list("place", flat=True))
    found = shelf.strays(known)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


@task()
def clear_files_job() -> None:
    """`clear_files`, once a day."""
    clear_files()
