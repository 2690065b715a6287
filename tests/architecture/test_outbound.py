"""Requests to other servers go through `core.outbound.fetch`: nothing else can make one."""

import ast

import pytest

from tests.architecture.places import SOURCE, modules

TALKS = {
    "aiohttp", "asyncio", "ftplib", "http.client", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket", "ssl",
    "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc",
}  # fmt: skip
MAY = {
    "core/outbound.py": {"http.client", "socket", "ssl"},  # the door
    "cli/supervisor.py": {"http.client", "socket"},  # asks its own web server, on this machine, whether it is ready
    "notifications/inbound/mailbox.py": {"imaplib", "ssl"},  # the host's own mailbox for answers by mail
    "notifications/sending.py": {"smtplib"},  # names its errors; mail leaves through Django, to the host's server
}


def imported(text: str) -> set[str]:
    """The modules that talk and that this text imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {talks for talks in TALKS for name in names if name == talks or name.startswith(f"{talks}.")}


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if "tests" not in path.parts],
    ids=lambda path: path.relative_to(SOURCE).as_posix(),
)
def test_talks_to_nobody(path):
    assert imported(path.read_text(encoding="utf-8")) <= MAY.get(path.relative_to(SOURCE).as_posix(), set())


@pytest.mark.parametrize(
    "text", ["import urllib.request", "from urllib import request", "from http.client import HTTPConnection",
             "import httpx._client", "def f():\n    import socket"],
)  # fmt: skip
def test_what_talks_is_found(text):
    assert imported(text)


def test_what_does_not_is_not():
    assert (
        imported("from urllib.parse import urlsplit\nfrom http import HTTPStatus\nimport wayfellow.core.outbound")
        == set()
    )
