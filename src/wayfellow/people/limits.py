"""How often a door may be tried, beyond what sign-in counts by itself (django-allauth: by address and by visitor).

Whoever is over a limit gets a page that says so, with status 429, and nothing happens. docs/guides/hosts.md lists all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from wayfellow.core.access import Access
from wayfellow.web.views import too_often


@dataclass(frozen=True)
class Limit:
    """Some doors that are counted together.

    Attributes:
        name: what they are counted under.
        rate: times, per what time, per visitor's address ("ip") or per account ("user").
        doors: URL names.
        counts_looking: whether GET counts too.
    """

    name: str
    rate: str
    doors: frozenset[str] = frozenset()
    counts_looking: bool = False


LINKS = Limit("links", "120/m/ip", counts_looking=True)
PUBLIC = Limit("public", "60/m/ip")
LIMITS = (
    Limit(
        "mails",
        "60/h/user",
        frozenset({"act_on_people", "approve_join_request", "invite_again", "invite_people", "refuse_join_request"}),
    ),
    Limit("requests", "60/h/user", frozenset({"ask_question", "send_offer", "send_request", "suggest_colleague"})),
    Limit("letters", "240/h/user", frozenset({"keep_letter", "send_message"})),
    Limit(
        "meetings",
        "60/h/user",
        frozenset({"cancel_meeting", "close_proposal", "move_meeting", "propose_slots", "schedule_meeting"})
        | frozenset({"connect_busy_times", "make_feed", "read_busy_times_now"}),
    ),
    Limit("commitments", "120/h/user", frozenset({"add_commitment", "commit_at_meeting"})),
    Limit("reports", "20/h/user", frozenset({"my_concern", "report_concern"})),
    Limit("uploads", "120/h/user", frozenset({"edit_profile", "import_members", "organisation_settings"})),
    Limit(
        "files",
        "120/h/user",
        frozenset({"download_recovery_codes", "download_refused", "export_jobs", "export_meetings", "export_mentoring"})
        | frozenset({"export_conversation", "export_people", "export_records", "export_skills", "take_data_away"})
        | frozenset({"export_my_pulse", "export_pulse_totals", "export_who_can_read"}),
        counts_looking=True,
    ),
    Limit("passwords", "20/h/user", frozenset({"change_password", "set_password"})),
)


def limit_of(name: str, stated: Access, arguments: dict[str, Any]) -> Limit | None:
    """The limit of a door: links of mails and everything public have one without being named."""
    if stated.is_public:
        return LINKS if {"token", "key"} & arguments.keys() else PUBLIC
    return next((limit for limit in LIMITS if name in limit.doors), None)


class LimitMiddleware:
    """Counts, and answers instead of the view when it was too often. The demo counts nothing: it is for everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if settings.DEMO or match is None:
            return None
        limit = limit_of(match.url_name or "", view.access, kwargs)
        if limit is None or (request.method in {"GET", "HEAD", "OPTIONS"} and not limit.counts_looking):
            return None
        allowed = ratelimit.consume(
            request, app="wayfellow", action=limit.name, config={limit.name: limit.rate}, limit_get=True
        )
        return None if allowed else too_often(request)
