"""Events in words. A verb that has none here reads as it is written: `goal_set` is "goal set"."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HOW = {
    "session": _("in the browser"),
    "token": _("by an API token"),
    "command": _("on the command line"),
    "job": _("by itself"),
}
WORDS: dict[str, Any] = {}


def words_of(verb: str) -> str:
    """What happened, in words."""
    return str(WORDS[verb]) if verb in WORDS else verb.replace("_", " ").capitalize()
