"""`fetch` against servers on loopback: what it asks, and above all what it does not."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import transaction

from wayfellow.core import outbound
from wayfellow.core.errors import InvalidInput
from wayfellow.core.outbound import Unreachable, fetch

pytestmark = pytest.mark.peers


class Peer(BaseHTTPRequestHandler):
    """Does what the path says, and writes down what it was asked."""

    asked: list[Any]

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.asked.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/again":
            self.send_response(302)
            self.send_header("Location", "/again")
            self.end_headers()
        elif self.path == "/large":
            self.send_response(200)
            self.end_headers()
            for _turn in range(64):
                self.wfile.write(b"x" * 4096)
        elif self.path == "/slow":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _turn in range(1000):
                self.wfile.write(b"x")
                time.sleep(0.05)
        elif self.path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "10")
            self.end_headers()
            self.wfile.write(b"abc")
        else:
            self.send_response(200)
            self.send_header("X-Kind", "peer")
            self.end_headers()
            self.wfile.write(b"hello")

    do_POST = do_GET

    def log_message(self, *_args: Any) -> None:
        pass

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            pass  # whoever asked has gone, which is what some tests are about


@pytest.fixture
def peer() -> Iterator[Any]:
    asked: list[Any] = []
    handler = type("Asked", (Peer,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.asked = asked  # type: ignore[attr-defined]
    server.base = f"http://localhost:{server.server_port}"  # type: ignore[attr-defined]
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def allowed(settings: Any, peer: Any) -> Any:
    """The host allows this peer, and nothing else on this machine."""
    settings.OUTBOUND_ALLOW = [f"localhost:{peer.server_port}"]
    return peer


def refused(url: str, **options: Any) -> str:
    with pytest.raises(InvalidInput) as found:
        fetch(url, **options)
    assert str(found.value.message)
    return found.value.code


def test_asks_and_gives_the_answer(allowed: Any) -> None:
    answer = fetch(f"{allowed.base}/a?b=c d".replace(" ", "%20"), headers={"X-Mine": "1"})
    assert (answer.status, answer.body, answer.headers["x-kind"]) == (200, b"hello", "peer")
    [(method, path, headers, _body)] = allowed.asked
    assert (method, path, headers["X-Mine"]) == ("GET", "/a?b=c%20d", "1")
    assert headers["User-Agent"].startswith("Wayfellow/")
    assert headers["Host"] == f"localhost:{allowed.server_port}"


def test_sends_a_body(allowed: Any) -> None:
    fetch(allowed.base, method="POST", body=b"{}", headers={"Content-Type": "application/json"})
    assert allowed.asked[0][3] == b"{}"


def test_a_private_address_is_refused_and_not_even_connected_to(peer: Any) -> None:
    assert refused(peer.base) == "address_refused"
    assert peer.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f000001", "2130706433", "0.0.0.0", "localhost", "[::1]", "[::]",  # noqa: S104
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "[fe80::1]", "[fd00:ec2::254]",
        "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "240.0.0.1",
        "255.255.255.255",
    ],
)  # fmt: skip
def test_what_is_not_of_the_internet_is_refused(host: str) -> None:
    assert refused(f"http://{host}/") == "address_refused"


@pytest.mark.parametrize("text", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_what_is_of_the_internet_is_not(text: str) -> None:
    import ipaddress

    assert outbound._is_public(ipaddress.ip_address(text))


def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(outbound, "_resolve", lambda *_args: ["93.184.215.14", "10.0.0.7"])
    assert refused("http://sly.example/") == "address_refused"


def test_it_connects_to_the_address_it_looked_at_whatever_the_name_says_next(allowed: Any, monkeypatch: Any) -> None:
    """A name that is public when it is looked at and private when it is connected to."""
    connected: list[Any] = []
    monkeypatch.setattr(outbound, "_resolve", lambda *_args: ["93.184.215.14"])

    def connect(address: Any, timeout: float) -> Any:
        connected.append(address)
        raise OSError("no way there")

    monkeypatch.setattr(outbound.socket, "create_connection", connect)
    with pytest.raises(Unreachable):
        fetch("http://rebinding.example/")
    assert connected == [("93.184.215.14", 80)]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "//example.org/", "example.org", "",
        "http://", "http://user:word@example.org/", "http://example.org:99999/", "http://exa mple.org/",
        "http://example.org/\r\nX-Sly:1", "http://[::1", "javascript:alert(1)", "http://example.org:0/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    assert refused(url) == "address_refused"


def test_redirects_are_followed_and_looked_at(allowed: Any) -> None:
    assert fetch(f"{allowed.base}/to//there").url.endswith("/there")
    allowed.asked.clear()
    for target in ("http://127.0.0.1:9/", "http://169.254.169.254/latest/", "file:///etc/passwd", "//10.0.0.1/"):
        assert refused(f"{allowed.base}/to/{target}") == "address_refused"
    assert len(allowed.asked) == 4
    assert refused(f"{allowed.base}/again") == "address_refused"


def test_a_redirect_to_another_server_gets_no_headers(allowed: Any, settings: Any) -> None:
    settings.OUTBOUND_ALLOW = ["127.0.0.0/8", "::1/128"]
    url = f"{allowed.base}/to/http://127.0.0.1:{allowed.server_port}/there"
    fetch(url, headers={"Authorization": "secret"})
    first, second = allowed.asked
    assert first[2]["Authorization"] == "secret"
    assert "Authorization" not in second[2]


def test_a_post_follows_no_redirect(allowed: Any) -> None:
    assert fetch(f"{allowed.base}/to//there", method="POST", body=b"x").status == 302


def test_too_much_is_refused(allowed: Any) -> None:
    assert refused(f"{allowed.base}/large", largest=100_000) == "answer_too_large"
    assert len(fetch(f"{allowed.base}/large").body) == 64 * 4096


def test_who_answers_drop_by_drop_is_cut_off(allowed: Any) -> None:
    started = time.monotonic()
    with pytest.raises(Unreachable, match="too slow"):
        fetch(f"{allowed.base}/slow", seconds=0.5)
    assert time.monotonic() - started < 20


def test_an_answer_that_breaks_off_is_none(allowed: Any) -> None:
    with pytest.raises(Unreachable):
        fetch(f"{allowed.base}/short")


def test_nobody_there_and_no_such_name(settings: Any) -> None:
    settings.OUTBOUND_ALLOW = ["localhost"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unreachable):
        fetch(f"http://localhost:{port}/")
    with pytest.raises(Unreachable, match="no such name"):
        fetch("http://nowhere.invalid/")


def test_https_without_a_certificate_that_holds_is_not_trusted(allowed: Any) -> None:
    with pytest.raises(Unreachable):
        fetch(allowed.base.replace("http:", "https:"))


@pytest.mark.django_db(transaction=True)
def test_never_inside_a_transaction(allowed: Any) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        fetch(allowed.base)
    assert fetch(allowed.base).status == 200
    assert len(allowed.asked) == 1


def test_the_caller_can_allow_a_host_of_its_own(peer: Any) -> None:
    assert fetch(peer.base, allow=frozenset({f"localhost:{peer.server_port}"})).status == 200
