"""Many at once: a code, a recovery code and a place for an app are taken once, on both databases."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.people.actions import factors
from wayfellow.people.tests.security import SECRET, codes_of, next_code, with_app
from wayfellow.people.tests.soft_key import any_credential, app_code

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
RIVALS = 12


def at_once(act: Callable[[], Any]) -> Counter[str]:
    """What became of each rival: "done", or the code of the refusal."""
    ready, ends = Barrier(RIVALS), []

    def run() -> None:
        try:
            ready.wait(30)
            act()
            ends.append("done")
        except Refused as error:
            ends.append(error.code)
        except Exception as error:
            ends.append(repr(error))
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(ends)


def test_a_recovery_code_is_used_once(member: Any) -> None:
    with_app(member.account)
    code = codes_of(member.account)[0]
    assert at_once(lambda: factors.use_code(member.account, code)) == {"done": 1, "incorrect_code": RIVALS - 1}
    assert len(codes_of(member.account)) == 9
    assert Event.objects.filter(verb="recovery_code_used").count() == 1


def test_a_code_of_the_app_is_used_once(member: Any) -> None:
    with_app(member.account)
    code = next_code()
    assert at_once(lambda: factors.use_code(member.account, code)) == {"done": 1, "code_used": RIVALS - 1}


def test_one_app_is_set_up(member: Any) -> None:
    code = app_code(SECRET, clock.now().timestamp())
    ends = at_once(lambda: factors.add_totp(member.account, secret=SECRET, code=code))
    assert ends == {"done": 1, "totp_there": RIVALS - 1}
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]


def test_passkeys_added_at_once_share_one_set_of_recovery_codes(member: Any) -> None:
    credential = any_credential()
    ends = at_once(lambda: factors.add_passkey(member.account, name="Laptop", credential=credential))
    assert ends == {"done": RIVALS}
    assert Authenticator.objects.filter(type="recovery_codes").count() == 1
