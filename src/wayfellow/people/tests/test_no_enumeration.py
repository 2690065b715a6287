"""Nobody learns at a door who is here: the same answer, and the same work, whether an address is known or not.

How long each takes is measured by `benchmarks/doors.py`; here the work is counted: questions to the database, mails
that leave, passwords that are hashed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wayfellow.jobs.models import Job

CHANGES = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|\d\d:\d\d')
UNKNOWN = "nobody.atall@larkmoor.example"
QUERIES_MAY_DIFFER = 4


@dataclass
class Seen:
    """What somebody sees who tries a door, and what the server did for it."""

    status: int
    goes_to: str
    body: str
    headers: list[str]
    cookies: list[str]
    mails: int
    hashed: int
    queries: int

    def looks_like(self, other: "Seen") -> bool:
        """Whether nobody outside can tell the two apart."""
        ours = (self.status, self.goes_to, self.body, self.headers, self.cookies)
        return ours == (other.status, other.goes_to, other.body, other.headers, other.cookies)


@pytest.fixture
def attempt(monkeypatch: Any) -> Callable[..., Seen]:
    """`attempt(door, address, …)`: try a door in a browser of its own."""
    hashed: list[int] = []
    plain = MD5PasswordHasher.encode

    def encode(self: Any, password: str, salt: str) -> str:
        hashed.append(1)
        return plain(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)

    def go(door: str, address: str, fields: dict[str, str], *, client: Client | None = None) -> Seen:
        client = client or Client()
        before, mails = len(hashed), Job.objects.count()
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(door, fields)
        body = CHANGES.sub("", answer.content.decode()).replace(address, "ADDRESS")
        return Seen(
            status=answer.status_code,
            goes_to=answer.headers.get("Location", ""),
            body=body,
            headers=sorted(set(answer.headers) - {"X-Request-ID"}),
            cookies=sorted(answer.cookies),
            mails=Job.objects.count() - mails,
            hashed=len(hashed) - before,
            queries=len(asked),
        )

    return go


@pytest.fixture
def known(make_member: Any) -> dict[str, str]:
    """Addresses of people who are here in different ways."""
    with_password = make_member("Inês Tavaredo")
    with_password.account.set_password("correct horse battery")
    with_password.account.save()
    left = make_member("Leif Holmqvarn")
    left.state = "left"
    left.save()
    members = {
        "without a password": make_member("Amara Oyelunde"),
        "with a password": with_password,
        "who left": left,
        "who is listed": make_member("Kofi Asantewe", state="listed"),
    }
    return {how: member.email for how, member in members.items()}


HOW = ["without a password", "with a password", "who left", "who is listed"]


def same(one: Seen, other: Seen) -> None:
    assert one.looks_like(other)
    assert one.mails == other.mails
    assert one.hashed == other.hashed
    assert abs(one.queries - other.queries) <= QUERIES_MAY_DIFFER, (one.queries, other.queries)


@pytest.mark.parametrize("how", HOW)
def test_asking_for_a_code(attempt: Any, known: Any, how: str) -> None:
    door = reverse("request_code")
    unknown = attempt(door, UNKNOWN, {"email": UNKNOWN})
    same(attempt(door, known[how], {"email": known[how]}), unknown)
    assert unknown.mails == 1


@pytest.mark.parametrize("how", HOW)
def test_typing_a_wrong_code(attempt: Any, known: Any, how: str) -> None:
    seen = []
    for address in (known[how], UNKNOWN):
        client = Client()
        client.post(reverse("request_code"), {"email": address})
        tries = [attempt(reverse("confirm_code"), address, {"code": "000-000"}, client=client) for _turn in range(5)]
        seen.append(tries)
    for one, other in zip(*seen, strict=True):
        same(one, other)


@pytest.mark.parametrize("how", HOW)
def test_a_wrong_password(attempt: Any, known: Any, how: str) -> None:
    door = reverse("sign_in_with_password")
    unknown = attempt(door, UNKNOWN, {"login": UNKNOWN, "password": "not this one"})
    same(attempt(door, known[how], {"login": known[how], "password": "not this one"}), unknown)
    assert unknown.hashed == 1


@pytest.mark.parametrize("how", HOW)
def test_asking_for_a_new_password(attempt: Any, known: Any, how: str) -> None:
    door = reverse("reset_password")
    unknown = attempt(door, UNKNOWN, {"email": UNKNOWN})
    same(attempt(door, known[how], {"email": known[how]}), unknown)
    assert unknown.mails == 1


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("way", ["domain", "asking"])
def test_asking_to_join(attempt: Any, known: Any, organisation: Any, administrator: Any, how: str, way: str) -> None:
    if way == "domain":
        organisation.join_by_domain, organisation.domains = True, ["larkmoor.example"]
    else:
        organisation.join_by_asking = True
    organisation.save()
    door = reverse("ask_to_join", args=["larkmoor"])
    unknown = attempt(door, UNKNOWN, {"full_name": "Jo", "email": UNKNOWN})
    same(attempt(door, known[how], {"full_name": "Jo", "email": known[how]}), unknown)
    assert (unknown.status, unknown.mails) == (200, 1)


@pytest.mark.parametrize("how", HOW)
def test_being_refused_for_trying_too_often(attempt: Any, known: Any, how: str) -> None:
    door = reverse("sign_in_with_password")
    seen = []
    for visitor, address in (("192.0.2.1", known[how]), ("192.0.2.2", UNKNOWN)):
        fields = {"login": address, "password": "not this one"}
        tries = [attempt(door, address, fields, client=Client(REMOTE_ADDR=visitor)) for _turn in range(7)]
        seen.append(tries)
    assert "tried too often" in seen[0][6].body
    for one, other in zip(*seen, strict=True):
        same(one, other)
