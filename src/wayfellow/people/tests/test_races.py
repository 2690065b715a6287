"""Two people who act at once wait for each other in one order, on both databases."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections, transaction

from wayfellow.core.errors import NotFound, Refused
from wayfellow.people.actions.accounts import forget_member
from wayfellow.people.actions.invitations import accept_invitation, invite_again, invite_members
from wayfellow.people.actions.joining import approve_join_request
from wayfellow.people.actions.members import change_member
from wayfellow.people.actions.profile import save_profile
from wayfellow.people.models import Invitation, JoinRequest, Member
from wayfellow.people.tests.mails import path_in_mail

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


def while_another_waits(lock: Callable[[], Any], then: Callable[[], Any], other: Callable[[], Any]) -> None:
    """In one transaction, lock and then act; between the two, another begins and has time to take its locks."""
    locked, broken = Event(), []

    def guarded(act: Callable[[], Any]) -> None:
        try:
            act()
        except Exception as error:
            broken.append(error)
        finally:
            locked.set()
            connections.close_all()

    def first() -> None:
        with transaction.atomic():
            lock()
            locked.set()
            second.start()
            second.join(1.5)
            then()

    second = Thread(target=guarded, args=(other,))
    one = Thread(target=guarded, args=(first,))
    one.start()
    locked.wait(60)
    one.join(60)
    second.join(60)
    assert broken == []


def test_an_administrator_and_the_member_change_the_same_person(administrator: Any, member: Any) -> None:
    while_another_waits(
        lambda: Member.objects.lock(member.pk),
        lambda: save_profile(member, member, values={"time_zone": "Europe/Lisbon"}),
        lambda: change_member(administrator, Member.objects.get(pk=member.pk), values={"grade": "7"}),
    )
    member.refresh_from_db()
    assert (member.time_zone, member.grade) == ("Europe/Lisbon", "7")


def test_inviting_again_and_accepting_lock_in_one_order(administrator: Any) -> None:
    invite_members(administrator, addresses=[("Jo Blake", "jo.blake@larkmoor.example")])
    jo = Member.objects.get(full_name="Jo Blake")
    token = path_in_mail("invitation").strip("/").split("/")[-1]
    refused: list[str] = []

    def accept() -> None:
        try:
            accept_invitation(token, full_name="Jo Blake")
        except Refused as error:
            refused.append(error.code)

    while_another_waits(
        lambda: Member.objects.lock(jo.pk),
        lambda: invite_again(administrator, [jo]),
        accept,
    )
    assert refused == ["invitation_withdrawn"]
    assert Invitation.objects.filter(state="open").count() == 1


def test_forgetting_somebody_while_their_wish_to_join_is_answered(administrator: Any, make_member: Any) -> None:
    jo = make_member("Jo Blake", state="left", account=None)
    asked = JoinRequest.objects.create(organisation=jo.organisation, email=jo.email, full_name=jo.full_name)
    gone: list[str] = []

    def approve() -> None:
        try:
            approve_join_request(administrator, asked)
        except NotFound as error:
            gone.append(error.code)

    while_another_waits(lambda: Member.objects.lock(jo.pk), lambda: forget_member(jo), approve)
    assert gone == ["join_request_gone"]
    assert not JoinRequest.objects.exists()
    assert Member.objects.count() == 2
