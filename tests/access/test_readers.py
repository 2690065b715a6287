"""What the page "Who can read this" claims is what the query sets do."""

from typing import Any

import pytest
from django.apps import apps

from tests.access.scene import build_scene
from wayfellow.core.readers import READERS
from wayfellow.people.models import Member
from wayfellow.workspace.queries.readers import KINDS


@pytest.fixture
def people(
    organisation: Any, other_organisation: Any, network: Any, make_member: Any, enrol: Any, client_for: Any
) -> dict[str, Member]:
    """Everybody of the access walk, with one row of everything. The relationship is Amara's and Joss's."""
    build_scene(organisation, other_organisation, network, make_member, enrol, client_for)
    names = {
        "me": "Amara Oyelunde",
        "others": "Joss Pellworth",
        "uninvolved": "Kofi Asantewe",
        "administrator": "Ruta Kalvendis",
        "safeguarding": "Sunniva Brekke",
    }
    return {key: Member.objects.get(full_name=name) for key, name in names.items()}


def test_each_claim_is_what_the_query_sets_do(people: dict[str, Member]) -> None:
    for kind in KINDS:
        assert {key for key, words in kind.readers.items() if words} <= {*READERS, "host"}, kind.kind
        for label in kind.models:
            rows = apps.get_model(label).objects
            seen = {key: set(rows.visible_to(member).values_list("pk", flat=True)) for key, member in people.items()}
            assert seen["me"] or seen["others"], f"{label}: the scene holds no row that shows anything"
            for key in ("uninvolved", "administrator", "safeguarding"):
                assert not seen[key], f"{label} is open to {key}, which the page denies"
            if "others" not in kind.readers:
                assert not seen["me"] & seen["others"], f"{label} is open to the others, which the page denies"
