"""Who may call a view. Every view states it; what states nothing fails the system check.

`@access(...)` names the people. The organisation-wide ones are enforced before the view runs (see
`people.middleware`); MENTEE and MENTOR mean *the ones in this row*: the view reaches the row through
`visible_to(request.member)`, so that for everybody else it does not exist (404).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """Who somebody is, as far as a door is concerned."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    MEMBER = "member"
    GUEST = "guest"
    MENTEE = "mentee"
    MENTOR = "mentor"
    MANAGER = "manager"
    SAFEGUARDING = "safeguarding"
    ADMINISTRATOR = "administrator"


ANYONE, SIGNED_IN, MEMBER, GUEST = Role.ANYONE, Role.SIGNED_IN, Role.MEMBER, Role.GUEST
MENTEE, MENTOR = Role.MENTEE, Role.MENTOR
MANAGER, SAFEGUARDING, ADMINISTRATOR = Role.MANAGER, Role.SAFEGUARDING, Role.ADMINISTRATOR


@dataclass(frozen=True)
class Access:
    """What a view states about its callers.

    Attributes:
        roles: who may call it.
        area: which navigation the page shows: member, programme, organisation or safeguarding.
        before_conduct: may be called before the code of conduct was accepted.
        before_factor: may be called before a second factor was set up that the organisation asks for.
    """

    roles: frozenset[Role]
    area: str = "member"
    before_conduct: bool = False
    before_factor: bool = False

    @property
    def is_public(self) -> bool:
        return Role.ANYONE in self.roles


def access(
    *roles: Role, area: str = "member", before_conduct: bool = False, before_factor: bool = False
) -> Callable[[View], View]:
    """State who may call a view."""
    if not roles:
        raise ValueError("access() needs at least one role")

    def state(view: View) -> View:
        view.access = Access(frozenset(roles), area, before_conduct, before_factor)  # type: ignore[attr-defined]
        view.login_required = False  # type: ignore[attr-defined]
        return view

    return state


def walk_views(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, URLPattern]]:
    """All (route, pattern) pairs of the site, nested ones included."""
    found: list[tuple[str, URLPattern]] = []
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += walk_views(entry, route)
        else:
            found.append((route, entry))
    return found


@register()
def every_view_states_access(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """System check: a view without `@access` is an error."""
    return [
        Error(f"{route} ({pattern.lookup_str}) does not state who may call it", id="wayfellow.E001")
        for route, pattern in walk_views()
        if not hasattr(pattern.callback, "access")
    ]
