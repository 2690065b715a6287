"""Passwords from breaches: the file searched on disk, the range address on loopback, both through the forms."""

import hashlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from wayfellow.cli.doctor.passwords import check_passwords
from wayfellow.people.breaches import UnusableList, ask_range, is_breached, is_in_file
from wayfellow.people.tests.mails import path_in_mail, run_waiting

STOLEN = "grey heron by the weir"
QUIET = "four more quiet words"
SAYS = "This password was stolen from another service"


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def written(path: Any, digests: Any, *, ends: str = "\r\n", last: bool = True) -> Any:
    """A file as it is published: lines of HASH:COUNT of different lengths, ordered by hash."""
    lines = [f"{digest}:{(number * 7919) % 99991 + 1}" for number, digest in enumerate(sorted(digests))]
    path.write_bytes((ends.join(lines) + (ends if last else "")).encode())
    return path


@pytest.fixture
def stolen_file(tmp_path: Any, settings: Any) -> Any:
    path = written(tmp_path / "pwned.txt", {sha1(STOLEN), *(sha1(f"other {number}") for number in range(3000))})
    settings.BREACHED_PASSWORDS = str(path)
    return path


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("many", [1, 2, 3, 500])
def test_finds_each_and_nothing_else(tmp_path: Any, ends: str, last: bool, many: int) -> None:
    digests = [sha1(str(number)) for number in range(many)]
    path = written(tmp_path / "list", digests, ends=ends, last=last)
    assert all(is_in_file(digest, path) for digest in digests)
    others = [sha1(f"not {number}") for number in range(many)]
    assert not any(is_in_file(digest, path) for digest in [*others, "0" * 40, "F" * 40])


def test_small_letters_are_the_same_figures(tmp_path: Any) -> None:
    digests = [sha1(str(number)) for number in range(50)]
    path = tmp_path / "list"
    path.write_text("".join(f"{digest.lower()}:1\n" for digest in sorted(digests)))
    assert all(is_in_file(digest, path) for digest in digests)


def test_reads_some_lines_of_a_large_file_only(tmp_path: Any) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:  # two gigabytes with nothing in them: whoever reads all is found out by the clock
        file.write(f"{'0' * 40}:1\n".encode())
        file.seek(2 * 1024**3)
        file.write(f"\n{'F' * 40}:1\n".encode())
    began = time.monotonic()
    with pytest.raises(UnusableList, match="around byte 1073741"):
        is_in_file(sha1("x"), path)
    assert time.monotonic() - began < 1


BAD = {
    "NTLM": ("".join(f"{number:032X}:1\n" for number in range(100)), "SHA-1 of 40 figures"),
    "passwords": ("123456\npassword\nqwerty\n", "SHA-1 of 40 figures"),
    "packed": ("PK\3\4" + "\1" * 5000, "SHA-1 of 40 figures"),
    "empty": ("", "is empty"),
    "by count": ("".join(f"{sha1(str(n))}:{n}\n" for n in range(200)), "is not ordered by hash"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_stops_nobody_and_doctor_says_how_to_mend_it(tmp_path: Any, settings: Any, kind: str) -> None:
    path = tmp_path / "list"
    path.write_text(BAD[kind][0])
    settings.BREACHED_PASSWORDS = str(path)
    assert not is_breached(QUIET)
    [found] = check_passwords()
    assert found.is_wrong
    assert BAD[kind][1] in found.words
    assert "WAYFELLOW_BREACHED_PASSWORDS" in found.mend or "sort" in found.mend


@pytest.mark.parametrize(("name", "why"), [("none", "No such file"), ("", "Is a directory")])
def test_no_file_there(tmp_path: Any, settings: Any, caplog: Any, name: str, why: str) -> None:
    settings.BREACHED_PASSWORDS = str(tmp_path / name)
    assert not is_breached(QUIET)
    assert why in caplog.text
    [found] = check_passwords()
    assert found.is_wrong
    assert why in found.words


def test_doctor_on_a_good_file_and_on_none(stolen_file: Any, settings: Any) -> None:
    [found] = check_passwords()
    assert not found.mend
    assert f"breached ones are refused, from {stolen_file}" in found.words
    settings.BREACHED_PASSWORDS = ""
    [found] = check_passwords()
    assert not found.mend
    assert "no list of breached ones is set" in found.words


def pages_that_set_one(member: Any, client_for: Any, password: str) -> Iterator[tuple[str, str]]:
    """The three forms in which this password is sent: the first one, another one, one by the link in a mail."""
    here = client_for(member)
    yield "first", here.post(reverse("set_password"), {"password": password}, follow=True).content.decode()
    if not member.account.has_usable_password():
        member.account.set_password("three quiet words")
        member.account.save()
        here = client_for(member)
    typed = {"now": "three quiet words", "password": password}
    yield "change", here.post(reverse("change_password"), typed, follow=True).content.decode()
    visitor = Client()
    visitor.post(reverse("reset_password"), {"email": member.email})
    run_waiting("write_about_new_password_job")
    page = visitor.get(path_in_mail("password_reset"), follow=True)
    yield "reset", visitor.post(page.redirect_chain[-1][0], {"password": password}, follow=True).content.decode()


@pytest.mark.django_db
def test_each_form_refuses_it(stolen_file: Any, member: Any, client_for: Any) -> None:
    said = dict(pages_that_set_one(member, client_for, STOLEN))
    assert [name for name, page in said.items() if SAYS in page] == ["first", "change", "reset"]
    member.account.refresh_from_db()
    assert member.account.check_password("three quiet words")
    client_for(member).post(reverse("change_password"), {"now": "three quiet words", "password": QUIET})
    member.account.refresh_from_db()
    assert member.account.check_password(QUIET)


class Ranges(BaseHTTPRequestHandler):
    """Answers as the range address does: the rests, padded with some that were seen 0 times."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Add-Padding")))  # type: ignore[attr-defined]
        mode = self.server.mode  # type: ignore[attr-defined]
        if mode == "slow":
            time.sleep(6)
        self.send_response(503 if mode == "out" else 200)
        self.end_headers()
        prefix = self.path.rpartition("/")[2]
        rests = [f"{sha1(word)[5:]}:3" for word in self.server.known if sha1(word).startswith(prefix)]  # type: ignore[attr-defined]
        padding = [f"{sha1(word)[5:]}:0" for word in (QUIET,)]
        lines = ["<html>"] if mode == "page" else [f"{'0' * 35}:12", *rests, *padding]
        self.wfile.write("\r\n".join(lines).encode())

    def log_message(self, *_args: Any) -> None:
        pass

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            pass  # whoever asked did not wait


@pytest.fixture
def ranges(settings: Any) -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Ranges)
    server.daemon_threads = True
    server.asked, server.known, server.mode = [], {STOLEN}, ""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    settings.BREACHED_PASSWORDS_URL = server.address = f"http://localhost:{server.server_port}/range/"
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.mark.peers
def test_five_figures_leave_this_server_and_no_more(ranges: Any) -> None:
    assert is_breached(STOLEN)
    assert ranges.asked == [(f"/range/{sha1(STOLEN)[:5]}", "true")]


@pytest.mark.peers
def test_what_only_pads_the_answer_is_not_stolen(ranges: Any) -> None:
    assert not is_breached(QUIET)
    assert len(ranges.asked) == 1


@pytest.mark.peers
def test_what_the_file_knows_is_not_asked(ranges: Any, stolen_file: Any) -> None:
    assert is_breached(STOLEN)
    assert ranges.asked == []


@pytest.mark.peers
def test_nobody_is_asked_where_the_host_did_not_say_so(ranges: Any, settings: Any) -> None:
    settings.BREACHED_PASSWORDS_URL = ""
    assert not is_breached(STOLEN)
    assert ranges.asked == []


@pytest.mark.peers
@pytest.mark.parametrize(("mode", "why"), [("slow", "too slow"), ("out", "answers 503"), ("page", "something else")])
def test_an_address_that_does_not_answer_well_stops_nobody(ranges: Any, caplog: Any, mode: str, why: str) -> None:
    ranges.mode = mode
    began = time.monotonic()
    assert not is_breached(STOLEN)
    assert time.monotonic() - began < 5
    assert why in caplog.text
    assert sha1(STOLEN)[:5] not in caplog.text
    [found] = check_passwords()
    assert found.is_wrong
    assert why in found.words
    assert "passwords are judged without it" in found.words
    assert "WAYFELLOW_BREACHED_PASSWORDS_URL" in found.mend


@pytest.mark.peers
def test_doctor_asks_for_no_password_of_anybody(ranges: Any) -> None:
    [found] = check_passwords()
    assert not found.mend
    assert ranges.asked == [("/range/00000", "true")]


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/range/", "ftp://example.org", "http://[", "range"])
def test_no_such_address(settings: Any, address: str) -> None:
    settings.BREACHED_PASSWORDS_URL = address
    assert not is_breached(STOLEN)
    [found] = check_passwords()
    assert found.is_wrong


@pytest.mark.peers
@pytest.mark.django_db(transaction=True)
def test_each_form_asks_outside_of_any_transaction(ranges: Any, member: Any, client_for: Any) -> None:
    said = dict(pages_that_set_one(member, client_for, STOLEN))
    assert [name for name, page in said.items() if SAYS in page] == ["first", "change", "reset"]
    assert len(ranges.asked) == 3
    with transaction.atomic(), pytest.raises(RuntimeError):
        ask_range("00000", ranges.address)
