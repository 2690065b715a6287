"""Addresses that only we can make, and that say whose they are."""

from datetime import timedelta

import pytest

from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.notifications.inbound.addresses import Expired, find_token, make_reply_address, read_reply_address


@pytest.fixture(autouse=True)
def address(settings):
    settings.INBOUND_ADDRESS = "reply@mail.larkmoor.example"


def token_of(address: str) -> str:
    return find_token([address])


def test_it_says_who_what_and_until_when(member):
    now = clock.now()
    address = make_reply_address("conversation", member=member, about_id=12345, now=now)
    local = address.partition("@")[0]
    assert local.startswith("reply+conversation.") and len(local) <= 64
    read = read_reply_address(token_of(address), now=now)
    assert (read.purpose, read.member_id, read.about_id) == ("conversation", member.pk, 12345)


def test_servers_may_change_its_case(member):
    address = make_reply_address("conversation", member=member, about_id=7, now=clock.now())
    assert read_reply_address(token_of(address.upper()), now=clock.now()).about_id == 7


def test_it_expires(member):
    now = clock.now()
    token = token_of(make_reply_address("conversation", member=member, about_id=7, now=now))
    assert read_reply_address(token, now=now + timedelta(days=59))
    with pytest.raises(Expired):
        read_reply_address(token, now=now + timedelta(days=62))


@pytest.mark.parametrize("place", range(5))
def test_no_part_can_be_changed(member, place):
    token = token_of(make_reply_address("conversation", member=member, about_id=7, now=clock.now()))
    parts = token.split(".")
    parts[place] = parts[place][:-1] + ("b" if parts[place][-1] != "b" else "c")
    with pytest.raises(Refused):
        read_reply_address(".".join(parts), now=clock.now())


@pytest.mark.parametrize("token", ["", "x", "conversation.1.1.1.", "a" * 500, "conversation.1.1.1." + "ä" * 16, "…"])
def test_rubbish_is_refused(token):
    with pytest.raises(Refused):
        read_reply_address(token, now=clock.now())


def test_another_secret_makes_another(member, settings):
    token = token_of(make_reply_address("conversation", member=member, about_id=7, now=clock.now()))
    settings.SECRET_KEY = "another"
    with pytest.raises(Refused):
        read_reply_address(token, now=clock.now())


def test_other_addresses_hold_none(settings):
    assert find_token(["amara@larkmoor.example", "reply@mail.larkmoor.example", "reply+x@elsewhere.example"]) == ""
    settings.INBOUND_ADDRESS = ""
    assert make_reply_address("conversation", member=None, about_id=1, now=clock.now()) == ""
