"""Links in mails that work once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from wayfellow.core import clock
from wayfellow.core.errors import NotFound, Refused
from wayfellow.notifications.links import about_of, make_link, open_link, use_link
from wayfellow.notifications.models import MailLink


def link_for(member: Any, **changes: Any) -> str:
    expires_at = changes.pop("expires_at", clock.now() + timedelta(days=7))
    return make_link(member=member, purpose="answer_request", expires_at=expires_at, **changes)


def test_opens_as_often_as_one_looks_and_is_used_once(db: None, member: Any) -> None:
    token = link_for(member, about=member)
    for _turn in range(3):
        assert open_link(token, "answer_request").member == member
    with transaction.atomic():
        assert about_of(use_link(token, "answer_request")) == member
    for again in (open_link, use_link):
        with pytest.raises(Refused) as refused:
            again(token, "answer_request")
        assert refused.value.code == "link_used"


def test_the_token_is_stored_nowhere(db: None, member: Any) -> None:
    token = link_for(member)
    assert token not in str(MailLink.objects.values_list().get())


def test_expired_unknown_and_of_another_purpose(db: None, member: Any) -> None:
    old = link_for(member, expires_at=clock.now() - timedelta(seconds=1))
    cases = [(old, "answer_request", "link_expired"), ("made-up", "answer_request", "link_unknown")]
    cases.append((link_for(member), "end_relationship", "link_unknown"))
    for token, purpose, code in cases:
        with pytest.raises(Refused) as refused:
            open_link(token, purpose)
        assert refused.value.code == code


def test_says_when_what_it_was_about_is_gone(db: None, member: Any, make_member: Any) -> None:
    gone = make_member("Gone Person")
    token = link_for(member, about=gone)
    gone.delete()
    with pytest.raises(NotFound):
        about_of(open_link(token, "answer_request"))


@pytest.mark.django_db(transaction=True)
def test_is_used_inside_the_action_only(member: Any) -> None:
    with pytest.raises(RuntimeError):
        use_link(link_for(member), "answer_request")


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_ten_rivals_use_it_once(member: Any) -> None:
    token = link_for(member)
    start = threading.Barrier(10)
    ends: list[str] = []

    def use() -> None:
        start.wait(10)
        try:
            with transaction.atomic():
                use_link(token, "answer_request")
            ends.append("used")
        except Refused as refused:
            ends.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=use) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ends) == ["link_used"] * 9 + ["used"]
