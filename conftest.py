"""Fixtures that every subject's tests share: an organisation, people in it, the open network, signed-in clients.

Works for `src/wayfellow/*/tests` and for `tests/`. Whatever has an action is built through it.
"""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

# What a test asks for when it reaches a database, in this process or in one that it starts.
REACHES_A_DATABASE = {
    "db",
    "transactional_db",
    "django_db_setup",
    "live_server",
    "installation",
    "migrated",
    "site",
    "demo",
}
# Files whose tests share what takes long to make: a demo, a Chromium. (xdist's groups are lost on pytest 9.2.)
TOGETHER = ("demo/tests/test_world.py", "browser.py")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reaches no database as `pure`: to run it once is enough, whatever the databases."""
    for item in items:
        asks = set(getattr(item, "fixturenames", ()))
        if not asks & REACHES_A_DATABASE and not item.get_closest_marker("django_db"):
            item.add_marker("pure")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each test by itself goes to the process that is free, but all of a file in TOGETHER, or of browsers, to one."""
    if config.getvalue("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if file.endswith(TOGETHER) or "tests/browser/" in file else nodeid

    return Scheduling(config, log)


def _plain(name: str) -> str:
    """inês.tavaredo as ines.tavaredo: an address that mail servers take."""
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if letter.isascii() and (letter.isalnum() or letter in ".-"))


@pytest.fixture
def organisation(db: None) -> Any:
    """Larkmoor Utilities, the organisation of every test that does not say otherwise."""
    from wayfellow.people.models import Organisation

    return Organisation.objects.create(name="Larkmoor Utilities", slug="larkmoor", time_zone="Europe/Lisbon")


@pytest.fixture
def other_organisation(db: None) -> Any:
    """Another tenant, whose people must see nothing of the first."""
    from wayfellow.people.models import Organisation

    return Organisation.objects.create(name="Northfen College", slug="northfen")


@pytest.fixture
def make_member(db: None, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`make_member("Amara Oyelunde", **fields)`: somebody who has joined, signed the conduct and has an account.

    Pass `organisation=` for another tenant, `state="listed"` or `account=None` for somebody who has not joined.
    """
    from wayfellow.core import clock
    from wayfellow.people.models import Account, Member

    def make(full_name: str, **fields: Any) -> Member:
        organisation = fields.pop("organisation", None) or request.getfixturevalue("organisation")
        words = full_name.split(" ")
        email = fields.pop("email", f"{_plain('.'.join(words))}@{organisation.slug}.example")
        state = fields.pop("state", Member.State.ACTIVE)
        joined = state == Member.State.ACTIVE
        if "account" not in fields:
            account = Account.objects.filter(email__iexact=email).first()
            fields["account"] = account or (Account.objects.create_account(email) if joined else None)
        defaults = {
            "first_name": words[0],
            "last_name": " ".join(words[1:]),
            "conduct_accepted_version": organisation.conduct_version if joined else 0,
            "conduct_accepted_at": clock.now() if joined else None,
            "joined_at": clock.now() if joined else None,
        }
        return Member.objects.create(
            organisation=organisation, full_name=full_name, email=email, state=state, **{**defaults, **fields}
        )

    return make


@pytest.fixture
def client_for() -> Callable[[Any], Client]:
    """`client_for(member)`: a browser in which this member has just signed in."""
    from wayfellow.core import clock

    def sign_in(member: Any) -> Client:
        client = Client()
        client.force_login(member.account)
        session = client.session
        now = int(clock.now().timestamp())
        session.update({"signed_in_at": now, "seen_at": now, "confirmed_at": now})
        session.save()
        return client

    return sign_in


@pytest.fixture
def member(make_member: Callable[..., Any]) -> Any:
    """Amara Oyelunde, a member like any other."""
    return make_member("Amara Oyelunde")


@pytest.fixture
def administrator(make_member: Callable[..., Any]) -> Any:
    """Ruta Kalvendis, who runs the organisation's people and settings."""
    return make_member("Ruta Kalvendis", is_administrator=True)


@pytest.fixture
def manager(make_member: Callable[..., Any], network: Any) -> Any:
    """Devika Marsh, who manages the open network."""
    manager = make_member("Devika Marsh")
    network.programme.managers.add(manager)
    return manager


@pytest.fixture
def network(organisation: Any) -> Any:
    """The cohort of the open network; its settings are those of `network.programme`."""
    from wayfellow.programmes.models import Cohort, Programme

    programme = Programme.objects.create(organisation=organisation, name="Open network", is_open_network=True)
    return Cohort.objects.create(organisation=organisation, programme=programme, name=programme.name)


@pytest.fixture
def enrol(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`enrol(member, mentor=True, capacity=2)`, or `enrol(member)` for a mentee; `cohort=` is the open network."""
    from wayfellow.programmes.models import Enrolment

    def enrol_member(
        member: Any,
        *,
        mentor: bool = False,
        mentee: bool | None = None,
        capacity: int | None = None,
        cohort: Any = None,
        **fields: Any,
    ) -> Enrolment:
        cohort = cohort or request.getfixturevalue("network")
        places = capacity if capacity is not None else (cohort.programme.default_capacity if mentor else 0)
        return Enrolment.objects.create(
            organisation=cohort.organisation,
            cohort=cohort,
            member=member,
            is_mentor=mentor,
            is_mentee=not mentor if mentee is None else mentee,
            capacity=places,
            **fields,
        )

    return enrol_member
