"""Busy times from a real HTTP server and a real Radicale on loopback."""

import logging
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from wayfellow.core import clock
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.meetings.actions import connect_busy_times, disconnect_busy_times, read_busy_times_now
from wayfellow.meetings.actions.reading import read_all_busy_times_job
from wayfellow.meetings.models import BusyTime, PersonalCalendar
from wayfellow.meetings.sealing import unseal
from wayfellow.meetings.tests.conftest import NOW

pytestmark = [pytest.mark.peers, pytest.mark.django_db(transaction=True)]

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
{entries}END:VCALENDAR
"""
ENTRY = """BEGIN:VEVENT
UID:{uid}
DTSTAMP:20261101T000000Z
SUMMARY:Dentist and other secrets
{lines}
END:VEVENT
"""


def calendar(*entries: str) -> bytes:
    bodies = [ENTRY.format(uid=f"{n}@elsewhere.example", lines=lines) for n, lines in enumerate(entries)]
    return CALENDAR.format(entries="".join(bodies)).replace("\n", "\r\n").encode()


class Peer(BaseHTTPRequestHandler):
    """Answers with what the test wants; writes down what was asked."""

    asked: list[str] = []
    answer: tuple[int, dict[str, str], bytes] = (200, {}, b"")

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        status, headers, body = self.answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_PROPFIND = do_REPORT = do_GET

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def peer() -> Iterator[Any]:
    class Own(Peer):
        asked: list[str] = []

    server = ThreadingHTTPServer(("127.0.0.1", 0), Own)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Own.port = server.server_address[1]  # type: ignore[attr-defined]
    Own.url = f"http://127.0.0.1:{server.server_address[1]}/me.ics"  # type: ignore[attr-defined]
    yield Own
    server.shutdown()
    server.server_close()


@pytest.fixture
def allowed(settings: Any, peer: Any) -> Any:
    settings.OUTBOUND_ALLOW = [f"127.0.0.1:{peer.port}"]
    return peer


def read(member: Any, **fields: Any) -> PersonalCalendar:
    connect_busy_times(member, **{"source": "ics", **fields})
    run_pending()
    return PersonalCalendar.objects.get(member=member)


def busy(member: Any) -> list[str]:
    rows = BusyTime.objects.filter(member=member).order_by("starts_at")
    return [f"{row.starts_at:%d %H:%M}-{row.ends_at:%d %H:%M}" for row in rows]


def test_when_never_what(allowed: Any, amara: Any) -> None:
    allowed.answer = (200, {}, calendar(
        "DTSTART:20261126T160000Z\nDTEND:20261126T173000Z",
        "DTSTART:20261126T170000Z\nDURATION:PT1H",
        "DTSTART;TZID=Africa/Nairobi:20261127T090000\nDTEND;TZID=Africa/Nairobi:20261127T100000",
        "DTSTART:20261128T090000\nDTEND:20261128T100000",
        "DTSTART;VALUE=DATE:20261130",
        "DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nRRULE:FREQ=DAILY;COUNT=2",
        "DTSTART:20261205T100000Z\nDTEND:20261205T110000Z\nTRANSP:TRANSPARENT",
        "DTSTART:20261206T100000Z\nDTEND:20261206T110000Z\nSTATUS:CANCELLED",
        "DTSTART:20270601T100000Z\nDTEND:20270601T110000Z",
    ))  # fmt: skip
    found = read(amara, address=allowed.url)
    assert (found.error, found.read_at, found.host) == ("", NOW, "127.0.0.1")
    assert busy(amara) == [
        "26 16:00-26 18:00", "27 06:00-27 07:00", "28 06:00-28 07:00", "29 21:00-30 21:00", "01 10:00-01 11:00",
        "02 10:00-02 11:00",
    ]  # fmt: skip
    assert not any("Dentist" in str(vars(row)) for row in BusyTime.objects.all())


def test_our_own_entries_are_known_already(allowed: Any, amara: Any) -> None:
    own = calendar("DTSTART:20261126T160000Z\nDTEND:20261126T173000Z").replace(b"elsewhere.example", b"127.0.0.1")
    allowed.answer = (200, {}, own)
    assert read(amara, address=allowed.url).error == "" and busy(amara) == []


@pytest.mark.parametrize(("answer", "code"), [
    ((401, {}, b""), "wrong_password"),
    ((404, {}, b""), "not_there"),
    ((500, {}, b""), "answered_oddly"),
    ((200, {}, b"<html>Sign in</html>"), "no_calendar"),
    ((200, {}, b"x" * (4 * 1024 * 1024 + 1)), "answer_too_large"),
    ((200, {}, calendar("DTSTART:soon\nDTEND:later")), ""),
])  # fmt: skip
def test_what_goes_wrong_is_said_and_what_was_known_stays(allowed: Any, amara: Any, answer: Any, code: str) -> None:
    allowed.answer = (200, {}, calendar("DTSTART:20261126T160000Z\nDTEND:20261126T173000Z"))
    read(amara, address=allowed.url)
    allowed.answer = answer
    read_busy_times_now(amara)
    run_pending()
    found = PersonalCalendar.objects.get()
    assert found.error == code
    assert busy(amara) == (["26 16:00-26 17:30"] if code else [])


@pytest.mark.parametrize("to", ["http://127.0.0.1:1/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/"])
def test_a_redirect_into_a_private_network_is_refused(allowed: Any, amara: Any, client_for: Any, to: str) -> None:
    allowed.answer = (302, {"Location": to}, b"")
    found = read(amara, address=allowed.url)
    assert (found.error, found.read_at) == ("address_refused", None)
    page = client_for(amara).get("/o/larkmoor/calendar/").content.decode()
    assert "private network" in page


def test_a_private_address_is_not_asked(peer: Any, amara: Any) -> None:
    assert read(amara, address=peer.url).error == "address_refused"
    assert peer.asked == []


def test_an_address_and_a_password_are_kept_sealed_and_shown_nowhere(
    allowed: Any, amara: Any, client_for: Any, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    allowed.answer = (401, {}, b"")
    secret = f"http://127.0.0.1:{allowed.port}/private-8271/me/"
    found = read(amara, source="caldav", address=secret, user_name="amara", password="pa55-4711")
    assert found.error == "wrong_password"
    kept = str(vars(found)) + str(list(Job.objects.values_list("args", "kwargs", "error")))
    page = client_for(amara).get("/o/larkmoor/calendar/").content.decode()
    for text in (kept, page, caplog.text):
        assert "private-8271" not in text and "pa55-4711" not in text
    assert unseal(found.sealed_address) == secret and unseal(found.sealed_password) == "pa55-4711"
    disconnect_busy_times(amara)
    found.refresh_from_db()
    assert (found.sealed_address, found.sealed_password, found.host, found.user_name) == ("", "", "", "")


def test_a_lost_server_secret_is_said(allowed: Any, amara: Any, settings: Any) -> None:
    connect_busy_times(amara, source="ics", address=allowed.url)
    settings.SECRET_KEY = "another"
    run_pending()
    assert PersonalCalendar.objects.get().error == "secret_lost"


def test_what_was_changed_meanwhile_is_not_overwritten(allowed: Any, amara: Any) -> None:
    def change(handler: Any) -> None:
        disconnect_busy_times(amara)
        Peer.do_GET(handler)

    allowed.do_GET = change
    allowed.answer = (200, {}, calendar("DTSTART:20261126T160000Z\nDTEND:20261126T173000Z"))
    connect_busy_times(amara, source="ics", address=allowed.url)
    with clock.moved_to(NOW):
        run_pending()
    assert PersonalCalendar.objects.get().source == "none" and busy(amara) == []


def test_each_is_asked_again_after_half_an_hour(allowed: Any, amara: Any, ines: Any) -> None:
    allowed.answer = (200, {}, calendar())
    for member in (amara, ines):
        read(member, address=allowed.url)
    assert len(allowed.asked) == 2
    read_all_busy_times_job.call()
    run_pending()
    assert len(allowed.asked) == 2
    with clock.moved_to(NOW + timedelta(minutes=31)):
        read_all_busy_times_job.call()
        read_all_busy_times_job.call()
        run_pending()
    assert len(allowed.asked) == 4


def test_a_password_goes_over_no_open_line(amara: Any, settings: Any, peer: Any) -> None:
    found = read(amara, source="caldav", address=peer.url, user_name="amara", password="x")
    assert found.error == "not_safe" and peer.asked == []


@pytest.mark.parametrize("body", [
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff\xfe<\x00", b"<open>", b"", b"\x00",
])  # fmt: skip
def test_odd_xml_is_no_calendar(allowed: Any, amara: Any, body: bytes) -> None:
    allowed.answer = (207, {}, body)
    assert read(amara, source="caldav", address=allowed.url, user_name="a", password="b").error == "no_calendar"


def test_a_server_that_names_another_gets_no_password_there(allowed: Any, amara: Any) -> None:
    href = "<d:multistatus xmlns:d='DAV:'><d:response><d:propstat><d:prop><d:current-user-principal><d:href>{}</d:href></d:current-user-principal></d:prop></d:propstat></d:response></d:multistatus>"  # noqa: E501
    allowed.answer = (207, {}, href.format("http://evil.example/").encode())
    assert read(amara, source="caldav", address=allowed.url, user_name="a", password="b").error == "leads_elsewhere"


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: Any) -> Iterator[str]:
    """A real CalDAV server with one person and two calendars."""
    home = tmp_path_factory.mktemp("radicale")
    (home / "users").write_text("amara:pa55 with spaces\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = home / "config"
    config.write_text(
        f"[server]\nhosts=127.0.0.1:{port}\n[auth]\ntype=htpasswd\nhtpasswd_filename={home / 'users'}\n"
        f"htpasswd_encryption=plain\ndelay=0\n[storage]\nfilesystem_folder={home / 'store'}\n"
    )
    with Path(home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(config)], stdout=log, stderr=log, env=os.environ
        )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(port)
        for name, uid in (("work", "1"), ("home", "2")):
            body = (
                '<c:mkcalendar xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:"><d:set><d:prop/></d:set>'
                "</c:mkcalendar>"
            )
            _ask("MKCALENDAR", f"{base}/amara/{name}/", body.encode())
            lines = f"DTSTART:2026112{5 + int(uid)}T160000Z\nDTEND:2026112{5 + int(uid)}T170000Z"
            text = CALENDAR.format(entries=ENTRY.format(uid=uid, lines=lines)).replace("\n", "\r\n")
            _ask("PUT", f"{base}/amara/{name}/{uid}.ics", text.encode())
        yield base
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _turn in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("radicale did not start")


def _ask(method: str, url: str, body: bytes) -> None:
    token = b64encode(b"amara:pa55 with spaces").decode()
    request = urllib.request.Request(url, body, {"Authorization": f"Basic {token}"}, method=method)  # noqa: S310
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310


@pytest.mark.parametrize(("path", "found"), [
    ("/", ["26 16:00-26 17:00", "27 16:00-27 17:00"]),
    ("/amara/", ["26 16:00-26 17:00", "27 16:00-27 17:00"]),
    ("/amara/work/", ["26 16:00-26 17:00"]),
])  # fmt: skip
def test_radicale(radicale: str, settings: Any, amara: Any, path: str, found: list[str]) -> None:
    settings.OUTBOUND_ALLOW = [radicale.removeprefix("http://")]
    fields = {"source": "caldav", "address": radicale + path, "user_name": "amara", "password": "pa55 with spaces"}
    assert read(amara, **fields).error == ""
    assert busy(amara) == found


def test_radicale_with_a_wrong_password(radicale: str, settings: Any, amara: Any) -> None:
    settings.OUTBOUND_ALLOW = [radicale.removeprefix("http://")]
    fields = {"source": "caldav", "address": f"{radicale}/amara/", "user_name": "amara", "password": "wrong"}
    assert read(amara, **fields).error == "wrong_password"


@pytest.mark.parametrize(("fields", "field"), [
    ({"address": "me.ics"}, "address"),
    ({"address": "ftp://a.example/x"}, "address"),
    ({"address": "https://user:word@a.example/x"}, "address"),
    ({"source": "caldav", "address": "https://a.example/", "user_name": ""}, "user_name"),
    ({"source": "caldav", "address": "https://a.example/", "user_name": "a"}, "password"),
    ({"source": "other", "address": "https://a.example/"}, "source"),
])  # fmt: skip
def test_bad_input_is_said_beside_its_field(amara: Any, client_for: Any, fields: Any, field: str) -> None:
    client: Client = client_for(amara)
    page = client.post("/o/larkmoor/calendar/busy", {"source": "ics", **fields})
    assert page.status_code == 422 and f'id="id_{field}' in page.content.decode() and "Error:" in page.content.decode()
    assert not PersonalCalendar.objects.exclude(source="none").exists()
