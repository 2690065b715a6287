import socket
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.apps import apps

from wayfellow.core.registry import NoticeKind
from wayfellow.notifications.models import Notice

TEMPLATES = Path(__file__).parent / "templates"


def tea_sentence(notice: Notice) -> str:
    return f"{notice.facts['from']} made tea"


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Two kinds of notices: one that can be stopped and one that cannot."""
    text = f"{__name__}.tea_sentence"
    declared = [
        NoticeKind("tea_ready", "Tea is ready", "You get this because you like tea.", text),
        NoticeKind("kettle_on", "The kettle is on", "You get this because kettles are hot.", text, can_stop=False),
    ]
    for config in apps.get_app_configs():
        if hasattr(config, "notices"):
            monkeypatch.setattr(config, "notices", [])
    monkeypatch.setattr(apps.get_app_config("notifications"), "notices", declared)
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [TEMPLATES]
    settings.TEMPLATES = templates


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


class Post:
    """A mail server on loopback: keeps what it accepts, refuses what it is told to."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        self.answers: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answers and not self.answers[0].startswith("data:"):
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0).removeprefix("data:")
        self.received.append(envelope)
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    handler = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.MAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.BASE_URL = "https://wayfellow.larkmoor.example"
    yield handler
    controller.stop()
