"""What a subject contributes to the whole, declared in its `apps.py` as plain attributes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Navigation:
    """One entry of the main navigation.

    Attributes:
        area: member, programme, organisation or safeguarding.
        order: position, low first.
        label: the word shown (lazy translation).
        icon: name of the icon.
        view: URL name; takes the organisation's slug.
        covers: further URL names for which this entry is the current one.
        own_word: the organisation's attribute that holds its own word for the label.
    """

    area: str
    order: int
    label: Any
    icon: str
    view: str
    covers: tuple[str, ...] = ()
    own_word: str = ""


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice a member can get, in the app and by mail.

    Attributes:
        kind: its name, such as `request_received`; mail templates are `<subject>/mail/<kind>.txt` and `.html`.
        label: what it is, for the preferences page.
        why: why one gets it, for the footer of the mail ("because you offer to mentor").
        text: dotted path of `(notice) -> str`, the sentence shown in the app.
        can_stop: whether a member may turn its mail off (what one must know cannot be).
        can_wait: whether its mail waits until the reader's quiet hours are over.
        compose: dotted path of `(notice) -> dict | None`, asked when the mail is written: more for its templates, and
            under `headers` more for its header; None when there is nothing to say any more.
    """

    kind: str
    label: Any
    why: Any
    text: str
    can_stop: bool = True
    can_wait: bool = False
    compose: str = ""


@dataclass(frozen=True)
class InboundHandler:
    """What a subject does with a mail that comes in (`notifications.inbound`).

    Attributes:
        takes: `reply:<purpose>`, an answer to an address that `make_reply_address` made for this purpose; or
            `calendar:<method>`, a mail that carries a `text/calendar` part of this method (small letters).
        handle: dotted path. Of a reply `(reply: Reply) -> Refusal | None`, of a calendar `(message: EmailMessage) ->
            Any`. It runs in a transaction, once for each mail.
    """

    takes: str
    handle: str


@dataclass(frozen=True)
class Schedule:
    """A job that is enqueued once per slot.

    Attributes:
        name: its name; the slot's key is `name@slot`.
        task: dotted path of the task.
        every: seconds between slots, counted from the epoch.
    """

    name: str
    task: str
    every: int


@dataclass(frozen=True)
class Subscription:
    """A task to enqueue, in the same transaction, for each event of this name. It gets the event's id."""

    event: str
    task: str


@dataclass(frozen=True)
class PersonalData:
    """The personal data a model holds, how it is exported and how it is erased.

    Attributes:
        model: `app.Model`.
        fields: the names of its fields that hold personal data.
        export: dotted path of `(member) -> list[dict]`, what the member takes away.
        erase: dotted path of `(member) -> None`, run when a member is forgotten.
    """

    model: str
    fields: tuple[str, ...]
    export: str
    erase: str


@dataclass(frozen=True)
class NotPersonal:
    """A model that holds no personal data, and why that is so."""

    model: str
    why: str


class Subject(AppConfig):
    """A subject of the house. Attributes are read by the parts that need them."""

    default_auto_field = "django.db.models.BigAutoField"
    navigation: list[Navigation] = []
    notices: list[NoticeKind] = []
    inbound: list[InboundHandler] = []
    schedule: list[Schedule] = []
    subscriptions: list[Subscription] = []
    personal_data: list[PersonalData | NotPersonal] = []
    search_documents: list[str] = []  # dotted paths of `(member_ids) -> None`, called by `search.actions.touch`


def subjects() -> Iterator[Subject]:
    """All subjects, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        if isinstance(config, Subject):
            yield config


def contributions(name: str) -> list[Any]:
    """All entries of one kind ("navigation", "notices", …) from all subjects."""
    return [entry for subject in subjects() for entry in getattr(subject, name)]


@register()
def every_contribution_resolves(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """System check: each dotted path and URL name that a subject declares exists."""
    problems: list[CheckMessage] = []
    paths = [
        *(path for notice in contributions("notices") for path in (notice.text, notice.compose) if path),
        *(entry.handle for entry in contributions("inbound")),
        *(entry.task for entry in contributions("schedule") + contributions("subscriptions")),
        *contributions("search_documents"),
        *(
            path
            for entry in contributions("personal_data")
            if isinstance(entry, PersonalData)
            for path in (entry.export, entry.erase)
        ),
    ]
    for path in paths:
        try:
            import_string(path)
        except ImportError as error:
            problems.append(Error(f"{path} cannot be imported: {error}", id="wayfellow.E002"))
    for entry in contributions("navigation"):
        try:
            reverse(entry.view, args=["x"])
        except NoReverseMatch:
            problems.append(Error(f"navigation names the unknown view {entry.view}", id="wayfellow.E003"))
    return problems
