"""What somebody typed and sent when they could not send it: signed out by time, or asked first who they are.

It is kept in the session of their browser for a day, shown to nobody but the account that wrote it, and sent only when
they press the button again. Files are not kept; a form with a password or a code in it is not either.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from wayfellow.core import clock

KEY = "kept_form"
MOST = 200_000
SECONDS = 24 * 3600
TOKEN = "csrfmiddlewaretoken"  # noqa: S105
SECRET = {"password", "now", "code", "credential"}
WORTH_SHOWING = 12


@dataclass(frozen=True)
class Kept:
    """A form that waits.

    Attributes:
        path: where it was sent to.
        fields: names and values, in their order; a name may come several times.
        files: names of the files that were chosen with it, and are not kept.
    """

    path: str
    fields: list[tuple[str, str]]
    files: list[str]

    @property
    def words(self) -> list[str]:
        """What they wrote, as far as it is more than a choice."""
        return [value for _name, value in self.fields if len(value.strip()) >= WORTH_SHOWING]


def keep(request: HttpRequest, *, account_id: Any) -> bool:
    """Keep what this request sent, for the account that wrote it. False when it is too much, or holds a secret."""
    fields = [[name, value] for name, values in request.POST.lists() if name != TOKEN for value in values]
    too_much = sum(len(name) + len(value) for name, value in fields) > MOST
    if too_much or SECRET & request.POST.keys():
        return False
    request.session[KEY] = {
        "account": str(account_id),
        "path": request.get_full_path(),
        "fields": fields,
        "files": [file.name for file in request.FILES.values()],
        "at": int(clock.now().timestamp()),
    }
    return True


def kept(request: HttpRequest) -> Kept | None:
    """What waits for who is signed in; what is another's, or old, is dropped."""
    found = request.session.get(KEY)
    if not found:
        return None
    too_old = clock.now().timestamp() - found["at"] > SECONDS
    if too_old or found["account"] != str(request.user.pk):
        drop(request)
        return None
    return Kept(found["path"], [(name, value) for name, value in found["fields"]], found["files"])


def drop(request: HttpRequest) -> None:
    """Throw away what waits."""
    request.session.pop(KEY, None)


def drop_if_sent(request: HttpRequest) -> None:
    """What waits is done with once its form is sent again."""
    found = request.session.get(KEY)
    if found and found["path"] == request.get_full_path():
        drop(request)
