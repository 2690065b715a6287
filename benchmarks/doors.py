"""Can somebody tell from how long a door takes who is here? Medians for a known and an unknown address, in one run.

    PYTHONPATH=src python benchmarks/doors.py

Each door is tried alternately with an address that is known and one that is not, with the real password hasher, on an
installation of its own on SQLite. A ratio near 1 tells nobody anything; noise of a few per cent is normal.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

TURNS = 60
KNOWN, UNKNOWN = "amara.oyelunde@larkmoor.example", "nobody.atall@larkmoor.example"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wayfellow-doors-") as home:
        os.environ |= {"WAYFELLOW_HOME": home, "WAYFELLOW_LOG_LEVEL": "ERROR"}
        from wayfellow.cli.site import migrate_database, set_up

        set_up()
        migrate_database(verbosity=0)
        _make_people()
        print(f"{'door':<24}{'known':>10}{'unknown':>10}{'ratio':>8}")
        for name, knock in _doors().items():
            known, unknown = _measure(knock)
            print(f"{name:<24}{known * 1000:>7.1f} ms{unknown * 1000:>7.1f} ms{known / unknown:>8.2f}", flush=True)


def _make_people() -> None:
    from wayfellow.people.models import Account, Member, Organisation

    organisation = Organisation.objects.create(
        name="Larkmoor", slug="larkmoor", join_by_domain=True, domains=["larkmoor.example"]
    )
    account = Account.objects.create_account(KNOWN)
    account.set_password("correct horse battery staple")
    account.save()
    Member.objects.create(
        organisation=organisation, full_name="Amara Oyelunde", email=KNOWN, account=account, state=Member.State.ACTIVE
    )


def _doors() -> dict[str, Callable[[str], None]]:
    from django.test import Client
    from django.urls import reverse

    def post(door: str, **fields: str) -> Callable[[str], None]:
        def knock(address: str) -> None:
            sent = {name: value.replace("ADDRESS", address) for name, value in fields.items()}
            answer = Client(SERVER_NAME="localhost").post(door, sent)
            if answer.status_code >= 400:
                sys.exit(f"{door} answered {answer.status_code}")

        return knock

    return {
        "ask for a code": post(reverse("request_code"), email="ADDRESS"),
        "sign in with a password": post(reverse("sign_in_with_password"), login="ADDRESS", password="not this one"),  # noqa: S106
        "ask for a new password": post(reverse("reset_password"), email="ADDRESS"),
        "ask to join": post(reverse("ask_to_join", args=["larkmoor"]), email="ADDRESS", full_name="Jo Blake"),
    }


def _measure(knock: Callable[[str], None]) -> tuple[float, float]:
    from django.core.cache import cache

    taken: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for turn in range(TURNS + 3):
        for address in sorted(taken, reverse=bool(turn % 2)):
            cache.clear()  # the limits would end it
            started = time.perf_counter()
            knock(address)
            if turn >= 3:
                taken[address].append(time.perf_counter() - started)
    return statistics.median(taken[KNOWN]), statistics.median(taken[UNKNOWN])


if __name__ == "__main__":
    main()
